import { createSourceFile, lintSource, relevantNamesFor, screenSource, type LintOptions } from '@pylint-leaks/core';

/** What came of looking at a text in both ways. */
export interface Comparison {
  readonly kind: 'irrelevant' | 'clean' | 'whole' | 'unknown';
  /** Findings of the whole text that the other way would not report. */
  readonly overlooked: readonly string[];
}

/** Lints a text whole, and as far as it can matter; a file on its own. */
export function compareRegions(path: string, text: string, options: LintOptions): Comparison {
  const file = createSourceFile(path, text);
  const screening = screenSource(file, options, relevantNamesFor(options, new Map()));
  const told = ({ diagnostics }: Pick<ReturnType<typeof lintSource>, 'diagnostics'>) =>
    diagnostics.map(({ ruleId, span, message }) => `${span.start} ${ruleId} ${message}`);
  const expected = told(lintSource(file, options));
  switch (screening.kind) {
    case 'irrelevant':
    case 'clean':
      return { kind: screening.kind, overlooked: expected };
    case 'whole': {
      const found = told(screening.result);
      const differs = found.join('\n') !== expected.join('\n');
      return { kind: 'whole', overlooked: differs ? [...expected, ...found] : [] };
    }
    case 'unknown':
      return { kind: 'unknown', overlooked: [] };
  }
}

/** What stands between the parts of a module, and matters to nobody. */
const FILLER = 'def unrelated(value):\n    return [value for _ in range(3)]\n';

/**
 * Modules made of the code of cases, several in a row each with other code between, the same ones for the same seed.
 *
 * @param quiet - code without findings, of which every other module is made, so that there is something to overlook.
 */
export function* composedModules(
  codes: readonly string[],
  quiet: readonly string[],
  count: number,
  seed: number,
): Generator<string> {
  let state = seed >>> 0 || 1;
  const pick = (bound: number): number => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
  for (let made = 0; made < count; made++) {
    const from = made % 2 === 0 ? quiet : codes;
    const parts = Array.from({ length: 1 + pick(5) }, () => from[pick(from.length)] ?? '');
    yield parts.map((part) => (part.endsWith('\n') ? part : `${part}\n`)).join(`\n\n${FILLER}\n\n`);
  }
}
