import type { Module, Statement, SyntaxTree } from '../ast';
import { walkBlock } from '../walk';
import { cellAt, type Notebook } from '../../text/notebook';
import { overlaps, type Span } from '../../text/span';
import { checkGrammar } from './check-grammar';
import { StatementChecker } from './check-statements';
import type { SyntaxProblem } from './problem';
import { repeatedKeywords } from './repeated-keywords';

/** First version that reads `except A, b:` as two types. */
const BARE_EXCEPTIONS = [3, 14] as const;

/**
 * Everything for which Python refuses to compile a file, in source order. Empty exactly when some Python from the target
 * version on accepts it, as far as known.
 *
 * @param tree - the syntax tree of `text`; what its parser could not read is judged by the grammar check alone.
 * @param notebook - set when the text is that of a notebook: each cell is compiled alone, and may `await` outside of functions.
 */
export function findSyntaxProblems(
  text: string,
  tree: SyntaxTree,
  targetVersion: readonly [number, number],
  notebook?: Notebook,
): SyntaxProblem[] {
  if (tree.compiles === true) return [];
  const [major, minor] = targetVersion;
  const acceptsBare = major > BARE_EXCEPTIONS[0] || (major === BARE_EXCEPTIONS[0] && minor >= BARE_EXCEPTIONS[1]);
  const { errors, late, damaged } = checkGrammar(text, acceptsBare);
  const { statements } = tree.module.body;
  const problems = [...errors, ...late];
  if (errors.length === 0 && tree.errors.length === 0) problems.push(...checkAll(tree.module, text, notebook));
  else {
    const checker = new StatementChecker(tree.module, text, notebook !== undefined);
    const unread = tree.errors.map(({ span }) => span);
    const damage = [...errors.map(({ span }) => span), ...unread];
    const intact = new Set(statements.filter((statement) => isIntact(statement, [...damaged, ...unread], text)));
    const others = statements.filter((statement) => !intact.has(statement));
    problems.push(...checker.check([...intact]), ...others.flatMap((statement) => callsOf(statement, damage, text)));
  }
  return problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function checkAll(module: Module, text: string, notebook: Notebook | undefined): readonly SyntaxProblem[] {
  if (notebook === undefined) return new StatementChecker(module, text).check(module.body.statements);
  return notebook.cells.flatMap((cell) => {
    const statements = module.body.statements.filter(({ span }) => cellAt(notebook, span.start) === cell);
    const own = { ...module, body: { ...module.body, statements } };
    return new StatementChecker(own, text, true).check(statements);
  });
}

/**
 * True for definitions that no error touches. Other statements of a damaged file may have lost the function around them,
 * so that a `return` in them says nothing.
 */
function isIntact(statement: Statement, damage: readonly Span[], text: string): boolean {
  if (statement.kind !== 'FunctionDefinition' && statement.kind !== 'ClassDefinition') return false;
  const before = text.charCodeAt(statement.span.start - 1);
  const startsLine = statement.span.start === 0 || before === 10 || before === 13;
  return startsLine && !damage.some((span) => touches(statement.span, span));
}

function touches(outer: Span, span: Span): boolean {
  return overlaps(outer, span) || (span.start === span.end && outer.start <= span.start && span.start <= outer.end);
}

/** Repeated keywords in calls that no error touches: they can be told, and mended, wherever they stand. */
function callsOf(statement: Statement, damage: readonly Span[], text: string): SyntaxProblem[] {
  const found: SyntaxProblem[] = [];
  walkBlock(
    { span: statement.span, statements: [statement] },
    {
      expression: (expression) => {
        if (expression.kind === 'Call' && !damage.some((span) => touches(expression.span, span))) {
          found.push(...repeatedKeywords(expression.args, text));
        }
        return undefined;
      },
    },
  );
  return found;
}
