import type { ast, Lifetime, LintResult } from '@pylint-leaks/core';
import { kindOfRow, type Holds } from '../retention/kinds';
import { rebindsName, statementMentions } from '../retention/mentions';
import { containsYield, leavesEarly } from '../syntax/statement-facts';
import { placesOf, type Place } from '../syntax/tree-index';
import { absorbFinally } from './absorb-finally';
import type { Acquisition } from './acquisition';
import { endingAt, type Ending } from './ending';
import { mayKeep } from './form';
import { check, refuse, unsafe, type Check } from './objections';
import { handlerObjections, outliveObjections, retentionOf, type Extent } from './outlives';
import { isReleaseOf } from './release-statement';
import { seenReleaseObjections } from './seen-release';

/** The statements that use a resource, and the release by hand that follows them. */
export interface Body {
  readonly statements: readonly ast.Statement[];
  readonly ending: Ending | undefined;
}

/** Up to the first release in the same block, else up to the last statement that mentions a name that needs it. */
export function findBody(acquisition: Acquisition, lifetime: Lifetime, lint: LintResult): Body {
  const { name, place, companions } = acquisition;
  const places = placesOf(lint.tree.module);
  const tail: ast.Statement[] = [];
  // Both ends of a pipe are acquired by one call.
  const pair = (lifetime.row.elements?.length ?? 1) > 1 ? [name, ...companions] : [name];
  for (const statement of place.block.statements.slice(place.index + 1)) {
    const here = places.get(statement);
    const ending = here === undefined ? undefined : endingAt(lint, lifetime, pair, here);
    if (ending !== undefined && (!ending.isKept || mayKeep(lifetime, ending))) return { statements: tail, ending };
    if (rebindsName([statement], name)) break;
    tail.push(statement);
  }
  const { names } = retentionOf({
    lint,
    scope: scopeOf(acquisition, lint),
    statements: tail,
    seeds: seedsOf(acquisition, lifetime),
  });
  const holders = [...names, ...companions];
  let last = tail.length - 1;
  while (
    lifetime.row.works === undefined &&
    last >= 0 &&
    !holders.some((each) => statementMentions(tail[last] as ast.Statement, each))
  )
    last--;
  return { statements: tail.slice(0, last + 1), ending: undefined };
}

function scopeOf({ call }: Acquisition, lint: LintResult): Extent['scope'] {
  return lint.model.enclosingScope(call);
}

function seedsOf({ name, companions }: Acquisition, { row }: Lifetime): Extent['seeds'] {
  const others = companions.map((companion): [string, Holds] => [companion, 'opaque']);
  return { names: new Map<string, Holds>([[name, kindOfRow(row)], ...others]), acquisitions: new Map() };
}

/** The last statement of a body, its ending included; the acquisition itself when there is none. */
export function lastOf({ place }: Acquisition, { statements, ending }: Body, lint: LintResult): Place {
  const last = statements[statements.length - 1];
  return ending?.places.at(-1) ?? (last === undefined ? place : placesOf(lint.tree.module).get(last)) ?? place;
}

/** What still needs it after the block, and who would see that it is released there. */
export function keptChecks(acquisition: Acquisition, body: Body, lifetime: Lifetime, lint: LintResult): Check[] {
  const { name } = acquisition;
  const last = lastOf(acquisition, body, lint);
  const extent: Extent = {
    lint,
    scope: scopeOf(acquisition, lint),
    statements: body.statements,
    last,
    span: { start: acquisition.statement.span.start, end: last.statement.span.end },
    seeds: seedsOf(acquisition, lifetime),
    isHarmless: (statement) => isReleaseOf(statement, name, lifetime.row.release),
  };
  const isEnded = absorbFinally(lint, lifetime, name, body.statements) !== undefined;
  if (body.ending === undefined && !isEnded) {
    // A `with` here would leave a release behind it as dead code that other acquisitions may share.
    const isReleasedBehind = lifetime.releases.some(({ span }) => span.start >= last.statement.span.end);
    if (lifetime.verdict === 'exception' && isReleasedBehind) {
      return [check('release-dominated', [refuse('it is released in another block')])];
    }
    const seen = seenReleaseObjections(lint, lifetime, name, last, body.statements);
    if (containsYield({ statements: body.statements })) seen.push(unsafe('a generator holds it between its values'));
    return [check('nothing-derived-survives', outliveObjections(extent)), check('release-unobserved', seen)];
  }
  // It is closed at the end today as well: only the other ways out of the body may still need it open.
  const survivors = leavesEarly(body.statements)
    ? outliveObjections(extent).filter(({ level }) => level === 'refuse')
    : handlerObjections(extent);
  return [check('nothing-derived-survives', survivors)];
}
