import {
  textOf,
  type ast,
  type Diagnostic,
  type Edit,
  type FixResult,
  type Lifetime,
  type LintResult,
} from '@pylint-leaks/core';
import { evaluate } from '../retention/evaluate';
import { kindOfRow, type Holds } from '../retention/kinds';
import { localCalls } from '../retention/local-calls';
import { containsYield } from '../syntax/statement-facts';
import { freshName, readsNamespace } from '../syntax/names';
import { enclosingDefinition, placesOf, type Place } from '../syntax/tree-index';
import { indentationOf, type Indentation } from '../text/indentation';
import { lineAt, lineEndOf } from '../text/lines';
import { reindentLines, stringsIn } from '../text/reindent';
import { connectionObjections, ownClassObjections } from './connection-arguments';
import { isStill, reach } from './evaluation-order';
import { chooseForm } from './form';
import { lastLineOf, moveObjections, nestingObjections } from './layout';
import { check, decide, isRefused, refused, refuse, unsafe, type Objection } from './objections';
import { outliveObjections } from './outlives';
import { closeUnused } from './unused';
import { contextText, openingFor } from './with-header';

/**
 * `data = json.load(open(p))` → `with open(p) as file:` around the statement, with the call replaced by a new name. The
 * call must be the first thing the statement evaluates, apart from names and literals, and what the statement leaves
 * behind must not need the resource.
 */
export function nameChained(diagnostic: Diagnostic, lifetime: Lifetime, lint: LintResult): FixResult {
  const { acquire: call, row } = lifetime;
  const { statement } = lifetime.holding;
  const place = placesOf(lint.tree.module).get(statement);
  if (place === undefined) return refused('the call is not in a statement of its own');
  const root = rootOf(statement);
  if (typeof root === 'string') return refused(root);
  const way = reach(root, call);
  if (way.kind === 'elsewhere') return refused(way.reason);
  if (!way.before.every(isStill)) return refused('something else is evaluated before it');
  const scope = lint.model.enclosingScope(call);
  const { form, objections } = chooseForm(lint, lifetime, { ...PLAIN, statement, place, call }, undefined);
  if (form.kind === 'with' && form.isAsync) return refused('only async with releases it');
  const opening = openingFor(lint, scope, statement.span.start, form);
  const isConnection = row.family === 'sqlite';
  const arguments_ = isConnection && lifetime.factory === undefined ? connectionObjections(call) : [];
  const checks = [
    check('evaluation-order-kept'),
    check('single-owner'),
    check('with-equals-release', objections),
    ...opening.checks,
    check('layout-kept', [...moveObjections(lint, place), ...nestingObjections(place, [statement])]),
    check('known-resource', [...arguments_, ...ownClassObjections(lint, lifetime)]),
    check('names-free', nameObjections(lint, place)),
  ];
  const acquisitions = new Map<ast.Expression, Holds>([[call, kindOfRow(row)]]);
  const isListed = statement.kind === 'For' && holdsNothing(lint, statement.iterable, acquisitions);
  const extent = {
    lint,
    scope,
    statements: [statement],
    last: place,
    span: statement.span,
    seeds: { names: new Map(), acquisitions },
    isHarmless: () => false,
  };
  checks.push(check('nothing-derived-survives', isListed ? [] : outliveObjections(extent)));
  if (!isListed && containsYield({ statements: [statement] }))
    checks.push(check('release-unobserved', [unsafe('a generator holds it between its values')]));
  if (isRefused(checks)) return decide(diagnostic.ruleId, { title: '', edits: [], checks });
  if (statement.kind === 'ExpressionStatement' && statement.value === call) {
    const unused = closeUnused(lint, lifetime, statement, call);
    const title = 'Close it at once: nothing uses it';
    return decide(diagnostic.ruleId, { title, edits: unused.edits, checks: [...checks, ...unused.checks] });
  }
  const definition = enclosingDefinition(place);
  // `from module import *` leaves out names with an underscore.
  const prefix = definition === undefined ? '_' : '';
  const name = freshName(
    lint,
    definition,
    nameFor(row).map((candidate) => prefix + candidate),
  );
  const indentation = indentationOf(lint.file, place) as Indentation;
  const context = contextText(lint, call, opening, indentation.base);
  const edits =
    isListed && statement.kind === 'For'
      ? listEdits(lint, statement, call, { context, name, prefix, isConnection, indentation })
      : wrapEdits(lint, statement, call, { context, name, indentation });
  if (typeof edits === 'string') return refused(edits);
  return decide(diagnostic.ruleId, {
    title: 'Release it with a with block',
    edits: [...opening.edits, ...edits],
    checks: [...checks, check('no-comment-moved')],
  });
}

/** The call as if a name held it. */
const PLAIN = { name: '', isAwaited: false, companions: [], keepsStatement: undefined, isAsync: true } as const;

