import type { OptionSpec, OptionSpecs, RuleOptions, Severity } from '@pylint-leaks/core';
import { z } from 'zod';
import type { KnownRule, RuleLevel, RuleSetting } from './config-schema';
import { didYouMean } from './suggest';

const LEVEL = z.enum(['off', 'warning', 'error']);
const LEVELS = '"off", "warning" or "error"';

/** What may stand behind a rule's id: `"error"`, or `["error", { option = value }]`. */
export function ruleSettingSchema({ options }: KnownRule): z.ZodType<RuleSetting | undefined> {
  if (Object.keys(options).length === 0) return LEVEL.optional().describe(LEVELS);
  return z
    .union([LEVEL, listSchema(options)])
    .optional()
    .describe(`${LEVELS}, or a list of that and a table of options`);
}

function listSchema(options: OptionSpecs) {
  const values = Object.entries(options).map(([name, spec]) => [name, valueSchema(spec).optional()] as const);
  return z.tuple([LEVEL, z.strictObject(Object.fromEntries(values)).optional()]);
}

function valueSchema(spec: OptionSpec): z.ZodType<boolean | number | string | readonly string[]> {
  switch (spec.kind) {
    case 'flag':
      return z.boolean().describe(spec.about);
    case 'number':
      return z.int().min(spec.least).describe(spec.about);
    case 'names':
      return z.array(z.string().min(1)).describe(spec.about);
    case 'choice':
      return z.enum([...spec.values]).describe(spec.about);
  }
}

/** What an option must be, as the end of a sentence. */
function allowed(spec: OptionSpec): string {
  switch (spec.kind) {
    case 'flag':
      return 'true or false';
    case 'number':
      return `a whole number, ${spec.least} or more`;
    case 'names':
      return 'a list of names';
    case 'choice':
      return spec.values
        .map((value) => `"${value}"`)
        .join(', ')
        .replace(/, (?=[^,]*$)/, ' or ');
  }
}

/** What is wrong with a setting that is a list, a line for each. */
export function optionProblems(given: readonly unknown[], at: string, { options }: KnownRule): readonly string[] {
  const names = Object.keys(options);
  if (names.length === 0) return [`${at} must be ${LEVELS}; the rule has no options`];
  const [level, table] = given;
  if (!LEVEL.safeParse(level).success) return [`${at}: the first in the list must be ${LEVELS}, not ${shown(level)}`];
  if (given.length > 2) return [`${at}: only a table of options may follow the severity`];
  if (typeof table !== 'object' || table === null || Array.isArray(table))
    return [`${at}: what follows the severity must be a table of options, not ${shown(table)}`];
  return Object.entries(table).flatMap(([name, value]) => {
    const spec = options[name];
    if (spec === undefined)
      return [`${at}: unknown option "${name}"${didYouMean(name, names)} (known: ${names.join(', ')})`];
    return valueSchema(spec).safeParse(value).success
      ? []
      : [`${at}: ${name} must be ${allowed(spec)}, not ${shown(value)}`];
  });
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}

/** The severity of a setting. */
export function levelOf(setting: RuleSetting | undefined): RuleLevel | undefined {
  return typeof setting === 'string' || setting === undefined ? setting : setting[0];
}

/** The options of a setting. */
export function optionsOf(setting: RuleSetting | undefined): RuleOptions | undefined {
  return typeof setting === 'string' ? undefined : setting?.[1];
}

/** A setting over another one: a severity alone leaves the options as they are, as in ESLint. */
export function overSetting(base: RuleSetting | undefined, over: RuleSetting): RuleSetting {
  const options = optionsOf(over) ?? optionsOf(base);
  const level = levelOf(over) ?? 'warning';
  return options === undefined ? level : [level, options];
}

/** Severity of a rule with its options, as a configuration would say it. */
export function settingOf(severity: Severity, options: RuleOptions | undefined): RuleSetting {
  return options === undefined ? severity : [severity, options];
}
