import type { Reached } from '../dataflow/solve';
import type { Observations } from './context';
import type { HandOver, LossKind, Verdict } from './lifetime';
import type { Exits } from './run';
import type { State } from './state';

/** What the exits of a region say about one site. */
export interface Judgement {
  readonly verdict: Verdict | undefined;
  readonly loss: LossKind | undefined;
  readonly handOver: HandOver | undefined;
  /** Attribute or container attribute of `self` that owns it in the end. */
  readonly attribute: string | undefined;
  /** The exit that shows the loss best. */
  readonly witness: Reached<State> | undefined;
}

const CLEAN: Judgement = {
  verdict: undefined,
  loss: undefined,
  handOver: undefined,
  attribute: undefined,
  witness: undefined,
};

/**
 * One verdict per site:
 * - `all`: it is live at every normal exit that it reaches;
 * - `some`: it is live at one normal exit and released or handed over at another;
 * - `exception`: it is lost only where something raised while it was live, and the function does release it otherwise.
 */
export function judge(exits: Exits, observed: Observations, endlessLoop: boolean): Judgement {
  const isLeak = ({ fact }: Reached<State>): boolean => fact.status === 'live' || fact.status === 'lost';
  const leaks = exits.normal.filter(isLeak);
  const given = exits.normal.filter(({ fact }) => fact.status === 'gone' || fact.status === 'stored');
  // Where nothing ever releases it, a handled exception on the way to every normal exit explains nothing.
  const isNeverReleased = observed.releases.size === 0 && given.length === 0 && leaks.every(({ fact }) => fact.raised);
  const plain = isNeverReleased ? leaks : leaks.filter(({ fact }) => !fact.raised);
  const afterRaise = [...leaks.filter(({ fact }) => fact.raised), ...exits.exceptional.filter(isLeak)];
  const released = exits.normal.filter(({ fact }) => fact.status === 'released');
  const attribute = [...given, ...exits.normal].map(({ fact }) => fact.attribute).find((path) => path !== undefined);
  const how = given.map(({ fact }) => fact.handOver).find((each) => each !== undefined);

  // Among paths that may not exist only "nothing ever releases it" is certain.
  if (exits.isRough && observed.releases.size + given.length > 0) return { ...CLEAN, handOver: how, attribute };
  if (plain.length > 0) {
    const witness = plain.find(({ fact }) => fact.status === 'lost') ?? plain[0];
    const verdict: Verdict = released.length + given.length > 0 ? 'some' : 'all';
    return { verdict, loss: lossOf(verdict, witness, observed), handOver: undefined, attribute, witness };
  }
  const isReleased = released.length > 0 || observed.releasesNormally;
  if (afterRaise.length > 0 && (isReleased || (!endlessLoop && given.length === 0))) {
    const witness = afterRaise[0];
    const isOverwritten = witness?.fact.loss?.kind === 'overwritten';
    return {
      verdict: 'exception',
      loss: isOverwritten ? 'overwritten' : 'lost-on-exception',
      handOver: undefined,
      attribute,
      witness,
    };
  }
  if (afterRaise.length > 0 && given.length === 0) return { ...CLEAN, handOver: 'program-lifetime' };
  return { ...CLEAN, handOver: how, attribute };
}

function lossOf(verdict: Verdict, witness: Reached<State> | undefined, observed: Observations): LossKind {
  if (observed.enteredWithoutRelease && observed.releases.size === 0) return 'with-does-not-close';
  const kind = witness?.fact.loss?.kind;
  if (kind === 'overwritten' && observed.releases.size > 0) return 'overwritten';
  if (kind === 'overwritten' && witness?.fact.attribute !== undefined) return 'overwritten';
  if (kind === 'discarded' || (verdict === 'all' && observed.holders.length === 0)) return 'discarded';
  return verdict === 'all' ? 'never-released' : 'lost-on-path';
}
