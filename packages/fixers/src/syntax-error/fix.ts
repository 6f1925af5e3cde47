import { contains, overlaps, walkModule, type ast, type Edit, type LintResult, type Span } from '@pylint-leaks/core';
import type { Fixer } from '../fixer';
import { repairKeyword } from './repair-keyword';
import { repairWith } from './repair-with';

type Argument = ast.Argument;

/** The arguments of the call or class header that one of them belongs to. */
function argumentsAround(argument: Span, lint: LintResult): readonly Argument[] {
  let found: readonly Argument[] = [];
  const look = (args: readonly Argument[]): void => {
    if (args.some(({ span }) => span.start === argument.start && span.end === argument.end)) found = args;
  };
  walkModule(lint.tree.module, {
    statement: (statement) => {
      if (statement.kind === 'ClassDefinition') look(statement.bases);
      return contains(statement.span, argument) || hasDecorators(statement) ? undefined : false;
    },
    expression: (expression) => {
      if (expression.kind === 'Call') look(expression.args);
      return contains(expression.span, argument) ? undefined : false;
    },
  });
  return found;
}

/** Decorators stand before the span of the statement they belong to. */
function hasDecorators(statement: ast.Statement): boolean {
  return 'decorators' in statement && statement.decorators.length > 0;
}

/** True for values that are the same however often they are evaluated. */
function isPlain(value: ast.Expression): boolean {
  switch (value.kind) {
    case 'Name':
    case 'Constant':
    case 'Number':
      return true;
    case 'String':
      return value.interpolations.length === 0;
    case 'Attribute':
      return isPlain(value.value);
    case 'UnaryOperation':
      return isPlain(value.operand);
    case 'Tuple':
    case 'List':
    case 'Set':
      return value.elements.every(isPlain);
    default:
      return false;
  }
}

/**
 * The text that goes with an argument: from the end of the argument before it, or, when a comment stands there, the whole
 * lines that it has to itself. Undefined when a comment would be lost either way.
 *
 * @param runEnd - where the last of the arguments ends that go away together with this one.
 */
function removal(argument: Span, before: Span, runEnd: number, { file, tree }: LintResult): Span | undefined {
  const holdsComment = (span: Span): boolean => tree.comments.some((comment) => overlaps(comment, span));
  const between = file.text.slice(before.end, argument.start);
  // A line break before the comma belongs to what follows on the line, if something does: `a=1⏎, a=1)`.
  const keepsBreak = /^\s*[\r\n]\s*,/.test(between) && /^[ \t]*[^\s#]/.test(file.text.slice(runEnd, runEnd + 200));
  const fromBefore = { start: before.end + (keepsBreak ? between.indexOf(',') : 0), end: argument.end };
  if (!holdsComment(fromBefore)) return fromBefore;
  const lineStart = file.text.lastIndexOf('\n', argument.start - 1) + 1;
  const rest = /[ \t]*,[ \t]*\r?\n/y;
  rest.lastIndex = argument.end;
  const isAlone = file.text.slice(lineStart, argument.start).trim() === '' && rest.test(file.text);
  const lines = { start: lineStart, end: rest.lastIndex };
  return isAlone && !holdsComment(lines) ? lines : undefined;
}

const fixer: Fixer = {
  ruleId: 'syntax-error',
  fix(diagnostic, lint) {
    const { evidence } = diagnostic;
    if (evidence.kind !== 'syntax' || evidence.defect.kind !== 'repeated-keyword') {
      const [id, { span }] = [fixer.ruleId, diagnostic];
      const repair =
        evidence.kind === 'syntax' ? (repairWith(id, span, lint) ?? repairKeyword(id, span, lint)) : undefined;
      return repair ?? { kind: 'refused', reason: 'there is no mechanical repair for this error' };
    }
    const { name, identical, arguments: repeated } = evidence.defect;
    if (!identical) return { kind: 'refused', reason: `the values of ${name} differ, so one of them has to be chosen` };
    const [kept, ...removed] = repeated;
    const args = kept === undefined ? [] : argumentsAround(kept, lint);
    const edits: Edit[] = [];
    const isRemoved = (argument: Argument | undefined): boolean =>
      removed.some(({ start }) => start === argument?.span.start);
    for (const span of removed) {
      const index = args.findIndex((argument) => argument.span.start === span.start);
      const before = args[index - 1];
      let last = index;
      while (isRemoved(args[last + 1])) last++;
      const runEnd = args[last]?.span.end ?? span.end;
      const range = before === undefined ? undefined : removal(span, before.span, runEnd, lint);
      if (range === undefined) return { kind: 'refused', reason: 'a comment stands beside the repeated argument' };
      edits.push({ span: range, text: '' });
    }
    const isSafe = args.every((argument) => argument.name !== name || isPlain(argument.value));
    return {
      kind: 'fix',
      fix: {
        ruleId: fixer.ruleId,
        // The program never ran, so what it did cannot change; a value that is computed may have been meant to be twice.
        applicability: isSafe ? 'safe' : 'unsafe',
        title: `Keep one of the ${String(repeated.length)} equal arguments ${name}`,
        edits,
        checked: [
          isSafe
            ? { precondition: 'values-equal', holds: true }
            : { precondition: 'values-equal', holds: false, detail: 'the value is computed each time' },
          { precondition: 'no-comment-moved', holds: true },
        ],
      },
    };
  },
};

export default fixer;
