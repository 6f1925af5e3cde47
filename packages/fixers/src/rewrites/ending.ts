import { textOf, type ast, type Lifetime, type LintResult } from '@pylint-leaks/core';
import { placesOf, type Place } from '../syntax/tree-index';
import { unawaited } from './acquisition';
import { isStill, reach } from './evaluation-order';
import { isReleaseOf } from './release-statement';

/** The statements next to each other that end the use of a resource by hand: `p.terminate(); p.wait()`. */
export interface Ending {
  readonly places: readonly Place[];
  /** The calls as people write them, without the name and `await`: `terminate(); wait()`. */
  readonly calls: string;
  /** The last of them waits for something that nobody has stopped before. */
  readonly waits: boolean;
  /** Nothing but `x.release()`, perhaps below `if x:`: what a `with` block may take the place of. */
  readonly isPlain: boolean;
  /** The statement does more than release, so that it has to stay: `out, err = p.communicate()`, `return p.wait()`. */
  readonly isKept: boolean;
  /** Which of the names it ends. */
  readonly names: readonly string[];
}

/** What a statement does to end the use of what a name holds. */
interface Step {
  readonly name: string;
  readonly method: string;
  readonly text: string;
  readonly isRelease: boolean;
  readonly isPlain: boolean;
  readonly isKept: boolean;
}

/**
 * The ending that starts with a statement: calls of releases and of what the row counts to the end beside them, at least
 * one of them a release. Undefined when the statement is something else.
 *
 * @param names - names of resources that are acquired and end together, of one as a rule.
 */
export function endingAt(
  lint: LintResult,
  lifetime: Lifetime,
  names: readonly string[],
  start: Place,
): Ending | undefined {
  const places: Place[] = [];
  const steps: Step[] = [];
  for (const statement of start.block.statements.slice(start.index)) {
    const step = names.map((name) => stepOf(lint, lifetime, name, statement)).find((each) => each !== undefined);
    const place = step === undefined ? undefined : placesOf(lint.tree.module).get(statement);
    if (step === undefined || place === undefined) break;
    // A second release of the same kind is something that a person should look at.
    if (steps.some(({ text, name }) => text === step.text && name === step.name)) break;
    places.push(place);
    steps.push(step);
    if (step.isKept) break;
    if (lifetime.row.ending === undefined && step.isRelease && names.length === 1) break;
  }
  if (!steps.some(({ isRelease }) => isRelease)) return undefined;
  const { ending = [], waits = [] } = lifetime.row;
  const firstWait = steps.findIndex(({ method }) => waits.includes(method));
  const isStopped = steps.slice(0, Math.max(0, firstWait)).some(({ method }) => ending.includes(method));
  return {
    places,
    calls: steps.map(({ text }) => text).join('; '),
    waits: firstWait >= 0 && !isStopped,
    isPlain: steps.every(({ isPlain }) => isPlain),
    isKept: steps.some(({ isKept }) => isKept),
    names: [...new Set(steps.map(({ name }) => name))],
  };
}

function stepOf(lint: LintResult, lifetime: Lifetime, name: string, statement: ast.Statement): Step | undefined {
  const { row, releases } = lifetime;
  if (statement.kind === 'If') {
    if (!isReleaseOf(statement, name, row.release)) return undefined;
    const [only] = statement.body.statements;
    return only === undefined ? undefined : stepOf(lint, lifetime, name, only);
  }
  if (statement.kind !== 'ExpressionStatement') return keptStep(lint, lifetime, name, statement);
  const call = unawaited(statement.value);
  if (call.kind !== 'Call') return undefined;
  const { func, args } = call;
  if (!args.every(({ value, kind }) => kind !== 'star' && kind !== 'double-star' && isStill(value))) return undefined;
  const known = [...row.release, ...(row.ending ?? [])];
  if (func.kind === 'Attribute' && textOf(lint.file, func.value.span) === name && known.includes(func.attr)) {
    const isRelease = row.release.includes(func.attr);
    const text = func.attr + textOf(lint.file, call.argsSpan);
    return { name, method: func.attr, text, isRelease, isPlain: isRelease && args.length === 0, isKept: false };
  }
  // A function that releases what it is given: `os.close(fd)`, `shutil.rmtree(d)`, `self._close(conn)`.
  // Of the two ends of a pipe the lifetime knows the releases of one, so the row is asked as well.
  const isRelease = releases.includes(call) || isReleasedBy(lint, lifetime, call);
  if (isRelease && args.some(({ value }) => textOf(lint.file, value.span) === name)) {
    return { name, method: '', text: textOf(lint.file, call.span), isRelease: true, isPlain: false, isKept: false };
  }
  return undefined;
}

/** `os.close(…)` where the row says that this function releases it. */
export function isReleasedBy({ model }: LintResult, { row }: Pick<Lifetime, 'row'>, { func }: ast.Call): boolean {
  return row.releasedBy !== undefined && model.qualifiedName(func) === row.releasedBy;
}

/** A release whose value is used: the statement comes to it on every path, and to nothing else of the resource after it. */
function keptStep(lint: LintResult, { releases }: Lifetime, name: string, statement: ast.Statement): Step | undefined {
  const root = statement.kind === 'Assign' || statement.kind === 'Return' ? statement.value : undefined;
  if (root === undefined) return undefined;
  const call = releases.find(
    (release): release is ast.Call =>
      release.kind === 'Call' && release.span.start >= root.span.start && release.span.end <= root.span.end,
  );
  if (call?.func.kind !== 'Attribute' || textOf(lint.file, call.func.value.span) !== name) return undefined;
  const text = call.func.attr + textOf(lint.file, call.argsSpan);
  const isAlways = reach(unawaited(root), call).kind === 'always';
  return isAlways ? { name, method: call.func.attr, text, isRelease: true, isPlain: false, isKept: true } : undefined;
}
