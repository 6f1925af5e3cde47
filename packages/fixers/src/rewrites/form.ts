import type { ast, Lifetime, LintResult } from '@pylint-leaks/core';
import { importedName } from '../text/imports';
import type { Acquisition } from './acquisition';
import type { Ending } from './ending';
import { isRepeatable } from './left-releases';
import { refuse, unsafe, type Objection } from './objections';

/** How the release is to be written. */
export type Form =
  /** `with acquire() as x:`; `keepsEnding`: the release by hand stays in the block; `call`: what to call instead. */
  | { readonly kind: 'with'; readonly isAsync: boolean; readonly keepsEnding: boolean; readonly call?: string }
  /** `with closing(acquire()) as x:`. */
  | { readonly kind: 'closing' }
  /** `try: … finally: …` with the release by hand, or with this call where there is none. */
  | { readonly kind: 'finally'; readonly release: string | undefined };

/** The form that a resource takes, and what is to be said against it. */
export interface ChosenForm {
  readonly form: Form;
  readonly objections: readonly Objection[];
}

/**
 * Chooses by the row what does the same as the release by hand that there is; where there is none, what releases and does
 * as little else as possible.
 *
 * @param ending - the release by hand in the block of the acquisition.
 */
export function chooseForm(
  lint: LintResult,
  lifetime: Lifetime,
  acquisition: Acquisition,
  ending: Ending | undefined,
): ChosenForm {
  const chosen =
    ending === undefined ? withoutEnding(lint, lifetime, acquisition) : withEnding(lint, lifetime, acquisition, ending);
  if (chosen.form.kind === 'finally' || acquisition.keepsStatement === undefined) return chosen;
  return inFinally(lint, lifetime, acquisition, ending);
}

/** True when leaving a block after a release that stays in it has nothing left to do. */
export function mayKeep({ row }: Lifetime, { calls }: Ending): boolean {
  return row.with === 'closes' ? isRepeatable(row) : isIdleAfter(row, calls);
}

function withEnding(lint: LintResult, lifetime: Lifetime, acquisition: Acquisition, ending: Ending): ChosenForm {
  const { row } = lifetime;
  const { isPlain, calls } = ending;
  const plain = withForm(false);
  const closes = calls === 'close()';
  if (ending.isKept) {
    return { form: { kind: 'with', isAsync: false, keepsEnding: true }, objections: waitObjections(ending) };
  }
  switch (row.with) {
    case 'closes':
      if (row.exit?.avoidedBy === 'closing') break;
      return isPlain ? plain : inFinally(lint, lifetime, acquisition, ending);
    case 'closes-and-more':
      if (row.exit?.avoidedBy === 'closing') break;
      if (row.exit?.equals.includes(calls)) return { ...plain, objections: waitObjections(ending) };
      if (row.exit?.nearly?.includes(calls)) return { ...plain, objections: [unsafe(alsoOf(lifetime))] };
      if (isIdleAfter(row, calls)) {
        return { form: { kind: 'with', isAsync: false, keepsEnding: true }, objections: waitObjections(ending) };
      }
      return inFinally(lint, lifetime, acquisition, ending);
    case 'async': {
      const equals = row.exit === undefined ? isPlain : row.exit.equals.includes(calls);
      return equals && acquisition.isAsync ? withForm(true) : inFinally(lint, lifetime, acquisition, ending);
    }
    case 'transaction':
    case 'none':
    case 'binds-other':
      break;
  }
  const isClosing = row.with !== 'binds-other' && closes && isPlain && !awaitsRelease(row);
  return isClosing ? { form: { kind: 'closing' }, objections: [] } : inFinally(lint, lifetime, acquisition, ending);
}

/** `communicate(input=x)` counts as `communicate()`. */
function isIdleAfter({ exit }: Lifetime['row'], calls: string): boolean {
  const bare = calls.replace(/\((?:[^()]|\([^()]*\))*\)/g, '()');
  return exit?.idleAfter?.includes(bare) ?? false;
}