/** The expression that a statement evaluates first. */
function rootOf(statement: ast.Statement): ast.Expression | string {
  switch (statement.kind) {
    case 'ExpressionStatement':
    case 'Assign':
      return statement.value;
    case 'Return':
      return statement.value ?? 'the statement has no value';
    case 'AnnotatedAssign':
      if (statement.target.kind !== 'Name') return 'the target is evaluated before it';
      return statement.value ?? 'the statement has no value';
    case 'AugmentedAssign':
      return statement.target.kind === 'Name' ? statement.value : 'the target is evaluated before it';
    case 'For':
      return statement.isAsync ? 'an async loop evaluates it' : statement.iterable;
    default:
      return 'the statement is not one that can be put into a with block';
  }
}

function nameObjections(lint: LintResult, place: Place): Objection[] {
  const definition = enclosingDefinition(place);
  const objections: Objection[] = [];
  if (definition?.kind === 'ClassDefinition') objections.push(refuse('a new name would be an attribute of the class'));
  if (readsNamespace(definition?.body ?? lint.tree.module.body)) {
    objections.push(refuse('a new name would show in locals() or eval()'));
  }
  return objections;
}

/** What people call such a thing, by the name of its type. */
const NAMES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/Response$/, ['response', 'reply', 'answer']],
  [/Session$/, ['session', 'client', 'requests_session']],
  [/Connection|connection$/, ['connection', 'conn', 'database']],
  [/ZipFile|TarFile/, ['archive', 'archive_file']],
  [/ocket$/, ['sock', 'sock_handle']],
  [/Executor$/, ['executor', 'pool']],
  [/Pool$/, ['pool', 'workers']],
  [/Queue$/, ['queue', 'channel']],
  [/Popen$|Process$/, ['process', 'child']],
  [/Selector$/, ['selector']],
  [/loop$/, ['loop', 'event_loop']],
  [/Client$|SMTP|FTP|IMAP|POP/, ['client', 'peer']],
  [/Server$/, ['server', 'listener']],
];

function nameFor({ type, family }: Lifetime['row']): readonly string[] {
  const known = NAMES.find(([pattern]) => pattern.test(type))?.[1];
  return known ?? (family === 'file' ? ['file', 'file_handle', 'stream'] : ['resource', 'handle']);
}

function holdsNothing(
  lint: LintResult,
  expression: ast.Expression,
  acquisitions: ReadonlyMap<ast.Expression, Holds>,
): boolean {
  let isClean = true;
  const stain = (): void => void (isClean = false);
  const context = {
    model: lint.model,
    environment: new Map(),
    acquisitions,
    localCall: localCalls(lint),
    escapes: stain,
    unknownCall: stain,
  };
  return evaluate(expression, context) === 'nothing' && isClean;
}

interface Wrapping {
  readonly context: string;
  readonly name: string;
  readonly indentation: Indentation;
}

/** The whole statement under the new header. */
function wrapEdits(
  lint: LintResult,
  statement: ast.Statement,
  call: ast.Call,
  { context, name, indentation }: Wrapping,
): Edit[] {
  const { file } = lint;
  const { base, unit } = indentation;
  const first = lineAt(file, statement.span.start);
  const start = statement.span.start;
  const end = lineEndOf(file);
  const lines = { first: first.index + 1, last: lastLineOf(lint, statement, indentation) };
  const inner = reindentLines(file, lines, stringsIn([statement]), indentation);
  return [
    { span: { start, end: start }, text: `with ${context} as ${name}:${end}${base}${unit}` },
    { span: call.span, text: name },
    ...inner.filter(({ span }) => span.start <= call.span.start || span.start >= call.span.end),
  ];
}

/** `for line in open(p).readlines():` reads everything first: only that goes under the header, into a name. */
function listEdits(
  lint: LintResult,
  loop: ast.For,
  call: ast.Call,
  {
    context,
    name,
    prefix,
    isConnection,
    indentation,
  }: Wrapping & { readonly prefix: string; readonly isConnection: boolean },
): Edit[] | string {
  const { file } = lint;
  const { iterable } = loop;
  const text = textOf(file, iterable.span);
  if (/[\r\n]/.test(text)) return 'what the loop goes over spans several lines';
  const list = freshName(
    lint,
    enclosingDefinition(placesOf(lint.tree.module).get(loop) as Place),
    (isConnection ? ['rows', 'records'] : ['lines', 'items', 'values']).map((candidate) => prefix + candidate),
  );
  const value =
    text.slice(0, call.span.start - iterable.span.start) + name + text.slice(call.span.end - iterable.span.start);
  const end = lineEndOf(file);
  const { base, unit } = indentation;
  const { start } = loop.span;
  return [
    {
      span: { start, end: start },
      text: `with ${context} as ${name}:${end}${base}${unit}${list} = ${value}${end}${base}`,
    },
    { span: iterable.span, text: list },
  ];
}
