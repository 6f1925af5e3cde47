import {
  walkBlock,
  type ast,
  type Diagnostic,
  type Edit,
  type FixResult,
  type Lifetime,
  type LintResult,
} from '@pylint-leaks/core';
import type { FixOptions } from '../fixer';
import { freshName, identifiersOf, readsNamespace } from '../syntax/names';
import { enclosingDefinition, placesOf, type Place } from '../syntax/tree-index';
import { placeDefinition } from '../text/import-placement';
import { importedName } from '../text/imports';
import { endsItsLine, indentationAt, lineAt, lineEndOf, startsItsLine } from '../text/lines';
import { endOf } from './layout';
import { check, decide, isRefused, refused, refuse, type Objection } from './objections';

/**
 * `asyncio.create_task(work())` → the task in a set until it is done, as the library reference writes it ("Important: Save
 * a reference to the result of this function"). Nothing else changes: the set only keeps the task from being collected
 * while it runs. Where `track_task` of the runtime package is imported already, it does the same.
 */
export function keepTask(diagnostic: Diagnostic, lifetime: Lifetime, lint: LintResult, options: FixOptions): FixResult {
  const { holding, acquire: call } = lifetime;
  const { statement } = holding;
  const place = placesOf(lint.tree.module).get(statement);
  if (lifetime.factory !== undefined) return refused(`made by \`${lifetime.factory}\`, which could keep it itself`);
  const bound = boundName(statement, call);
  if (place === undefined || bound === undefined) return refused('the task is part of another value');
  const scope = lint.model.enclosingScope(call);
  const tracking = importedName(lint, scope, call.span.start, { module: options.runtimeModule, name: 'track_task' });
  if (tracking !== undefined) {
    const { start, end } = call.span;
    const edits = [insertion(start, `${tracking}(`), insertion(end, ')')];
    const checks = [check('evaluation-order-kept'), check('single-owner')];
    return decide(diagnostic.ruleId, { title: 'Keep the task with track_task', edits, checks });
  }
  const definition = enclosingDefinition(place);
  const existing = keptSet(lint, scope.node.kind === 'FunctionDefinition' ? scope.node : undefined);
  const set = existing ?? freshModuleName(lint);
  const checks = [
    check('names-free', nameObjections(lint, definition, bound.name)),
    check('layout-kept', lineObjections(lint, place)),
    check('single-owner'),
    check('evaluation-order-kept'),
  ];
  if (isRefused(checks)) return decide(diagnostic.ruleId, { title: '', edits: [], checks });
  const name = bound.name ?? freshName(lint, definition, ['task']);
  const end = lineEndOf(lint.file);
  const base = indentationAt(lint.file, statement.span.start);
  const lines = `${base}${set}.add(${name})${end}${base}${name}.add_done_callback(${set}.discard)`;
  const edits: Edit[] = [insertAfterLine(lint, endOf(lint, statement), lines, end)];
  if (bound.name === undefined) edits.push(insertion(statement.span.start, `${name} = `));
  if (existing === undefined) edits.push({ ...placeDefinition(lint, `${set} = set()`), shared: true });
  return decide(diagnostic.ruleId, { title: 'Keep the task in a set until it is done', edits, checks });
}

function insertion(at: number, text: string): Edit {
  return { span: { start: at, end: at }, text };
}

/** The name of `task = create_task(…)`, none for the call as a statement; undefined for anything else. */
function boundName(statement: ast.Statement, call: ast.Call): { readonly name: string | undefined } | undefined {
  if (statement.kind === 'ExpressionStatement' && statement.value === call) return { name: undefined };
  if (statement.kind !== 'Assign' || statement.value !== call || statement.targets.length !== 1) return undefined;
  const [target] = statement.targets;
  return target?.kind === 'Name' ? { name: target.id } : undefined;
}

function nameObjections(
  lint: LintResult,
  definition: ReturnType<typeof enclosingDefinition>,
  bound: string | undefined,
): Objection[] {
  if (definition?.kind !== 'FunctionDefinition') return [refuse('a new name would be visible to others')];
  if (readsNamespace(lint.tree.module.body)) return [refuse('a new name would show in locals() or globals()')];
  if (bound === undefined) return [];
  const scope = lint.model.scopeOf(definition);
  return scope.globals.has(bound) || scope.nonlocals.has(bound) ? [refuse(`${bound} is global or nonlocal`)] : [];
}

function lineObjections(lint: LintResult, { statement, block, index }: Place): Objection[] {
  const end = endOf(lint, statement);
  const next = block.statements[index + 1];
  const isAlone =
    startsItsLine(lint.file, statement.span.start) &&
    endsItsLine(lint.file, lint.tree.comments, end) &&
    (next === undefined || next.span.start >= lineAt(lint.file, end).end);
  return isAlone ? [] : [refuse('it shares a line with another statement')];
}

function insertAfterLine(lint: LintResult, offset: number, text: string, end: string): Edit {
  const line = lineAt(lint.file, offset);
  return line.next === line.end ? insertion(line.end, end + text) : insertion(line.next, text + end);
}

/**
 * A set of the module, or of the object, from which tasks are discarded when they are done: `tasks` when somewhere
 * `….add_done_callback(tasks.discard)` stands. One of the object counts only when `__init__` makes it.
 */
function keptSet(lint: LintResult, region: ast.FunctionDefinition | undefined): string | undefined {
  const discarding = new Set<string>();
  walkBlock(lint.tree.module.body, {
    expression: (part) => {
      if (part.kind !== 'Call' || part.func.kind !== 'Attribute' || part.func.attr !== 'add_done_callback') return;
      const callback = part.args[0]?.value;
      if (callback?.kind !== 'Attribute' || callback.attr !== 'discard') return;
      const { value } = callback;
      if (value.kind === 'Name') discarding.add(value.id);
      if (value.kind === 'Attribute' && value.value.kind === 'Name' && value.value.id === 'self')
        discarding.add(`self.${value.attr}`);
    },
  });
  const owner = region === undefined ? undefined : lint.model.classOf(region);
  const isMethod = owner !== undefined && region?.parameters[0]?.name === 'self';
  const constructor = owner?.body.statements.find(
    (each): each is ast.FunctionDefinition => each.kind === 'FunctionDefinition' && each.name.id === '__init__',
  );
  const ofObject = isMethod && constructor !== undefined ? setsIn(constructor.body.statements, 'self.') : [];
  const ofModule = setsIn(lint.tree.module.body.statements, '');
  return [...ofObject, ...ofModule].find((name) => discarding.has(name));
}

/** Names that are bound to a new set by the statements. */
function setsIn(statements: readonly ast.Statement[], prefix: string): readonly string[] {
  return statements.flatMap((statement) => {
    const isBinding = statement.kind === 'Assign' || statement.kind === 'AnnotatedAssign';
    if (!isBinding || statement.value?.kind !== 'Call') return [];
    const { func, args } = statement.value;
    if (func.kind !== 'Name' || func.id !== 'set' || args.length > 0) return [];
    const target = statement.kind === 'Assign' ? statement.targets[0] : statement.target;
    if (prefix === '' && target?.kind === 'Name') return [target.id];
    const isOwn = target?.kind === 'Attribute' && target.value.kind === 'Name' && target.value.id === 'self';
    return prefix !== '' && isOwn ? [`self.${target.attr}`] : [];
  });
}

function freshModuleName(lint: LintResult): string {
  const taken = identifiersOf(lint.tree.module);
  for (let round = 1; ; round++) {
    const name = round === 1 ? 'background_tasks' : `background_tasks${String(round)}`;
    if (!taken.has(name)) return name;
  }
}
