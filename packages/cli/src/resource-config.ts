import type { AcquireRow, EffectRow, ProjectRows } from '@pylint-leaks/core';
import { z } from 'zod';

const dotted = z.string().regex(/^[^\W\d]\w*(\.[^\W\d]\w*)*$/u);
const method = z.string().regex(/^[^\W\d]\w*$/u);

const FAMILIES = [
  'async',
  'database',
  'executor',
  'file',
  'http',
  'lock',
  'other',
  'process',
  'socket',
  'sqlite',
  'task',
  'temp',
  'thread',
] as const satisfies readonly AcquireRow['family'][];

const WITH = [
  'closes',
  'closes-and-more',
  'transaction',
  'binds-other',
  'none',
  'async',
] as const satisfies readonly AcquireRow['with'][];
const EFFECTS = ['owns', 'borrows', 'releases', 'enters', 'aliases'] as const satisfies readonly EffectRow['effect'][];

/** A row of what acquires, with the keys of the built-in tables; all but `acquire` have a default. */
const acquireRow = z.strictObject({
  acquire: dotted.describe('a dotted name, such as "app.db.checkout"'),
  release: z.array(method).min(1).optional().describe('a list of method names; the first is the usual one'),
  family: z.enum(FAMILIES).optional().describe('the family whose rule reports it'),
  with: z.enum(WITH).optional().describe('what `with` does at its end'),
  type: dotted.optional().describe('the class of the result'),
  acquiredBy: method.optional().describe('the method of the result that acquires'),
  unless: z
    .array(
      z.strictObject({
        keyword: method,
        position: z.int().min(0).optional(),
        value: z.enum(['True', 'False']).optional(),
      }),
    )
    .optional()
    .describe('arguments with which the call owns nothing'),
});

/** What a call does with a resource that it is given; `*.name` is a method of any object. */
const effectRow = z.strictObject({
  call: z
    .string()
    .regex(/^(\*\.)?[^\W\d]\w*(\.[^\W\d]\w*)*$/u)
    .describe('a dotted name, or "*.method"'),
  argument: z.union([z.int().min(0), z.enum(['any', 'receiver'])]).optional(),
  effect: z.enum(EFFECTS).describe('"owns", "borrows", "releases", "enters" or "aliases"'),
});

/** Rows that a project adds to the resource tables. */
export const resourceSchema = z.strictObject({
  acquires: z.array(acquireRow).optional().describe('rows of what acquires a resource'),
  effects: z.array(effectRow).optional().describe('rows of what a call does with a resource that it is given'),
});

/** Rows as a configuration file has them. */
export type ResourceConfig = z.infer<typeof resourceSchema>;

/** The rows with what was left out filled in; undefined when there are none. */
export function projectRows(config: ResourceConfig | undefined): ProjectRows | undefined {
  if (config === undefined) return undefined;
  return {
    acquires: (config.acquires ?? []).map(withoutUndefined),
    effects: (config.effects ?? []).map((row) => ({ argument: 'any', ...withoutUndefined(row) })),
  };
}

/** A value as JSON has it: keys without a value are absent, at every depth. */
type Defined<Value> = Value extends readonly (infer Element)[]
  ? Defined<Element>[]
  : Value extends object
    ? { [Key in keyof Value]: Defined<Exclude<Value[Key], undefined>> }
    : Value;

/** Absent keys are absent: a row must not overwrite a default with nothing. */
function withoutUndefined<Row extends object>(row: Row): Defined<Row> {
  return JSON.parse(JSON.stringify(row)) as Defined<Row>;
}
