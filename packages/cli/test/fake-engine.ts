import {
  createSourceFile,
  type Diagnostic,
  type Fix,
  type LintOptions,
  type LintResult,
  type Parser,
  type Rule,
  type SourceFile,
} from '@pylint-leaks/core';
import type { FixedDiagnostic } from '@pylint-leaks/fixers';
import type { Engine } from '../src/engine';

/**
 * A pipeline small enough to know by heart, for what the command line does around it. It sees words:
 * `leak(` is an error with a safe fix, `risky(` an error with an unsafe one, `maybe(` a warning without,
 * `crash(` makes the linter throw, `version(` reports the target version, `stubborn(` a fix that is taken back.
 */
const rule = (id: string, recommended = true): Rule => ({
  id,
  meta: { summary: `Words of ${id}.`, severity: 'error', recommended, fix: 'safe', since: '0.1.0' },
  messages: {},
  check: () => undefined,
});

export const fakeRules: readonly Rule[] = [rule('unclosed-leak'), rule('unclosed-maybe'), rule('quiet-rule', false)];

interface Word {
  readonly ruleId: string;
  readonly severity: 'error' | 'warning';
  readonly fix?: { readonly applicability: Fix['applicability']; readonly by: string };
}

const WORDS: Readonly<Record<string, Word>> = {
  leak: { ruleId: 'unclosed-leak', severity: 'error', fix: { applicability: 'safe', by: 'closed' } },
  risky: { ruleId: 'unclosed-leak', severity: 'error', fix: { applicability: 'unsafe', by: 'closed' } },
  stubborn: { ruleId: 'unclosed-leak', severity: 'error', fix: { applicability: 'safe', by: 'stubborn' } },
  euro: { ruleId: 'unclosed-leak', severity: 'error', fix: { applicability: 'safe', by: '€' } },
  maybe: { ruleId: 'unclosed-maybe', severity: 'warning' },
  version: { ruleId: 'quiet-rule', severity: 'error' },
};

function diagnose(file: SourceFile, { rules, targetVersion }: LintOptions): readonly Diagnostic[] {
  if (file.text.includes('crash(')) throw new TypeError('the pipeline broke');
  const found: Diagnostic[] = [];
  for (const match of file.text.matchAll(/\b(leak|risky|stubborn|euro|maybe|version)\([^)\n]*\)/g)) {
    const word = WORDS[match[1] ?? ''];
    if (word === undefined || !rules.some(({ id }) => id === word.ruleId)) continue;
    const span = { start: match.index, end: match.index + match[0].length };
    found.push({
      ruleId: word.ruleId,
      messageId: match[1] ?? '',
      severity: word.severity,
      message:
        match[1] === 'version' ? `The target is ${targetVersion.join('.')}.` : `The ${match[1] ?? ''} is never closed.`,
      span,
      data: { resource: match[1] ?? '', path: 'all', impact: 'high', extra: 'not part of reports' },
      related: [
        { span, message: 'opened here' },
        { span: { start: file.text.length, end: file.text.length }, message: 'lost here' },
      ],
      evidence: { kind: 'syntax', defect: { kind: 'other' } },
    });
  }
  return found;
}

function lint(file: SourceFile, options: LintOptions): LintResult {
  const span = { start: 0, end: file.text.length };
  const tree = { module: { kind: 'Module', span, body: { span, statements: [] } }, comments: [], errors: [] };
  const nothing = { tree } as unknown as Pick<LintResult, 'tree' | 'model'>;
  const summary: LintResult['summary'] = {
    path: file.path,
    covers: 'all',
    imports: {},
    stars: [],
    factories: {},
    classes: {},
    functions: {},
    attributes: {},
  };
  return {
    ...nothing,
    file,
    lifetimes: [],
    diagnostics: diagnose(file, options),
    suppressed: [],
    summary,
    lookups: [],
  };
}

/** Two edits with text between them, so that merging them can go wrong. */
function fixFor({ messageId, span }: Diagnostic): Fix | undefined {
  const fix = WORDS[messageId]?.fix;
  if (fix === undefined) return undefined;
  return {
    ruleId: 'unclosed-leak',
    applicability: fix.applicability,
    title: `Write ${fix.by}`,
    edits: [
      { span: { start: span.start, end: span.start + messageId.length }, text: fix.by },
      { span: { start: span.end, end: span.end }, text: '.now' },
    ],
    checked: [],
  };
}

function offer(result: LintResult): readonly FixedDiagnostic[] {
  return result.diagnostics.map((diagnostic) => ({ diagnostic, fix: fixFor(diagnostic), refused: undefined }));
}

const fix: Engine['fix'] = (file, options, { applicability }) => {
  const before = lint(file, options);
  const wanted = offer(before).flatMap(({ diagnostic, fix: offered }) =>
    offered !== undefined && (offered.applicability === 'safe' || applicability === 'unsafe')
      ? [{ diagnostic, fix: offered, line: 1, pass: 1 }]
      : [],
  );
  const applied = wanted.filter(({ diagnostic }) => diagnostic.messageId !== 'stubborn');
  const rejected = wanted
    .filter((each) => !applied.includes(each))
    .map((each) => ({ ...each, reason: 'it is still there' }));
  let fixed = file.text;
  for (const { span, text: replacement } of applied.flatMap((each) => each.fix.edits).reverse()) {
    fixed = fixed.slice(0, span.start) + replacement + fixed.slice(span.end);
  }
  return {
    text: fixed,
    applied,
    rejected,
    lint: lint(createSourceFile(file.path, fixed), options),
    passes: 1,
    converged: true,
  };
};

export const fakeEngine: Engine = {
  rules: fakeRules,
  pages: { 'unclosed-leak': 'Why it matters.\n' },
  loadParser: () => Promise.resolve({} as Parser),
  lint,
  relevantNames: () => ({ in: () => ({ names: new Set(), builtins: new Set(), releasedByWith: new Set() }) }),
  screen: () => ({ kind: 'unknown' }),
  answer: lint,
  offer,
  fix,
};
