import { walkBlock, type ast, type Lifetime, type LintResult } from '@pylint-leaks/core';
import { enclosingDefinition, type Place } from '../syntax/tree-index';
import { containsExpression } from '../syntax/statement-facts';
import { refuse, unsafe, type Objection } from './objections';

/**
 * What speaks against releasing at its last use something that nobody releases today: other code sees the release. A
 * `NamedTemporaryFile` is deleted when it is closed (library reference, "tempfile"), and a lock on a file ends with the
 * last descriptor (flock(2), "Locking functions" of msvcrt). Until the function is left, the name keeps both.
 *
 * @param last - the last statement that would stand in the `with` block.
 * @param body - the statements that would stand in it.
 */
export function seenReleaseObjections(
  lint: LintResult,
  lifetime: Lifetime,
  name: string,
  last: Place,
  body: readonly ast.Statement[],
): Objection[] {
  if (!isFollowed(last)) return [];
  if (lifetime.row.type === DELETED_WHEN_CLOSED && !keepsFile(lifetime)) {
    return [refuse('closing it deletes the file, which code behind its last use may need')];
  }
  if (lifetime.row.type === SHARED_MEMORY) {
    return [refuse('closing it may take the memory from processes that share it')];
  }
  if (NAMES_A_LOCK.test(name) || locksFiles(lint, last)) {
    return [refuse('closing it ends a lock on the file, which code behind its last use may need')];
  }
  if (lifetime.row.type === SOCKET && callsMethod(body, name, 'bind')) {
    return [unsafe('closing it gives its address free, which code behind its last use may rely on')];
  }
  if (lifetime.row.family === 'temp' || lifetime.row.type === DIRECTORY) {
    return [unsafe('its files go away, which code behind its last use may need')];
  }
  return [];
}

const SOCKET = 'socket.socket';
const DIRECTORY = 'tempfile.TemporaryDirectory';
const DELETED_WHEN_CLOSED = 'tempfile.NamedTemporaryFile';

/** With a tag name on Windows, the memory exists while some process has it open (library reference, "mmap"). */
const SHARED_MEMORY = 'mmap.mmap';

const NAMES_A_LOCK = /(?:^|_)(?:f?lock|mutex|pid)(?:_?(?:file|fd|fh|fp|handle))?$/i;

/** True when other statements may run between a statement and the end of the function around it. */
function isFollowed(place: Place): boolean {
  for (let inner: Place | undefined = place; inner !== undefined; inner = inner.parent) {
    const { kind } = inner.statement;
    if (inner !== place) {
      if (kind === 'FunctionDefinition' || kind === 'ClassDefinition') return false;
      if (kind !== 'If') return true;
    }
    if (inner.index < inner.block.statements.length - 1) return true;
  }
  return true;
}

/** `delete=False`; a factory may have said anything. */
function keepsFile({ acquire, factory }: Lifetime): boolean {
  return (
    factory === undefined &&
    acquire.args.some(({ name, value }) => name === 'delete' && value.kind === 'Constant' && value.value === 'False')
  );
}

/** Modules whose functions lock files; often imported in a `try`, so that a name cannot be resolved for sure. */
const LOCKING_MODULE = /^(?:fcntl|msvcrt|portalocker|win32file)(?:\.|$)/;
const LOCKING_FUNCTION = /^(?:flock|lockf|locking)$/;

/** True when the function around a place locks files, itself or through functions of this file. */
function locksFiles(lint: LintResult, place: Place): boolean {
  const lockers = lockingFunctions(lint);
  const definition = enclosingDefinition(place);
  return callsIn(definition?.body ?? lint.tree.module.body).some((call) => locks(lint, call, lockers));
}

function locks({ model }: LintResult, { func }: ast.Call, lockers: ReadonlySet<string>): boolean {
  if (LOCKING_MODULE.test(model.qualifiedName(func) ?? '')) return true;
  if (func.kind === 'Attribute' && func.value.kind === 'Name' && LOCKING_MODULE.test(func.value.id)) return true;
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '';
  return LOCKING_FUNCTION.test(name) || lockers.has(name);
}

const known = new WeakMap<ast.Module, ReadonlySet<string>>();

/** Names of the functions and methods of a file that lock files. */
function lockingFunctions(lint: LintResult): ReadonlySet<string> {
  const { module } = lint.tree;
  const before = known.get(module);
  if (before !== undefined) return before;
  const names = new Set<string>();
  const isLocking = callsIn(module.body).some((call) => locks(lint, call, names));
  const definitions: ast.FunctionDefinition[] = [];
  if (isLocking) {
    walkBlock(module.body, {
      statement: (statement) => {
        if (statement.kind === 'FunctionDefinition') definitions.push(statement);
        return undefined;
      },
    });
  }
  for (let size = -1; size !== names.size;) {
    size = names.size;
    for (const { name, body } of definitions) {
      if (!names.has(name.id) && callsIn(body).some((call) => locks(lint, call, names))) names.add(name.id);
    }
  }
  known.set(module, names);
  return names;
}

function callsIn(block: ast.Block): readonly ast.Call[] {
  const calls: ast.Call[] = [];
  walkBlock(block, {
    expression: (expression) => {
      if (expression.kind === 'Call') calls.push(expression);
      return undefined;
    },
  });
  return calls;
}

/** `name.bind(…)` somewhere in the statements. */
function callsMethod(statements: readonly ast.Statement[], name: string, method: string): boolean {
  return containsExpression(
    statements,
    (part) => part.kind === 'Attribute' && part.attr === method && part.value.kind === 'Name' && part.value.id === name,
  );
}
