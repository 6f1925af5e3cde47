import {
  contains,
  findSyntaxProblems,
  logicalLines,
  positionAt,
  walkModule,
  type ast,
  type Diagnostic,
  type Lifetime,
  type LintResult,
  type PythonVersion,
  type Span,
} from '@pylint-leaks/core';
import { RESOURCE_RULES, type CategoryRow } from './categories';
import { describeRelease } from './release';

/** What becomes of an old finding. */
export type TriageVerdict = 'confirmed' | 'refuted' | 'gone' | 'cannot parse';

/** A verdict about one old finding. */
export interface Judgement {
  readonly verdict: TriageVerdict;
  readonly reason: string;
  /** The rule that confirms it, or that reports something else in the same place. */
  readonly ruleId: string | undefined;
  /** The finding's line today; of what is refuted, the line that was looked at. */
  readonly line: number;
}

/** What judging asks for over and over, prepared for one file. */
export interface PreparedFile {
  readonly lint: LintResult;
  readonly lines: readonly Span[];
  readonly strings: readonly Span[];
  readonly calls: readonly ast.Call[];
  readonly problems: readonly { readonly span: Span; readonly detail: string }[];
}

/** Prepares the lint result of a file. */
export function prepare(lint: LintResult, targetVersion: PythonVersion): PreparedFile {
  const strings: Span[] = [];
  const calls: ast.Call[] = [];
  walkModule(lint.tree.module, {
    expression: (expression) => {
      if (expression.kind === 'String') strings.push(...expression.pieces.map(({ span }) => span));
      else if (expression.kind === 'Call') calls.push(expression);
      return undefined;
    },
  });
  const problems = findSyntaxProblems(lint.file.text, lint.tree, targetVersion, lint.file.notebook);
  return { lint, lines: logicalLines(lint.file.text), strings, calls, problems };
}

/**
 * Judges the code in one line of today's file.
 *
 * @param line - from 1.
 * @param code - what the old report quotes, to tell code from the text of a string.
 */
export function judge(file: PreparedFile, line: number, code: string | undefined, category: CategoryRow): Judgement {
  const { lint, strings, problems } = file;
  const physical = lineSpan(lint, line);
  const at = codeStart(lint, physical, code);
  const base = { ruleId: undefined, line };
  // The name of a resource in a string or a comment is text.
  if (lint.tree.comments.some(({ start, end }) => start <= at && at < end))
    return { ...base, verdict: 'refuted', reason: 'a comment, not code' };
  if (isText(strings, physical, at, category, lint))
    return { ...base, verdict: 'refuted', reason: 'text in a string, not code' };

  const logical = file.lines.find(({ start, end }) => start <= physical.end && physical.start <= end) ?? physical;
  const around = { start: Math.min(logical.start, physical.start), end: Math.max(logical.end, physical.end) };
  const broken = problems.find(({ span }) => span.start <= around.end && around.start <= span.end);
  if (broken !== undefined)
    return { ...base, verdict: 'cannot parse', reason: `Python refuses this statement: ${broken.detail}` };

  if (problems.length > 0 && lacksBlock(file, logical))
    return { ...base, verdict: 'cannot parse', reason: 'no indented block follows this header' };

  const here = lint.diagnostics.filter((each) => isAbout(each, around));
  const confirming = here.find(({ ruleId }) => category.rules.includes(ruleId));
  if (confirming !== undefined) {
    const place = positionAt(lint.file, confirming.span.start).line;
    return { verdict: 'confirmed', reason: confirming.message, ruleId: confirming.ruleId, line: place };
  }
  const other = here.find(({ evidence }) => evidence.kind !== 'suppression' && evidence.kind !== 'comment');
  const also = other === undefined ? '' : ` (reported here for another reason: ${other.ruleId})`;
  const refuted = { verdict: 'refuted', ruleId: other?.ruleId, line } as const;
  const clean = lint.lifetimes.find((each) => each.verdict === undefined && concerns(each, around, category));
  if (clean !== undefined) return { ...refuted, reason: describeRelease(clean, lint) + also };
  if (hasErrorAround(lint, around))
    return {
      ...base,
      verdict: 'cannot parse',
      reason: 'an error in the function around it keeps it from being understood',
    };
  return { ...refuted, reason: (notAResource(file, around, code) ?? category.otherwise) + also };
}

