import type { HandOver, Lifetime, LossKind, Verdict } from '../lifetimes/lifetime';
import { LOCAL } from '../semantic/model';
import type { Call } from '../syntax/ast';
import { walkModule } from '../syntax/walk';
import { lineName } from '../text/notebook';
import { positionAt, textOf } from '../text/source-file';
import type { LintResult } from './lint-source';

/** What is known about one call of a line: facts as sentences, for people who wonder about a finding or its absence. */
export interface Explanation {
  /** The call as written. */
  readonly call: string;
  /** 1-based. */
  readonly line: number;
  readonly facts: readonly string[];
}

/**
 * Explains every acquisition site on a line, silent ones included; without one, every call on it: what its name means and
 * why it is not taken for an acquisition.
 *
 * @param line - 1-based.
 * @returns nothing for a line without calls.
 */
export function explainLine(lint: LintResult, line: number): readonly Explanation[] {
  const isHere = ({ span }: Call): boolean => positionAt(lint.file, span.start).line === line;
  const sites = lint.lifetimes.filter(({ acquire, constructor_ }) => isHere(acquire) || isHere(constructor_));
  if (sites.length > 0)
    return sites.map((site) => ({ ...headOf(site.constructor_, lint), facts: explainSite(site, lint) }));
  const calls: Call[] = [];
  walkModule(lint.tree.module, {
    expression: (expression) => {
      if (expression.kind === 'Call' && isHere(expression)) calls.push(expression);
      return undefined;
    },
  });
  return calls.map((call) => ({ ...headOf(call, lint), facts: explainCall(call, lint) }));
}

function headOf(call: Call, { file }: LintResult): Pick<Explanation, 'call' | 'line'> {
  const [first = ''] = textOf(file, call.span).split('\n');
  return { call: first, line: positionAt(file, call.span.start).line };
}

function explainSite(site: Lifetime, lint: LintResult): readonly string[] {
  const { row, factory, releases, holders, verdict, loss, handOver, path } = site;
  const lineOf = (span: { readonly start: number }): string => lineName(lint.file, span.start);
  const shown = row.acquire.replace(/^builtins\.|^<local>\./, '');
  const through = factory === undefined ? '' : `, through \`${factory}\``;
  const owns = row.owns === undefined ? '' : `, which keeps \`${row.owns.replace(/^builtins\.|^<local>\./, '')}\``;
  const reported = lint.diagnostics.find(({ evidence }) => evidence.kind === 'lifetime' && evidence.lifetime === site);
  return [
    `It acquires \`${shown}\`${through}${owns}; what it gives must be released${releaseOf(row)}.`,
    WITH[row.with],
    `It is in \`${site.qualifiedName}\`${site.inLoop ? ', in a loop' : ''}, ${holdingOf(site)}.`,
    ...(holders.length > 1 ? [`Names that may hold it: ${holders.map((name) => `\`${name}\``).join(', ')}.`] : []),
    ...(releases.length > 0
      ? [
          `It is released on ${either(
            releases.map(({ span }) => lineOf(span)),
            'and',
          )}.`,
        ]
      : []),
    verdict === undefined ? whySilent(handOver, releases.length > 0) : whyLost(verdict, loss),
    ...path.map((step) => `${lineOf(step.span)}: ${step.message}.`),
    reported === undefined
      ? verdict === undefined
        ? 'So there is no finding.'
        : 'No rule that runs reports it.'
      : `So \`${reported.ruleId}\` reports it as ${reported.severity === 'error' ? 'an error' : 'a warning'}.`,
  ];
}

/** Paths and descriptors have no methods: functions release them. */
function releaseOf({ release, releasedBy }: Lifetime['row']): string {
  const names = release.length === 0 && releasedBy !== undefined ? [releasedBy] : release;
  return names.length === 0 ? '' : ` with ${either(names.map((name) => `\`${name}\``))}`;
}

const WITH: Readonly<Record<Lifetime['row']['with'], string>> = {
  closes: '`with` on it is a release.',
  'closes-and-more': '`with` on it is a release, and does more than that.',
  transaction: '`with` on it ends a transaction and does not release it.',
  'binds-other': '`with` on it is a release; `as` gives another object than the call.',
  none: 'It has no `with`.',
  async: 'Only `async with` on it is a release.',
};

function holdingOf({ holding }: Lifetime): string {
  switch (holding.kind) {
    case 'name':
      return `held by the name \`${holding.name}\``;
    case 'attribute':
      return `held by \`${holding.path}\``;
    case 'with-item':
      return holding.name === undefined ? 'entered by `with`' : `entered by \`with … as ${holding.name}\``;
    case 'chained':
      return 'used once inside a larger expression';
    case 'discarded':
      return 'and nothing holds its result';
    case 'other':
      return 'inside a larger expression';
  }
}

const HANDED: Readonly<Record<HandOver, string>> = {
  returned: 'It is returned: the caller owns it from then on.',
  yielded: 'It is yielded: who iterates owns it from then on.',
  'stored-in-attribute': 'An attribute keeps it: its object owns it from then on, and releases it or is not known.',
  'stored-in-container': 'A container keeps it, and what is in there is released or seen by others.',
  'stored-in-global': 'A global keeps it, as long as the program runs.',
  'passed-to-owner': 'It is passed to something that takes ownership.',
  'passed-to-unknown-call': 'It is passed to a call that nothing is known about, which may own it from then on.',
  'captured-by-closure': 'A nested function keeps it.',
  'used-up': 'It is read to its end, which closes it.',
  'program-lifetime': 'It lives as long as the program.',
};

function whySilent(handOver: HandOver | undefined, isReleased: boolean): string {
  if (handOver !== undefined) return HANDED[handOver];
  return isReleased
    ? 'Every path releases it.'
    : 'Nothing can be said about it: there are too many paths, or it never starts.';
}

const LOST: Readonly<Record<LossKind, string>> = {
  'never-released': 'nothing releases it',
  'lost-on-path': 'a path leaves without releasing it',
  'lost-on-exception': 'an exception passes the release by',
  'with-does-not-close': '`with` does not release it, and nothing else does',
  discarded: 'nothing holds it, so nothing can release it',
  overwritten: 'the last name for it is given to something else',
  'owner-never-releases': 'no method of the class that keeps it releases it',
};

function whyLost(verdict: Verdict, loss: LossKind | undefined): string {
  const where = { all: 'On every path', some: 'On some path', exception: 'Only when something raises' }[verdict];
  return `${where} it is lost: ${LOST[loss ?? 'never-released']}.`;
}

function explainCall(call: Call, { model }: LintResult): readonly string[] {
  const name = model.qualifiedName(call.func);
  if (name === undefined) return ['What is called is not known for sure, so it is taken for nothing in particular.'];
  const shown = name.startsWith(LOCAL) ? `\`${name.slice(LOCAL.length)}\` of this file` : `\`${name}\``;
  return [
    `It calls ${shown}, which acquires nothing that is known here; a row in the configuration can say otherwise.`,
    'A call that is expected to raise, or whose name a mock replaces, acquires nothing either.',
  ];
}

function either(words: readonly string[], conjunction = 'or'): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1) ?? ''}`;
}
