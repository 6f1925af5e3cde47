import type { ast, Edit, LintResult, SourceFile } from '@pylint-leaks/core';
import { containsExpression } from '../syntax/statement-facts';
import { lineAt, lineByIndex, lineEndOf, startsItsLine } from './lines';
import { isStandardModule } from './standard-modules';

type ImportStatement = ast.Import | ast.ImportFrom;

/**
 * Where a new import line goes: among the imports at the top, in order within the group it belongs to (a package of its
 * own below the groups of the standard library when there is no other), never before a docstring or `from __future__`, never between the halves of a `a; b` line.
 */
export function placeImport(lint: LintResult, line: string, module: string): Edit {
  const { file, tree } = lint;
  const end = lineEndOf(file);
  const statements = tree.module.body.statements;
  const isStandard = module === 'contextlib';
  const docstring = isDocstring(statements[0]) ? 1 : 0;
  const leading: ImportStatement[] = [];
  for (const statement of statements.slice(docstring)) {
    if (isModuleData(statement)) continue;
    if (statement.kind !== 'Import' && statement.kind !== 'ImportFrom') break;
    leading.push(statement);
  }
  // A star import may bind the same name: the new line comes after all of them.
  const star = leading.filter((statement) => statement.kind === 'ImportFrom' && statement.isStar).pop();
  const groups = groupsOf(
    file,
    leading.filter((statement) => !isFuture(statement) && !isRelative(statement)),
  );
  const [standard] = groups;
  const thirdParty = groups.slice(1).find((group) => !group.every(isOfStandardLibrary));
  if (standard !== undefined && thirdParty === undefined && !isStandard) {
    const last = later(groups[groups.length - 1]?.at(-1), star) as ImportStatement;
    return afterLine(lint, last, `${end}${line}${end}${gapBelow(file, last, end)}`, end);
  }
  const group = (isStandard ? standard : thirdParty) ?? [];
  const before = group.filter((statement) => sortKey(statement) <= keyOf(line, module));
  const first = group[0];
  // A group of its own above one of other packages only.
  const isAlone = isStandard && first !== undefined && !group.some(isOfStandardLibrary) && star === undefined;
  if (isAlone && startsItsLine(file, first.span.start))
    return insertion(lineAt(file, first.span.start).start, `${line}${end}${end}`);
  const anchor = later(before[before.length - 1], star);
  if (anchor !== undefined) return afterLine(lint, anchor, `${line}${end}`, end);
  if (first !== undefined && startsItsLine(file, first.span.start)) {
    return insertion(lineAt(file, first.span.start).start, `${line}${end}`);
  }
  const future = leading.filter(isFuture).pop();
  const header = future ?? (docstring === 1 ? statements[0] : undefined);
  if (header !== undefined) {
    return afterLine(lint, header, `${end}${line}${end}${gapBelow(file, header, end)}`, end);
  }
  return insertion(...atTop(file, statements[0], line, end));
}

/** Where a new definition of the module goes: below the imports at the top, set apart by a blank line. */
export function placeDefinition(lint: LintResult, line: string): Edit {
  const { file, tree } = lint;
  const end = lineEndOf(file);
  const { statements } = tree.module.body;
  const isLeading = (statement: ast.Statement, index: number): boolean =>
    isModuleData(statement) ||
    statement.kind === 'Import' ||
    statement.kind === 'ImportFrom' ||
    (index === 0 && isDocstring(statement));
  const length = statements.findIndex((statement, index) => !isLeading(statement, index));
  const last = statements[(length < 0 ? statements.length : length) - 1];
  if (last === undefined) return insertion(...atTop(file, statements[0], line, end));
  return afterLine(lint, last, `${end}${line}${end}${gapBelow(file, last, end)}`, end);
}

function later(a: ImportStatement | undefined, b: ImportStatement | undefined): ImportStatement | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.span.start > b.span.start ? a : b;
}

