import {
  lineName,
  type Impact,
  type Lifetime,
  type LossKind,
  type RelatedLocation,
  type Report,
  type RuleContext,
} from '@pylint-leaks/core';

/** Placeholders that every message about a lifetime may use. */
export type LifetimeMessages = Readonly<Record<LossKind, string>>;

/** What a family of resources adds to the report of a lost lifetime. */
export interface FamilyReport {
  /** The end of the message: what the loss costs. */
  readonly consequence: (lifetime: Lifetime, context: RuleContext) => string;
  readonly impact: (lifetime: Lifetime) => Impact;
  /** Which are reported at all, as an option of the rule may say. */
  readonly isWanted?: ((lifetime: Lifetime) => boolean) | undefined;
}

/**
 * Messages for every way to lose a resource.
 *
 * @param done - what should have happened to it: `closed`, `joined`.
 */
export function lossMessages<const Done extends string>(
  done: Done,
): {
  readonly 'never-released': `{{what}} is never ${Done}{{place}}{{consequence}}`;
  readonly 'lost-on-path': `{{what}} is not ${Done}{{place}}, though it is on other paths{{consequence}}`;
  readonly 'lost-on-exception': `{{what}} is not ${Done}{{place}}{{consequence}}`;
  readonly 'with-does-not-close': `\`with\` ends a transaction and leaves {{what}} open{{consequence}}`;
  readonly discarded: `{{what}} is used once and dropped without being ${Done}{{consequence}}`;
  readonly overwritten: `{{what}} is replaced{{place}} before it is ${Done}{{consequence}}`;
  readonly 'owner-never-releases': `{{what}} is kept in an attribute that is never ${Done}{{place}}{{consequence}}`;
} {
  return {
    'never-released': `{{what}} is never ${done}{{place}}{{consequence}}`,
    'lost-on-path': `{{what}} is not ${done}{{place}}, though it is on other paths{{consequence}}`,
    'lost-on-exception': `{{what}} is not ${done}{{place}}{{consequence}}`,
    'with-does-not-close': '`with` ends a transaction and leaves {{what}} open{{consequence}}',
    discarded: `{{what}} is used once and dropped without being ${done}{{consequence}}`,
    overwritten: `{{what}} is replaced{{place}} before it is ${done}{{consequence}}`,
    'owner-never-releases': `{{what}} is kept in an attribute that is never ${done}{{place}}{{consequence}}`,
  };
}

/** What a loss matters: one level less when only an exception loses it, one more when a loop repeats it. */
export function impactOf(usual: 'high' | 'medium'): (lifetime: Lifetime) => Impact {
  return ({ verdict, inLoop }) => {
    if (verdict === 'exception') return usual === 'high' ? 'medium' : 'low';
    return inLoop ? 'high' : usual;
  };
}

/** The shape that `report` of a rule with these messages takes. */
type LossReport = Report<Record<LossKind, '{{what}}{{place}}{{consequence}}'>>;

/**
 * Reports every lost lifetime of the given families: the loss decides the message, the verdict the severity (a loss that
 * needs an exception is a warning).
 */
export function reportLosses(
  context: RuleContext,
  families: readonly string[],
  family: FamilyReport,
  report: (report: LossReport) => void,
): void {
  for (const lifetime of context.lifetimes) {
    const { verdict, loss, row, isPossible } = lifetime;
    if (verdict === undefined || loss === undefined || !families.includes(row.family)) continue;
    if (family.isWanted?.(lifetime) === false) continue;
    const isOwner = row.source === 'project-class';
    // Of objects that own something only the plain cases are told: their users have no way to see that it matters.
    if (isOwner && verdict === 'exception' && !context.strict) continue;
    report({
      messageId: loss,
      span: lifetime.acquire.span,
      severity: verdict === 'exception' || isOwner || isPossible === true ? 'warning' : 'error',
      data: {
        resource: lifetime.row.acquire.replace(/^builtins\.|^<local>\./, ''),
        what: describe(lifetime),
        path: verdict,
        impact: family.impact(lifetime),
        place: placeOf(lifetime, context),
        consequence: family.consequence(lifetime, context),
      },
      related: lifetime.path satisfies readonly RelatedLocation[],
      evidence: { kind: 'lifetime', lifetime },
    });
  }
}

/** The call as people know it: "`open`", "`sqlite3.connect` (through `Store._connect`)". */
function describe({ row, factory }: Lifetime): string {
  const name = `\`${row.acquire.replace(/^builtins\.|^<local>\./, '')}\``;
  if (factory !== undefined) return `${name} (through \`${factory}\`)`;
  return row.owns === undefined ? name : `${name} (it keeps \`${row.owns.replace(/^builtins\.|^<local>\./, '')}\`)`;
}

/** " → `return` at line 12", from the last step of the path; empty when the path says nothing more than the message. */
function placeOf({ path, loss }: Lifetime, { file }: RuleContext): string {
  const last = path[path.length - 1];
  if (last === undefined || last.kind === 'acquired' || loss === 'discarded') return '';
  const step = loss === 'lost-on-exception' ? (path.find(({ kind }) => kind === 'may-raise') ?? last) : last;
  const line = lineName(file, step.span.start);
  switch (step.kind) {
    case 'may-raise':
      return ` when ${line} raises`;
    case 'leaves':
      return file.text.startsWith('return', step.span.start) ? ` at the \`return\` on ${line}` : '';
    case 'overwritten':
      return ` on ${line}`;
    case 'note':
      return `: ${step.message}`;
    default:
      return '';
  }
}