function lineSpan({ file }: LintResult, line: number): Span {
  const start = file.lineStarts[line - 1] ?? file.text.length;
  const end = file.lineStarts[line] ?? file.text.length;
  return { start, end: Math.max(start, end - 1) };
}

/** Where the quoted code starts in its line. */
function codeStart({ file }: LintResult, line: Span, code: string | undefined): number {
  const text = file.text.slice(line.start, line.end);
  const quoted = code === undefined ? -1 : text.indexOf(/^[\w.]+\(\)$/.test(code) ? code.slice(0, -1) : code.trim());
  return line.start + (quoted >= 0 ? quoted : text.length - text.trimStart().length);
}

/** True for a line inside a string, and of a category about calls for one that has its calls in strings only. */
function isText(
  strings: readonly Span[],
  line: Span,
  at: number,
  { isAboutCalls }: CategoryRow,
  { file }: LintResult,
): boolean {
  const inString = (offset: number) => strings.some(({ start, end }) => start <= offset && offset < end);
  // A string that starts before the line, or at the code: nothing of the line is executed but the string itself.
  if (inString(at) && strings.some(({ start, end }) => start <= at && end >= line.end)) return true;
  if (isAboutCalls !== true) return false;
  const calls = [...file.text.slice(at, line.end).matchAll(/[\w.]+\(/g)].map(({ index }) => at + index);
  return calls.length > 0 && calls.every(inString);
}

function isAbout({ span, evidence }: Diagnostic, line: Span): boolean {
  if (overlapsLine(span, line)) return true;
  return evidence.kind === 'lifetime' && overlapsLine(evidence.lifetime.constructor_.span, line);
}

function overlapsLine(span: Span, line: Span): boolean {
  return line.start <= span.start && span.start <= line.end;
}

/** Whether a clean acquisition is what the old category would have been about. */
function concerns({ acquire, constructor_ }: Lifetime, line: Span, category: CategoryRow): boolean {
  const isHere = overlapsLine(constructor_.span, line) || overlapsLine(acquire.span, line);
  return isHere && category.rules.some((id) => RESOURCE_RULES.includes(id));
}

/** A header whose next line is not indented deeper: only the first of them is an error of CPython's. */
function lacksBlock({ lint, lines }: PreparedFile, line: Span): boolean {
  const { text } = lint.file;
  const next = lines[lines.indexOf(line) + 1];
  return text[line.end - 1] === ':' && (next === undefined || columnOf(next, lint) <= columnOf(line, lint));
}

function columnOf({ start }: Span, { file }: LintResult): number {
  return positionAt(file, start).column;
}

function hasErrorAround({ tree }: LintResult, place: Span): boolean {
  let found = false;
  walkModule(tree.module, {
    statement: (statement) => {
      if (statement.kind === 'FunctionDefinition' && statement.hasError && contains(statement.span, place))
        found = true;
      return undefined;
    },
  });
  return found;
}

/** What the call in the line really is, when its name only looks like a resource. */
function notAResource({ calls, lint }: PreparedFile, line: Span, code: string | undefined): string | undefined {
  const wanted = /([\w.]+)\s*\(/
    .exec(code ?? '')?.[1]
    ?.split('.')
    .at(-1);
  if (wanted === undefined || !RESOURCE_NAMES.has(wanted)) return undefined;
  for (const call of calls) {
    if (!overlapsLine(call.span, line)) continue;
    const written = lint.file.text.slice(call.func.span.start, call.func.span.end);
    if (written.split('.').at(-1) !== wanted) continue;
    const name = lint.model.qualifiedName(call.func)?.replace(/^builtins\.|^<local>\./, '') ?? written;
    return `\`${name}\` is nothing that has to be released`;
  }
  return undefined;
}

/** Names that old tools took for resources wherever they stood. */
const RESOURCE_NAMES: ReadonlySet<string> = new Set([
  'open',
  'connect',
  'Thread',
  'Process',
  'Queue',
  'Timer',
  'Lock',
  'Pool',
  'Popen',
  'Session',
  'socket',
]);
