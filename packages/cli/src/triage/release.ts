import { positionAt, walkModule, type HandOver, type Lifetime, type LintResult } from '@pylint-leaks/core';

const HANDED_OVER: Readonly<Record<HandOver, string>> = {
  returned: 'returned to the caller, who owns it from then on',
  yielded: 'yielded to the caller, who owns it from then on',
  'stored-in-attribute': 'kept in an attribute',
  'stored-in-container': 'kept in a container',
  'stored-in-global': 'kept in a global',
  'passed-to-owner': 'handed over to a call that releases it',
  'passed-to-unknown-call': 'handed over to a call that nothing is known about',
  'captured-by-closure': 'used by an inner function',
  'used-up': 'read to its end, which closes it',
  'program-lifetime': 'lives as long as the program',
};

/** Why an acquisition is no leak, in a few words. */
export function describeRelease(lifetime: Lifetime, lint: LintResult): string {
  const { releases, handOver, holding, row } = lifetime;
  const name = row.acquire.replace(/^builtins\.|^<local>\./, '');
  const lines = [...new Set(releases.map(({ span }) => positionAt(lint.file, span.start).line))].sort((a, b) => a - b);
  if (lines.length > 0) return `\`${name}\` is released on every path (line ${lines.join(', ')})`;
  if (holding.kind === 'attribute') {
    const closer = releaseOf(holding.path, row.release, lint);
    if (closer !== undefined) return `\`${name}\` is kept in \`${holding.path}\`, and ${closer} releases it`;
  }
  if (holding.kind === 'with-item') return `\`${name}\` is released by its \`with\` block`;
  if (handOver === 'stored-in-attribute' && holding.kind === 'attribute')
    return `\`${name}\` is kept in \`${holding.path}\`, which its class releases`;
  if (handOver !== undefined) return `\`${name}\` is ${HANDED_OVER[handOver]}`;
  return `\`${name}\` is released on every path`;
}

/** "`Store.close` (line 12)": the first method that calls a release on the attribute. */
function releaseOf(path: string, releases: readonly string[], lint: LintResult): string | undefined {
  const wanted = new Set(releases.map((release) => `${path}.${release}`));
  let found: string | undefined;
  walkModule(lint.tree.module, {
    expression: (expression) => {
      if (found !== undefined || expression.kind !== 'Call') return undefined;
      const { start, end } = expression.func.span;
      if (!wanted.has(lint.file.text.slice(start, end))) return undefined;
      const scope = lint.model.enclosingScope(expression).qualifiedName;
      found = `\`${scope}\` (line ${positionAt(lint.file, start).line})`;
      return undefined;
    },
  });
  return found;
}
