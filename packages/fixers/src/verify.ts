import {
  findSyntaxProblems,
  overlaps,
  walkModule,
  type Diagnostic,
  type Edit,
  type Evidence,
  type LintResult,
  type PythonVersion,
} from '@pylint-leaks/core';
import type { Candidate } from './apply';

/**
 * Checks a text after fixes against the one before: Python refuses no more of it than it did, as many diagnostics are
 * gone as were fixed, nothing new appeared, and comments and string literals are what they were.
 *
 * @returns what is wrong; undefined when all holds.
 */
export function findDamage(
  before: LintResult,
  after: LintResult,
  applied: readonly Candidate[],
  targetVersion: PythonVersion,
): string | undefined {
  if (applied.some(isRepair)) return findRepairDamage(before, after, applied, targetVersion);
  if (after.tree.errors.length > before.tree.errors.length) return 'the fixed text does not parse';
  // What CPython refuses although it parses, as `ast.parse` does not tell either: a repeated keyword, a stray `return`.
  const problem = newProblem(before, after, targetVersion);
  if (problem !== undefined) return `the fixed text does not compile: ${problem}`;
  const left = countByKey(before.diagnostics);
  for (const { diagnostic } of applied) {
    const key = keyOf(diagnostic);
    left.set(key, (left.get(key) ?? 0) - 1);
  }
  for (const [key, count] of countByKey(after.diagnostics)) {
    const expected = left.get(key) ?? 0;
    if (count > expected && !isRevealed(key, applied)) {
      const wasFixed = applied.some(({ diagnostic }) => keyOf(diagnostic) === key);
      return wasFixed
        ? 'the finding is still there after the fix'
        : `the fix makes a new finding: ${key.split('\u0000').join(' ')}`;
    }
  }
  const isPlain = applied.every(({ diagnostic }) => diagnostic.evidence.kind !== 'syntax');
  const expected = commentsOf(before, commentEdits(applied));
  if (isPlain) {
    if (expected.join('\u0000') !== commentsOf(after).join('\u0000')) return 'a comment would change or move';
    if (!keepsStrings(before, after, applied)) return 'a string literal would change';
  } else if (isLost(expected, commentsOf(after))) return 'a comment would be lost';
  return undefined;
}

/** The text did not compile before, so what is found once it does is no news. */
function isRepair({ diagnostic: { evidence } }: Candidate): boolean {
  return evidence.kind === 'syntax' && evidence.defect.kind !== 'repeated-keyword';
}

/** A repair has to leave fewer problems up to the line it was made for; a further one may show up behind it. */
function findRepairDamage(
  before: LintResult,
  after: LintResult,
  applied: readonly Candidate[],
  targetVersion: PythonVersion,
): string | undefined {
  if (isLost(commentsOf(before), commentsOf(after))) return 'a comment would be lost';
  const count = ({ file, tree }: LintResult, limit: number): number =>
    findSyntaxProblems(file.text, tree, targetVersion, file.notebook).filter(({ span }) => span.start < limit).length;
  for (const { diagnostic } of applied) {
    const { text } = before.file;
    const rest = /[^\r\n]*/y;
    rest.lastIndex = diagnostic.span.end;
    rest.exec(text);
    const limit = rest.lastIndex;
    const edits = applied.flatMap(({ fix }) => fix.edits).filter(({ span }) => span.start >= limit);
    const growth = edits.reduce((sum, edit) => sum + edit.text.length - (edit.span.end - edit.span.start), 0);
    const moved = after.file.text.length - (text.length - limit) - growth;
    if (count(after, moved) >= count(before, limit)) return 'the text is still broken at that place';
  }
  return undefined;
}

/** `Store(…)` is reported once `Store` has a `close`. */
function isRevealed(key: string, applied: readonly Candidate[]): boolean {
  const [, , resource = ''] = key.split('\u0000');
  return applied.some(({ fix }) => fix.reveals?.includes(resource.split('.').at(-1) ?? '') === true);
}

/** All strings are there, and what is new was written by a fix. */
function keepsStrings(before: LintResult, after: LintResult, applied: readonly Candidate[]): boolean {
  const added = [...stringsOf(after)];
  for (const text of stringsOf(before)) {
    const at = added.indexOf(text);
    if (at < 0) return false;
    added.splice(at, 1);
  }
  return added.every((text) => applied.some(({ fix }) => fix.edits.some((edit) => edit.text.includes(text))));
}

/** The first problem of a kind that there are more of than before. */
function newProblem(before: LintResult, after: LintResult, targetVersion: PythonVersion): string | undefined {
  const left = new Map<string, number>();
  for (const { code } of findSyntaxProblems(before.file.text, before.tree, targetVersion, before.file.notebook))
    left.set(code, (left.get(code) ?? 0) + 1);
  for (const { code, detail } of findSyntaxProblems(after.file.text, after.tree, targetVersion, after.file.notebook)) {
    const count = (left.get(code) ?? 0) - 1;
    if (count < 0) return detail;
    left.set(code, count);
  }
  return undefined;
}

/** What identifies a finding when lines have moved. */
function keyOf({ ruleId, messageId, data, evidence }: Diagnostic): string {
  return [ruleId, messageId, data['resource'] ?? '', placeOf(evidence)].join('\u0000');
}

function placeOf(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'lifetime':
      return evidence.lifetime.qualifiedName;
    case 'growth':
      return `${evidence.scope} ${evidence.subject}`;
    case 'syntax':
    case 'suppression':
    case 'comment':
      return '';
  }
}

function countByKey(diagnostics: readonly Diagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const diagnostic of diagnostics) counts.set(keyOf(diagnostic), (counts.get(keyOf(diagnostic)) ?? 0) + 1);
  return counts;
}

/** Every comment of a file, byte for byte, in their order: what a fix moves stays between the same comments. */
function commentsOf({ file, tree }: LintResult, edits: readonly Edit[] = []): readonly string[] {
  return tree.comments.flatMap((comment) => {
    let text = file.text.slice(comment.start, comment.end);
    for (const { span, text: replacement } of edits.filter((edit) => overlaps(edit.span, comment)).toReversed()) {
      const start = Math.max(0, span.start - comment.start);
      text = text.slice(0, start) + replacement + text.slice(Math.max(start, span.end - comment.start));
    }
    return text.trim() === '' ? [] : [text];
  });
}

/** Edits that are meant to change comments. */
function commentEdits(applied: readonly Candidate[]): readonly Edit[] {
  const edits = applied
    .filter(({ diagnostic }) => diagnostic.evidence.kind === 'suppression')
    .flatMap(({ fix }) => fix.edits);
  return edits.sort((a, b) => a.span.start - b.span.start);
}

/** In a damaged file the parser may take more for comments once it is repaired, but nothing may go away. */
function isLost(before: readonly string[], after: readonly string[]): boolean {
  const left = [...after];
  return before.some((comment) => {
    const at = left.indexOf(comment);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Every string literal of a file, byte for byte. */
function stringsOf({ file, tree }: LintResult): readonly string[] {
  const texts: string[] = [];
  walkModule(tree.module, {
    expression: (expression) => {
      if (expression.kind !== 'String') return undefined;
      for (const { span, prefix } of expression.pieces) {
        // The inside of an f-string is code that a fix may rename.
        if (!prefix.includes('f')) texts.push(file.text.slice(span.start, span.end));
      }
      return undefined;
    },
  });
  return texts;
}
