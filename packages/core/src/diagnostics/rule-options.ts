import type { Impact } from './diagnostic';
import type { RuleMeta } from './define-rule';

/** One thing that users may set for a rule. `about` completes the sentence "it says …" on the rule's page. */
export type OptionSpec =
  | { readonly kind: 'flag'; readonly usual: boolean; readonly about: string }
  /** A whole number; `usual` is undefined for no limit. */
  | { readonly kind: 'number'; readonly least: number; readonly usual: number | undefined; readonly about: string }
  | { readonly kind: 'names'; readonly usual: readonly string[]; readonly about: string }
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly usual: string; readonly about: string };

/** Options of a rule by name. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What a user has set for one rule; checked against its specs. */
export type RuleOptions = Readonly<Record<string, boolean | number | string | readonly string[] | undefined>>;

const IMPACTS: readonly Impact[] = ['low', 'medium', 'high'];

/** Options of every rule about leaks; the linter sees to them, no rule has to. */
const COMMON: OptionSpecs = {
  'ignore-resources': {
    kind: 'names',
    usual: [],
    about: 'resources that are not reported, as findings name them: `PIL.Image.open`, `self._history`',
  },
  'least-impact': {
    kind: 'choice',
    values: IMPACTS,
    usual: 'low',
    about: 'findings with less impact are not reported',
  },
};

const OF_LIFETIMES: OptionSpecs = {
  exceptions: {
    kind: 'flag',
    usual: true,
    about: 'also what is lost only when something raises',
  },
};

/** All options of a rule: its own, and those that rules of its kind share. */
export function optionSpecsOf({ concern, judges, options }: RuleMeta): OptionSpecs {
  if (judges !== undefined || concern?.kind === 'syntax') return options ?? {};
  return { ...options, ...(concern?.kind === 'lifetimes' ? OF_LIFETIMES : {}), ...COMMON };
}

/** What holds for one rule: what the user says, else what is usual. Asking for an option that the rule lacks is a bug. */
export class OptionReader {
  constructor(
    private readonly specs: OptionSpecs,
    private readonly given: RuleOptions,
  ) {}

  /** @throws Error when the rule has no such flag. */
  flag(name: string): boolean {
    const spec = this.spec(name, 'flag');
    const value = this.given[name];
    return typeof value === 'boolean' ? value : spec.usual;
  }

  /**
   * @returns undefined for no limit.
   * @throws Error when the rule has no such number.
   */
  number(name: string): number | undefined {
    const spec = this.spec(name, 'number');
    const value = this.given[name];
    return typeof value === 'number' ? value : spec.usual;
  }

  /** True when a finding is one that the user wants to hear of, by the options that rules share. */
  wants({ resource = '', impact = '', path = '' }: Readonly<Record<string, string>>): boolean {
    const ignored = this.given['ignore-resources'];
    if (Array.isArray(ignored) && ignored.includes(resource)) return false;
    if (this.given['exceptions'] === false && path === 'exception') return false;
    const least = this.given['least-impact'];
    return typeof least !== 'string' || rank(impact) >= rank(least);
  }

  private spec<Kind extends OptionSpec['kind']>(name: string, kind: Kind): Extract<OptionSpec, { kind: Kind }> {
    const spec = this.specs[name];
    if (spec?.kind !== kind) throw new Error(`the rule declares no option "${name}" of kind ${kind}`);
    return spec as Extract<OptionSpec, { kind: Kind }>;
  }
}

/** Findings without an impact always count. */
function rank(impact: string): number {
  const index = IMPACTS.findIndex((each) => each === impact);
  return index < 0 ? IMPACTS.length : index;
}