function withoutEnding(lint: LintResult, lifetime: Lifetime, acquisition: Acquisition): ChosenForm {
  const { row, acquire } = lifetime;
  const { exit } = row;
  const isClosed = row.release[0] === 'close' && !awaitsRelease(row);
  switch (row.with) {
    case 'closes':
      return exit?.avoidedBy === 'closing' ? { form: { kind: 'closing' }, objections: [] } : withForm(false);
    case 'closes-and-more': {
      if (exit?.avoidedBy === 'closing') return { form: { kind: 'closing' }, objections: [] };
      const isIdle = exit?.onlyWhenWriting !== undefined && opensForReading(acquire, exit.onlyWhenWriting);
      return { ...withForm(false), objections: isIdle ? [] : [unsafe(alsoOf(lifetime))] };
    }
    case 'async':
      if (!acquisition.isAsync) {
        return {
          ...withForm(true),
          objections: [refuse('only async with releases it, and this is no async function')],
        };
      }
      if (exit?.avoidedBy !== undefined) return inFinally(lint, lifetime, acquisition, undefined);
      return { ...withForm(true), objections: exit === undefined ? [] : [unsafe(alsoOf(lifetime))] };
    case 'transaction':
      return isClosed
        ? { form: { kind: 'closing' }, objections: [] }
        : inFinally(lint, lifetime, acquisition, undefined);
    case 'none':
      return isClosed
        ? { form: { kind: 'closing' }, objections: [] }
        : inFinally(lint, lifetime, acquisition, undefined);
    case 'binds-other':
      return inFinally(lint, lifetime, acquisition, undefined);
  }
}

function withForm(isAsync: boolean): ChosenForm {
  return { form: { kind: 'with', isAsync, keepsEnding: false }, objections: [] };
}

function alsoOf({ row }: Lifetime): string {
  return `leaving the block also ${row.exit?.also ?? 'does more than release it'}`;
}

/** The release by hand, or the first of the row, in a `finally`. */
export function inFinally(
  lint: LintResult,
  lifetime: Lifetime,
  acquisition: Acquisition,
  ending: Ending | undefined,
): ChosenForm {
  const { row, acquire } = lifetime;
  if (ending !== undefined) {
    return { form: { kind: 'finally', release: undefined }, objections: waitObjections(ending) };
  }
  const form = (release: string): Form => ({ kind: 'finally', release });
  const [release] = row.release;
  if (row.releasedBy !== undefined) {
    const call = releasedBy(lint, lifetime, acquisition.name);
    const reason = 'the number may live on where nobody can see it';
    return { form: form(call ?? ''), objections: [call === undefined ? refuse(NO_MODULE) : unsafe(reason)] };
  }
  if (row.blockCall !== undefined) {
    const { func } = acquire;
    const isOfModule = func.kind === 'Attribute' && func.value.kind === 'Name';
    const reason = `${row.blockCall} would have to be imported`;
    const objection = isOfModule ? unsafe('what is kept today goes away with the block') : refuse(reason);
    return { form: { kind: 'with', isAsync: false, keepsEnding: false, call: row.blockCall }, objections: [objection] };
  }
  if (release === undefined) {
    return { form: form(''), objections: [refuse('there is no method that releases it')] };
  }
  const needsAwait = awaitsRelease(row);
  if (needsAwait && !acquisition.isAsync) {
    return { form: form(''), objections: [refuse('its release has to be awaited, and this is no async function')] };
  }
  const text = `${needsAwait ? 'await ' : ''}${acquisition.name}.${release}()`;
  if (row.waits?.includes(release) ?? false) {
    return { form: form(text), objections: [unsafe(`${release} waits for it, which nothing does today`)] };
  }
  // A server, a display, a listener: what was started works on behind the function, which may be meant.
  const isEnded = row.acquiredBy !== undefined && lifetime.releases.length === 0;
  return { form: form(text), objections: isEnded ? [unsafe('it works on today when the function is left')] : [] };
}

const NO_MODULE = 'the module of the function that releases it is not imported';

/** `os.close(x)`, by the name that the file has for it. */
function releasedBy(lint: LintResult, { row, acquire }: Lifetime, name: string): string | undefined {
  const [module, method] = (row.releasedBy ?? '').split('.');
  if (module === undefined || method === undefined) return undefined;
  const scope = lint.model.enclosingScope(acquire);
  const imported = importedName(lint, scope, acquire.span.start, { module, name: method });
  return imported === undefined ? undefined : `${imported}(${name})`;
}

/** Whether the first release is a coroutine function. */
export function awaitsRelease(row: Lifetime['row']): boolean {
  return row.awaitsRelease ?? row.with === 'async';
}

function waitObjections({ waits }: Ending): readonly Objection[] {
  return waits ? [unsafe('an exception has to wait for it as well')] : [];
}

/** `tarfile.open(p)` and `tarfile.open(p, 'r:gz')`: leaving the block only closes. */
function opensForReading(call: ast.Call, position: number): boolean {
  if (call.args.some(({ kind }) => kind === 'star' || kind === 'double-star')) return false;
  const positional = call.args.filter(({ kind }) => kind === 'positional')[position];
  const mode = call.args.find(({ name }) => name === 'mode') ?? positional;
  return mode === undefined || (mode.value.kind === 'String' && (mode.value.value ?? 'w').startsWith('r'));
}
