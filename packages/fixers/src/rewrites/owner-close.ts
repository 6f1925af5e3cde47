import {
  walkBlock,
  type ast,
  type Diagnostic,
  type Edit,
  type FixResult,
  type Lifetime,
  type LintResult,
} from '@pylint-leaks/core';
import { placesOf } from '../syntax/tree-index';
import { importName, importedName } from '../text/imports';
import { indentationOf } from '../text/indentation';
import { lineByIndex, lineEndOf } from '../text/lines';
import { quoteOf } from '../text/quotes';
import { awaitsRelease } from './form';
import { lastLineOf } from './layout';
import { check, decide, isRefused, refused, refuse, unsafe, type Check } from './objections';
import { membersOf, ownedBy, ownerOf, type OwnedAttribute } from './owned-attributes';

/** The methods that the rewrite adds; a class that has one of either kind has its own idea of its end. */
const SYNC = ['close', '__enter__', '__exit__'] as const;
const ASYNC = ['aclose', '__aenter__', '__aexit__'] as const;

/** Bases that have no idea of an end. */
const PLAIN_BASES: ReadonlySet<string> = new Set(['abc.ABC', 'builtins.object', 'typing.Generic', 'typing.Protocol']);

/**
 * A class that keeps what it opened and has no way to let it go gets `close`, `__enter__` and `__exit__`, or `aclose` and the
 * async two where a release has to be awaited. All that the class never releases is released, the last acquired first, and
 * also when `__init__` failed before it was there. Never safe: who uses the class has to call them.
 */
export function addClose(diagnostic: Diagnostic, lifetime: Lifetime, lint: LintResult): FixResult {
  const held = ownerOf(lifetime, lint);
  if (typeof held === 'string') return refused(held);
  const { owner } = held;
  const unknown = unknownBase(owner, lint) ?? overridden(owner, lint);
  if (unknown !== undefined) return refused(unknown);
  const members = membersOf(owner);
  const existing = [...SYNC, ...ASYNC].find((name) => members.has(name));
  if (existing !== undefined) return refused(`${owner.name.id} has ${existing} already, and it must release it`);
  const [first] = owner.body.statements;
  const place = first === undefined ? undefined : placesOf(lint.tree.module).get(first);
  const indentation = place === undefined ? undefined : indentationOf(lint.file, place);
  if (indentation === undefined) return refused('the class is written on one line');
  const owned = ownedBy(owner, lint).map((attribute) => ({ ...attribute, calls: releasesOf(attribute, lint) }));
  if (owned.some(({ calls }) => calls === undefined))
    return refused('one of its attributes has no method that releases it');
  const isAsync = owned.some(({ lifetime: { row } }) => awaitsRelease(row));
  const { base, unit } = indentation;
  const end = lineEndOf(lint.file);
  const checks: Check[] = [check('release-dominated', [unsafe('whoever uses the class has to close it')])];
  const edits: Edit[] = [];
  let stack: string | undefined;
  if (owned.length > 1) {
    const at = owner.span.start;
    const wanted = { module: 'contextlib', name: isAsync ? 'AsyncExitStack' : 'ExitStack' };
    const imported = importName(lint, lint.model.scopeOf(lint.tree.module), at, wanted);
    checks.push(check('names-free', imported.kind === 'refused' ? [refuse(imported.reason)] : []));
    if (imported.kind === 'imported') {
      stack = imported.expression;
      edits.push(...imported.edits);
    }
  }
  if (isRefused(checks)) return decide(diagnostic.ruleId, { title: '', edits: [], checks });
  const [close, enter, exit] = isAsync ? ASYNC : SYNC;
  const def = isAsync ? 'async def' : 'def';
  const quote = quoteOf(lint.file, lint.tree);
  const lines = [
    `${def} ${close}(self):`,
    ...bodyOf(owned, stack, isAsync, quote, unit).map((line) => unit + line),
    '',
    `${def} ${enter}(self):`,
    `${unit}return self`,
    '',
    `${def} ${exit}(self, *exc_info):`,
    `${unit}${isAsync ? 'await ' : ''}self.${close}()`,
  ].map((line) => (line === '' ? '' : base + line));
  const last = owner.body.statements[owner.body.statements.length - 1] as ast.Statement;
  const at = lineByIndex(lint.file, lastLineOf(lint, last, indentation)).end;
  edits.push({ span: { start: at, end: at }, text: end + lines.map((line) => end + line).join('') });
  const result = decide(diagnostic.ruleId, {
    title: `Give ${owner.name.id} ${isAsync ? 'an' : 'a'} ${close} method`,
    edits,
    checks,
  });
  return result.kind === 'fix' ? { ...result, fix: { ...result.fix, reveals: [owner.name.id] } } : result;
}

