import { optionSpecsOf, type OptionSpecs, type Rule, type RuleOptions } from '@pylint-leaks/core';
import { z } from 'zod';
import { resourceSchema, type ResourceConfig } from './resource-config';
import { optionProblems, ruleSettingSchema } from './rule-setting';
import { didYouMean } from './suggest';
import { parsePythonVersion } from './python-version';

/** What a rule's severity can be set to. */
export type RuleLevel = 'off' | 'warning' | 'error';

/** A severity, with options of the rule behind it where there are any. */
export type RuleSetting = RuleLevel | readonly [RuleLevel, (RuleOptions | undefined)?];

/** A rule as far as a configuration can speak of it. */
export type KnownRule = Pick<Rule, 'id'> & { readonly options: OptionSpecs };

/** Ids and options of rules. */
export function knownRules(rules: readonly Rule[]): readonly KnownRule[] {
  return rules.map(({ id, meta }) => ({ id, options: optionSpecsOf(meta) }));
}

/** What can be set for some files only. */
export interface FileConfig {
  readonly preset?: Preset | undefined;
  readonly select?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly 'target-version'?: string | undefined;
  readonly 'runtime-module'?: string | undefined;
  readonly rules?: Readonly<Record<string, RuleSetting | undefined>> | undefined;
}

/** What holds for the files that match. */
export interface OverrideConfig extends FileConfig {
  readonly files: readonly string[];
  /** Of these, the files that it does not hold for after all. */
  readonly exclude?: readonly string[] | undefined;
}

/** A configuration file as written; the keys are the option names. */
export interface Config extends FileConfig {
  readonly extends?: string | readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly 'extend-exclude'?: readonly string[] | undefined;
  readonly 'max-warnings'?: number | undefined;
  readonly baseline?: string | undefined;
  readonly resources?: ResourceConfig | undefined;
  readonly overrides?: readonly OverrideConfig[] | undefined;
}

/** Sets of rules and of assumptions: what a maintainer would act on, what may be wrong too, and everything. */
export const PRESETS = ['recommended', 'strict', 'all'] as const;
export type Preset = (typeof PRESETS)[number];

/** Selects every rule, in `select` and `--select`. */
export const ALL_RULES = 'ALL';

/** Module that fixes import `thread_manager` from, unless configured. */
export const DEFAULT_RUNTIME_MODULE = 'pylint_leaks_runtime';

/**
 * The schema of a configuration. The description of a key completes the sentence "… must be", so that the error for a
 * wrong value always says what is allowed.
 *
 * @param rules - those that may be named.
 */
export function createConfigSchema(rules: readonly KnownRule[]) {
  const ruleIds = rules.map(({ id }) => id);
  const ruleList = z.array(z.enum([ALL_RULES, ...ruleIds])).describe(`a list of rule ids, or ["${ALL_RULES}"]`);
  const patterns = z.array(z.string().min(1)).describe('a list of patterns as in .gitignore');
  const settings = Object.fromEntries(rules.map((rule) => [rule.id, ruleSettingSchema(rule)]));
  const perFile = {
    preset: z.enum(PRESETS).optional().describe('"recommended", "strict" or "all"'),
    select: ruleList.optional().describe(`a list of rule ids, or ["${ALL_RULES}"]`),
    ignore: ruleList.optional().describe('a list of rule ids'),
    'target-version': z
      .string()
      .refine((text) => parsePythonVersion(text) !== undefined)
      .optional()
      .describe('the lowest Python version the code must run on, such as "3.9"'),
    'runtime-module': z
      .string()
      .regex(/^[^\W\d]\w*(\.[^\W\d]\w*)*$/u)
      .optional()
      .describe(`an importable module name, such as "${DEFAULT_RUNTIME_MODULE}"`),
    rules: z
      .strictObject(settings)
      .optional()
      .describe('a table of rule ids, each "off", "warning" or "error", or a list of that and a table of options'),
  };
  const override = z
    .strictObject({
      files: patterns.min(1).describe('a list of patterns as in .gitignore'),
      exclude: patterns
        .optional()
        .describe('a list of patterns as in .gitignore: files that it does not hold for after all'),
      ...perFile,
    })
    .describe('a table with "files" and what holds for them');
  const fileName = z.string().min(1);
  return z.strictObject({
    extends: z
      .union([fileName, z.array(fileName)])
      .optional()
      .describe('the name of a configuration file, or a list of them'),
    ...perFile,
    exclude: patterns.optional().describe('a list of patterns as in .gitignore, instead of the default ones'),
    'extend-exclude': patterns.optional().describe('a list of patterns as in .gitignore, besides the default ones'),
    'max-warnings': z.int().min(0).optional().describe('a whole number, 0 or more'),
    baseline: fileName.optional().describe('the name of a file'),
    resources: resourceSchema.optional().describe('a table with the lists "acquires" and "effects"'),
    overrides: z.array(override).optional().describe('a list of tables with "files" and what holds for them'),
  });
}

