import { textOf, type ast, type Edit, type LintResult, type Scope } from '@pylint-leaks/core';
import { identifiersOf } from '../syntax/names';
import { placeImport } from './import-placement';
import { lineAt } from './lines';

/** A name of another module that a fix wants to write. */
export interface WantedName {
  readonly module: string;
  readonly name: string;
}

/** How a fix can write that name, and the edits that make it so. */
export type Imported =
  | { readonly kind: 'imported'; readonly expression: string; readonly edits: readonly Edit[] }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Finds or adds the import of a name for code at an offset of a scope: an import that is already there (under any
 * alias), else one more name in a `from module import …` line, else a new line among the top imports. Names that mean
 * something else anywhere in the file are avoided.
 */
export function importName(lint: LintResult, scope: Scope, offset: number, wanted: WantedName): Imported {
  const reused = importedName(lint, scope, offset, wanted);
  if (reused !== undefined) return { kind: 'imported', expression: reused, edits: [] };
  const taken = identifiersOf(lint.tree.module);
  if (!taken.has(wanted.name)) {
    const edit =
      merge(lint, offset, wanted) ?? placeImport(lint, `from ${wanted.module} import ${wanted.name}`, wanted.module);
    return { kind: 'imported', expression: wanted.name, edits: [{ ...edit, shared: true }] };
  }
  const root = wanted.module.split('.')[0] as string;
  if (!taken.has(root)) {
    const edit = placeImport(lint, `import ${wanted.module}`, wanted.module);
    return { kind: 'imported', expression: `${wanted.module}.${wanted.name}`, edits: [{ ...edit, shared: true }] };
  }
  return { kind: 'refused', reason: `the names ${wanted.name} and ${root} already mean something else in this file` };
}

/** How an import that is executed before the code lets it write a name that means nothing else there. */
export function importedName(lint: LintResult, scope: Scope, offset: number, wanted: WantedName): string | undefined {
  const full = `${wanted.module}.${wanted.name}`;
  for (const statement of importsBefore(lint, scope, offset)) {
    for (const { name, alias } of statement.names) {
      const imported = statement.kind === 'ImportFrom' ? `${statement.module}.${name}` : name;
      if (statement.kind === 'ImportFrom' && (statement.isStar || statement.level > 0)) continue;
      const local = alias ?? (statement.kind === 'Import' ? (name.split('.')[0] ?? name) : name);
      const expression =
        imported === full ? local : imported === wanted.module ? `${alias ?? name}.${wanted.name}` : undefined;
      if (expression !== undefined && meansImport(lint, scope, local, statement)) return expression;
    }
  }
  return undefined;
}

/** Imports directly in the module or in the function's own body, before the code. */
function importsBefore(lint: LintResult, scope: Scope, offset: number): readonly (ast.Import | ast.ImportFrom)[] {
  const blocks = [lint.tree.module.body];
  if (scope.node.kind === 'FunctionDefinition') blocks.unshift(scope.node.body);
  return blocks.flatMap((block) =>
    block.statements.filter(
      (statement): statement is ast.Import | ast.ImportFrom =>
        (statement.kind === 'Import' || statement.kind === 'ImportFrom') && statement.span.end <= offset,
    ),
  );
}

/** True when a name in the scope is bound by imports of the same thing only, `statement` among them. */
function meansImport(lint: LintResult, scope: Scope, name: string, statement: ast.Statement): boolean {
  const bindings = lint.model.lookup(name, scope)?.bindings ?? [];
  const own = bindings.find((binding) => binding.kind === 'import' && binding.statement === statement);
  return (
    own?.kind === 'import' &&
    bindings.every((binding) => binding.kind === 'import' && binding.qualifiedName === own.qualifiedName)
  );
}

/** One more name in an existing `from module import a, b` at the top of the module, kept in order when it is sorted. */
function merge(lint: LintResult, offset: number, wanted: WantedName): Edit | undefined {
  const { file, tree } = lint;
  for (const statement of tree.module.body.statements) {
    if (statement.kind !== 'ImportFrom' || statement.module !== wanted.module || statement.level > 0) continue;
    if (statement.isStar || statement.span.end > offset) continue;
    if (tree.comments.some((comment) => comment.start >= statement.span.start && comment.start < statement.span.end))
      continue;
    const names = statement.names;
    const last = names[names.length - 1];
    if (last === undefined) continue;
    const isSorted = names.every((name, i) => i === 0 || (names[i - 1] as ast.ImportedName).name <= name.name);
    const after = isSorted ? names.find((name) => name.name > wanted.name) : undefined;
    const second = names[1];
    const first = names[0] as ast.ImportedName;
    const isVertical =
      second !== undefined && lineAt(file, first.span.start).index !== lineAt(file, second.span.start).index;
    const separator = isVertical && second ? textOf(file, { start: first.span.end, end: second.span.start }) : ', ';
    if (after !== undefined)
      return { span: { start: after.span.start, end: after.span.start }, text: wanted.name + separator };
    return { span: { start: last.span.end, end: last.span.end }, text: separator + wanted.name };
  }
  return undefined;
}
