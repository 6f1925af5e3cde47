import { z } from 'zod';
import { resourceSchema, type ResourceConfig } from './resource-config';
import { didYouMean } from './suggest';
import { parsePythonVersion } from './python-version';

/** What a rule's severity can be set to. */
export type RuleSetting = 'off' | 'warning' | 'error';

/** A configuration file as written; the keys are the option names. */
export interface Config {
  readonly preset?: Preset | undefined;
  readonly select?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly 'extend-exclude'?: readonly string[] | undefined;
  readonly 'target-version'?: string | undefined;
  readonly 'runtime-module'?: string | undefined;
  readonly 'max-warnings'?: number | undefined;
  readonly baseline?: string | undefined;
  readonly rules?: Readonly<Record<string, RuleSetting | undefined>> | undefined;
  readonly resources?: ResourceConfig | undefined;
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
 * @param ruleIds - ids that may be named.
 */
export function createConfigSchema(ruleIds: readonly string[]) {
  const ruleList = z.array(z.enum([ALL_RULES, ...ruleIds])).describe(`a list of rule ids, or ["${ALL_RULES}"]`);
  const patterns = z.array(z.string().min(1)).describe('a list of patterns as in .gitignore');
  const setting = z.enum(['off', 'warning', 'error']).describe('"off", "warning" or "error"');
  const settings: Readonly<Record<string, z.ZodOptional<typeof setting>>> = Object.fromEntries(
    ruleIds.map((id) => [id, setting.optional().describe('"off", "warning" or "error"')]),
  );
  return z.strictObject({
    preset: z.enum(PRESETS).optional().describe('"recommended", "strict" or "all"'),
    select: ruleList.optional().describe(`a list of rule ids, or ["${ALL_RULES}"]`),
    ignore: ruleList.optional().describe('a list of rule ids'),
    exclude: patterns.optional().describe('a list of patterns as in .gitignore, instead of the default ones'),
    'extend-exclude': patterns.optional().describe('a list of patterns as in .gitignore, besides the default ones'),
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
    'max-warnings': z.int().min(0).optional().describe('a whole number, 0 or more'),
    baseline: z.string().min(1).optional().describe('the name of a file'),
    resources: resourceSchema.optional().describe('a table with the lists "acquires" and "effects"'),
    rules: z.strictObject(settings).optional().describe('a table of rule ids, each "off", "warning" or "error"'),
  });
}

type Schema = ReturnType<typeof createConfigSchema>;

/** The schema as JSON Schema, for editors. */
export function configJsonSchema(ruleIds: readonly string[]): object {
  return z.toJSONSchema(createConfigSchema(ruleIds), { io: 'input' });
}

/** A checked configuration, or one clear line for each thing that is wrong with it. */
export type ConfigCheck =
  | { readonly kind: 'valid'; readonly config: Config }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Checks a configuration value against the schema. */
export function checkConfig(value: unknown, ruleIds: readonly string[]): ConfigCheck {
  const schema = createConfigSchema(ruleIds);
  const result = schema.safeParse(value);
  if (result.success) return { kind: 'valid', config: result.data };
  return { kind: 'invalid', problems: result.error.issues.flatMap((issue) => explain(issue, value, schema, ruleIds)) };
}

function explain(
  issue: z.core.$ZodIssue,
  value: unknown,
  schema: Schema,
  ruleIds: readonly string[],
): readonly string[] {
  const [key, ...rest] = issue.path;
  if (issue.code === 'unrecognized_keys') {
    const known = key === 'rules' ? ruleIds : Object.keys(schema.shape);
    const what = key === 'rules' ? 'unknown rule' : 'unknown key';
    return issue.keys.map((name) => `${what} "${name}"${didYouMean(name, known)} (known: ${known.join(', ')})`);
  }
  if (key === undefined) return ['the configuration must be a table of keys and values'];
  const given = valueAt(value, issue.path);
  if ((key === 'select' || key === 'ignore') && typeof given === 'string' && rest.length > 0) {
    return [`${key}: unknown rule "${given}"${didYouMean(given, ruleIds)} (known: ${ruleIds.join(', ')})`];
  }
  const allowed =
    key === 'rules' && rest.length > 0 ? '"off", "warning" or "error"' : descriptionAt(schema, issue.path);
  return [`${issue.path.join('.')} must be ${allowed}, not ${JSON.stringify(given)}`];
}

/** The description of what stands deepest on a path through the schema and has one. */
function descriptionAt(schema: Schema, path: readonly PropertyKey[]): string {
  let current: unknown = schema;
  let description = 'valid';
  for (const key of path) {
    while (current instanceof z.ZodOptional) current = current.unwrap();
    if (current instanceof z.ZodObject) current = Object.entries(current.shape).find(([name]) => name === key)?.[1];
    else if (current instanceof z.ZodArray) current = current.element;
    else break;
    if (current instanceof z.ZodType) description = current.description ?? description;
  }
  return description;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}
