import { contains, type ast, type Edit, type LintResult, type Scope, type Span } from '@pylint-leaks/core';
import { importName } from '../text/imports';
import { indentationAt, lineAt, lineByIndex } from '../text/lines';
import { stringsIn } from '../text/reindent';
import type { Form } from './form';
import { check, refuse, type Check } from './objections';

/** What a `with` on an acquisition needs around the call, with the import that it takes. */
export interface Opening {
  /** `with` or `async with`. */
  readonly keyword: string;
  /** `closing(` or nothing. */
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
  readonly checks: readonly Check[];
}

/**
 * What a form needs around the call: nothing when leaving the block releases what it gives, else `contextlib.closing`.
 *
 * @param at - where the code is that the import must precede.
 * @param keepsAwait - the block is entered with what `await` gives.
 */
export function openingFor(lint: LintResult, scope: Scope, at: number, form: Form, keepsAwait = false): Opening {
  const before = keepsAwait ? 'await ' : '';
  switch (form.kind) {
    case 'with':
      return { keyword: form.isAsync ? 'async with' : 'with', before, after: '', edits: [], checks: [] };
    case 'closing': {
      const opening = closingAround(lint, scope, at);
      return { ...opening, before: opening.before + before };
    }
    case 'finally': {
      const checks = [check('with-equals-release', [refuse('leaving a with block does not release it')])];
      return { keyword: 'with', before, after: '', edits: [], checks };
    }
  }
}

/** `contextlib.closing(` under whatever name the file can use. */
export function closingAround(lint: LintResult, scope: Scope, at: number): Opening {
  const imported = importName(lint, scope, at, { module: 'contextlib', name: 'closing' });
  if (imported.kind === 'refused') {
    return {
      keyword: 'with',
      before: '',
      after: '',
      edits: [],
      checks: [check('names-free', [refuse(imported.reason)])],
    };
  }
  return {
    keyword: 'with',
    before: `${imported.expression}(`,
    after: ')',
    edits: imported.edits,
    checks: [check('names-free')],
  };
}

/**
 * The text of a call as a context expression of a header with the given indentation. A call may go over lines outside its
 * own brackets only because brackets around it allowed that; those are not taken along, so it gets new ones. Lines that
 * stood deeper than the header because of what was around the call move out with it, except inside string literals.
 */
export function contextText(lint: LintResult, call: ast.Call, opening: Opening, base: string): string {
  const { file } = lint;
  const own = indentationAt(file, call.span.start);
  const extra = own.startsWith(base) ? own.slice(base.length) : '';
  const strings = stringsIn([{ kind: 'ExpressionStatement', span: call.span, value: call }]);
  const needsBrackets = opening.after === '' && breaksOutsideBrackets(lint, call);
  const column = base.length + opening.keyword.length + 1 + opening.before.length + (needsBrackets ? 1 : 0);
  const shift = isAligned(lint, call) ? column - (call.span.start - lineAt(file, call.span.start).start) : 0;
  let text = '';
  for (let line = lineAt(file, call.span.start); line.start < call.span.end; line = lineByIndex(file, line.index + 1)) {
    let start = Math.max(line.start, call.span.start);
    const isInString = strings.some((string) => string.start < line.start && line.start < string.end);
    if (line.start > call.span.start && !isInString) {
      const isMovedOut = file.text.startsWith(base + extra, line.start);
      if (shift !== 0) {
        const indentation = indentationAt(file, line.start);
        text += ' '.repeat(Math.max(base.length, indentation.length + shift));
        start = line.start + indentation.length;
      } else if (isMovedOut) {
        text += base;
        start = line.start + base.length + extra.length;
      }
    }
    text += file.text.slice(start, Math.min(line.next, call.span.end));
  }
  if (opening.after !== '' || !needsBrackets) return opening.before + text + opening.after;
  return `(${opening.before}${text})`;
}

/** True when the lines of a call stand below its first argument, so that they move with it; tabs and blank lines stay. */
function isAligned(lint: LintResult, { span }: ast.Call): boolean {
  const { file, tree } = lint;
  const first = lineAt(file, span.start);
  if (first.end >= span.end) return false;
  const comment = tree.comments.find(({ start, end }) => start >= span.start && end <= first.end);
  const head = file.text.slice(span.start, comment?.start ?? first.end).trimEnd();
  if (/[([{\\]$/.test(head)) return false;
  const before = file.text.slice(first.start, span.start);
  for (let line = lineAt(file, first.next); line.start < span.end; line = lineByIndex(file, line.index + 1)) {
    const text = file.text.slice(line.start, line.end);
    if (/^[ ]*\t/.test(text) || text.trim() === '') return false;
  }
  return !before.includes('\t');
}

/** True when a line of the call ends outside the brackets of the call and without a backslash. */
export function breaksOutsideBrackets({ file, tree }: LintResult, call: ast.Call): boolean {
  const bracketed: Span[] = [];
  for (let next: ast.Expression = call; ;) {
    if (next.kind === 'Call') {
      bracketed.push(next.argsSpan);
      next = next.func;
    } else if (next.kind === 'Attribute' || next.kind === 'Subscript') {
      if (next.kind === 'Subscript') bracketed.push({ start: next.value.span.end, end: next.span.end });
      next = next.value;
    } else break;
  }
  for (let at = call.span.start; at < call.span.end; at++) {
    if (file.text[at] !== '\n' && file.text[at] !== '\r') continue;
    const isJoined = tree.lineContinuations.some((joint) => joint.start <= at && at <= joint.end);
    if (!isJoined && !bracketed.some((span) => contains(span, { start: at, end: at + 1 }))) return true;
  }
  return false;
}