type Schema = ReturnType<typeof createConfigSchema>;

/** The schema as JSON Schema, for editors. */
export function configJsonSchema(rules: readonly KnownRule[]): object {
  return z.toJSONSchema(createConfigSchema(rules), { io: 'input' });
}

/** A checked configuration, or one clear line for each thing that is wrong with it. */
export type ConfigCheck =
  | { readonly kind: 'valid'; readonly config: Config }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Checks a configuration value against the schema. */
export function checkConfig(value: unknown, rules: readonly KnownRule[]): ConfigCheck {
  const schema = createConfigSchema(rules);
  const result = schema.safeParse(value);
  if (result.success) return { kind: 'valid', config: result.data };
  const problems = result.error.issues.flatMap((issue) => explain(issue, value, schema, rules));
  return { kind: 'invalid', problems: [...new Set(problems)] };
}

function explain(
  issue: z.core.$ZodIssue,
  value: unknown,
  schema: Schema,
  rules: readonly KnownRule[],
): readonly string[] {
  const ruleIds = rules.map(({ id }) => id);
  const list = issue.path.at(-2);
  const inRule = settingPath(issue.path);
  const rule = rules.find(({ id }) => id === inRule?.at(-1));
  const setting = inRule && valueAt(value, inRule);
  if (inRule !== undefined && rule !== undefined && Array.isArray(setting))
    return optionProblems(setting, inRule.join('.'), rule);
  if (issue.code === 'unrecognized_keys') {
    const isRules = issue.path.at(-1) === 'rules';
    const known = isRules ? ruleIds : keysAt(schema, issue.path);
    const what = isRules ? 'unknown rule' : 'unknown key';
    const where = issue.path.length === 0 || isRules ? '' : `${issue.path.join('.')}: `;
    return issue.keys.map((name) => `${where}${what} "${name}"${didYouMean(name, known)} (known: ${known.join(', ')})`);
  }
  if (issue.path.length === 0) return ['the configuration must be a table of keys and values'];
  const given = valueAt(value, issue.path);
  if ((list === 'select' || list === 'ignore') && typeof given === 'string') {
    const at = issue.path.slice(0, -1).join('.');
    return [`${at}: unknown rule "${given}"${didYouMean(given, ruleIds)} (known: ${ruleIds.join(', ')})`];
  }
  const shown = given === undefined ? 'missing' : JSON.stringify(given);
  return [`${issue.path.join('.')} must be ${descriptionsAt(schema, issue.path).at(-1) ?? 'valid'}, not ${shown}`];
}

/** The path up to the setting of a rule, when it leads into one. */
function settingPath(path: readonly PropertyKey[]): readonly PropertyKey[] | undefined {
  const at = path.indexOf('rules');
  return at < 0 || path.length < at + 2 ? undefined : path.slice(0, at + 2);
}

/** What stands on a path through the schema, from the outside in. */
function schemasAt(schema: Schema, path: readonly PropertyKey[]): readonly z.ZodType[] {
  const found: z.ZodType[] = [schema];
  for (const key of path) {
    const current = unwrapped(found.at(-1));
    let next: unknown;
    if (current instanceof z.ZodObject) next = Object.entries(current.shape).find(([name]) => name === key)?.[1];
    else if (current instanceof z.ZodArray) next = current.element;
    if (!(next instanceof z.ZodType)) break;
    found.push(next);
  }
  return found;
}

function descriptionsAt(schema: Schema, path: readonly PropertyKey[]): readonly string[] {
  return schemasAt(schema, path).flatMap(({ description }) => description ?? []);
}

function keysAt(schema: Schema, path: readonly PropertyKey[]): readonly string[] {
  const table = unwrapped(schemasAt(schema, path).at(-1));
  return table instanceof z.ZodObject ? Object.keys(table.shape) : [];
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : schema;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}