/** Why a base may have its own way to release things. */
function unknownBase(owner: ast.ClassDefinition, lint: LintResult): string | undefined {
  const seen = new Set([owner]);
  for (const definition of seen) {
    if (definition.bases.some(({ kind, name }) => kind !== 'positional' && name !== 'metaclass')) {
      return 'a base class may have its own way to release it';
    }
    for (const base of lint.model.basesOf(definition)) {
      const local = base === undefined ? undefined : lint.model.classNamed(base);
      if (local !== undefined) {
        if ([...SYNC, ...ASYNC].some((name) => membersOf(local).has(name)))
          return `its base ${local.name.id} has a way to end`;
        seen.add(local);
      } else if (base === undefined || !PLAIN_BASES.has(base)) return 'a base class may have its own way to release it';
    }
  }
  return undefined;
}

/** Why a subclass would not use the methods: it has its own. */
function overridden(owner: ast.ClassDefinition, lint: LintResult): string | undefined {
  let found: string | undefined;
  walkBlock(lint.tree.module.body, {
    statement: (statement) => {
      if (statement.kind !== 'ClassDefinition' || statement === owner) return undefined;
      const isBelow = lint.model
        .basesOf(statement)
        .some((base) => base !== undefined && lint.model.classNamed(base) === owner);
      const members = membersOf(statement);
      if (isBelow && [...SYNC, ...ASYNC].some((name) => members.has(name))) found ??= statement.name.id;
      return undefined;
    },
  });
  return found === undefined ? undefined : `its subclass ${found} has its own way to end`;
}

interface Release extends OwnedAttribute {
  /** Expressions that are called without arguments, or with the attribute: `self.x.close`; undefined when there are none. */
  readonly calls: readonly string[] | undefined;
}

/** `terminate` before `wait`: nobody wants to wait for a process that nobody ends. */
function releasesOf({ name, lifetime: { row } }: OwnedAttribute, lint: LintResult): readonly string[] | undefined {
  const [release] = row.release;
  if (row.obligation === 'keep' || row.of === 'receiver') return undefined;
  if (row.releasedBy !== undefined) {
    const [module, method] = row.releasedBy.split('.');
    const scope = lint.model.scopeOf(lint.tree.module);
    const wanted = { module: module ?? '', name: method ?? '' };
    const imported = importedName(lint, scope, lint.file.text.length, wanted);
    return imported === undefined ? undefined : [imported];
  }
  if (release === undefined) return undefined;
  const stop = row.waits?.includes(release) === true ? row.ending?.[0] : undefined;
  return [...(stop === undefined ? [] : [stop]), release].map((method) => `self.${name}.${method}`);
}

function bodyOf(
  owned: readonly Release[],
  stack: string | undefined,
  isAsync: boolean,
  quote: string,
  unit: string,
): readonly string[] {
  const test = ({ name }: Release): string => `if getattr(self, ${quote}${name}${quote}, None) is not None:`;
  const isFunction = ({ lifetime: { row } }: Release): boolean => row.releasedBy !== undefined;
  if (stack === undefined) {
    return owned.flatMap((each) => [
      test(each),
      ...(each.calls ?? []).map((call) => {
        // Stopping something is no coroutine; ending it may be one.
        const waits = awaitsRelease(each.lifetime.row) && call === each.calls?.at(-1) ? 'await ' : '';
        return `${unit}${waits}${call}(${isFunction(each) ? `self.${each.name}` : ''})`;
      }),
    ]);
  }
  const push = (each: Release, call: string): string => {
    const method = awaitsRelease(each.lifetime.row) && call === each.calls?.at(-1) ? 'push_async_callback' : 'callback';
    return `${unit}${unit}stack.${method}(${call}${isFunction(each) ? `, self.${each.name}` : ''})`;
  };
  return [
    `${isAsync ? 'async with' : 'with'} ${stack}() as stack:`,
    // An exit stack calls what was pushed last first.
    ...owned.flatMap((each) => [
      unit + test(each),
      ...[...(each.calls ?? [])].reverse().map((call) => push(each, call)),
    ]),
  ];
}