/** A blank line where none follows a statement. */
function gapBelow(file: SourceFile, statement: ast.Statement, end: string): string {
  return lineText(file, lineAt(file, statement.span.end).index + 1).trim() === '' ? '' : end;
}

function insertion(at: number, text: string): Edit {
  return { span: { start: at, end: at }, text };
}

/** Inserts after the last line of a statement; other statements of a `a; b` line stay before it. */
function afterLine(lint: LintResult, statement: ast.Statement, text: string, end: string): Edit {
  const { file, tree } = lint;
  let last = statement;
  for (const next of tree.module.body.statements) {
    if (next.span.start >= last.span.end && lineAt(file, next.span.start).index === lineAt(file, last.span.end).index)
      last = next;
  }
  const line = lineAt(file, last.span.end);
  const missing = line.next === line.end ? end : '';
  return insertion(line.next, missing + text);
}

/** Runs of statements without blank lines between: standard library, third party, first party, as isort has them. */
function groupsOf(file: SourceFile, statements: readonly ImportStatement[]): readonly (readonly ImportStatement[])[] {
  const groups: ImportStatement[][] = [];
  let last: ImportStatement | undefined;
  for (const statement of statements) {
    const isApart =
      last === undefined || lineAt(file, statement.span.start).index > lineAt(file, last.span.end).index + 1;
    if (isApart) groups.push([statement]);
    else groups[groups.length - 1]?.push(statement);
    last = statement;
  }
  return groups;
}

/** isort's default: plain imports first, then `from`, both by module. */
function sortKey(statement: ImportStatement): string {
  return statement.kind === 'Import' ? `0 ${statement.names[0]?.name ?? ''}` : `1 ${statement.module}`;
}

function keyOf(line: string, module: string): string {
  return `${line.startsWith('from ') ? '1' : '0'} ${module}`;
}

function isOfStandardLibrary(statement: ImportStatement): boolean {
  if (statement.kind === 'ImportFrom') return statement.level === 0 && isStandardModule(statement.module);
  return statement.names.every(({ name }) => isStandardModule(name));
}

function isFuture(statement: ImportStatement): boolean {
  return statement.kind === 'ImportFrom' && statement.module === '__future__' && statement.level === 0;
}

function isRelative(statement: ImportStatement): boolean {
  return statement.kind === 'ImportFrom' && statement.level > 0;
}

/** `__all__ = […]`, `__version__ = '1'`: PEP 8 puts them above the imports. */
function isModuleData(statement: ast.Statement): boolean {
  if (statement.kind !== 'Assign' || containsExpression([statement], ({ kind }) => kind === 'Call')) return false;
  return statement.targets.every((target) => target.kind === 'Name' && /^__\w+__$/.test(target.id));
}

function isDocstring(statement: ast.Statement | undefined): boolean {
  return (
    statement?.kind === 'ExpressionStatement' &&
    statement.value.kind === 'String' &&
    statement.value.pieces.every(({ prefix }) => !/[bf]/.test(prefix))
  );
}

/** Without docstring and imports: below the shebang, the encoding cookie and a licence comment set off by a blank line. */
function atTop(file: SourceFile, first: ast.Statement | undefined, line: string, end: string): [number, string] {
  let comments = 0;
  while (comments < file.lineStarts.length && /^\s*#/.test(lineText(file, comments))) comments++;
  let index = 0;
  if (comments > 0 && lineText(file, comments).trim() === '') index = comments;
  else while (index < Math.min(2, comments) && /^#!|coding[:=]/.test(lineText(file, index))) index++;
  const at = lineByIndex(file, index).start;
  const isDefinition = first?.kind === 'FunctionDefinition' || first?.kind === 'ClassDefinition';
  const gap = lineText(file, index).trim() === '' ? '' : isDefinition ? end + end : end;
  return [at, `${index > 0 && gap === '' ? end : ''}${line}${end}${gap}`];
}

function lineText(file: SourceFile, index: number): string {
  const line = lineByIndex(file, index);
  return file.text.slice(line.start, line.end);
}
