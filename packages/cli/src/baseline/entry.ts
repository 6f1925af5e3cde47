import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Finding } from '../finding';

/** One accepted finding: a line of a baseline file. */
export interface BaselineEntry {
  /** Relative to the baseline file, with `/`. */
  readonly file: string;
  readonly rule: string;
  /** Qualified name of the function or class: `Store.load`, `<module>`. */
  readonly scope: string;
  /** The acquiring call, free of layout; a long one is cut and ends in a hash of the whole. */
  readonly code: string;
  /** Which of several equal calls in the scope, from 0. */
  readonly ordinal: number;
  /** On which paths it is lost (`all`, `some`, `exception`): a worse loss is not covered. */
  readonly path: string;
  /** Why it is accepted. For people. */
  readonly reason?: string | undefined;
  /** Who will repair it. For people. */
  readonly owner?: string | undefined;
  /** Last day (YYYY-MM-DD, UTC) on which the entry counts. */
  readonly expires?: string | undefined;
}

const text = z.string().describe('a text');
const SCHEMA = z.strictObject({
  file: text.min(1).describe('a path with /, relative to the baseline file'),
  rule: text.min(1).describe('a rule id'),
  scope: text,
  code: text,
  ordinal: z.int().min(0).describe('a whole number, 0 or more'),
  path: text,
  reason: text.optional(),
  owner: text.optional(),
  expires: z.iso.date().optional().describe('a date such as "2027-01-31"'),
});

/** What a text says, or one line for each thing that is wrong with it (`line N: …`). */
export type ParsedBaseline =
  | { readonly kind: 'valid'; readonly entries: readonly BaselineEntry[] }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Reads JSON Lines; empty lines do not count, and a line that stands twice (after a merge) counts once. */
export function parseBaseline(content: string): ParsedBaseline {
  const entries = new Map<string, BaselineEntry>();
  const problems: string[] = [];
  content.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '') return;
    const entry = parseLine(line);
    if (typeof entry === 'string') problems.push(`line ${index + 1}: ${entry}`);
    else entries.set(keyOf(entry), entry);
  });
  return problems.length > 0
    ? { kind: 'invalid', problems: problems.slice(0, MAX_PROBLEMS) }
    : { kind: 'valid', entries: [...entries.values()] };
}

const MAX_PROBLEMS = 5;

function parseLine(line: string): BaselineEntry | string {
  if (/^(<{7}|={7}|>{7}|\|{7})/.test(line)) return 'a merge conflict: keep the lines of both sides, in any order';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not one JSON object';
  }
  const checked = SCHEMA.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  if (issue?.code === 'unrecognized_keys')
    return `unknown key "${issue.keys[0] ?? ''}" (known: ${Object.keys(SCHEMA.shape).join(', ')})`;
  const key = String(issue?.path[0] ?? '');
  const wanted = Object.entries(SCHEMA.shape).find(([name]) => name === key)?.[1].description;
  return key === '' ? 'not one JSON object' : `${key} must be ${wanted ?? 'a text'}`;
}

/** The file: one entry on each line, sorted, keys always in the same order; so that git merges line by line. */
export function formatBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries.map((entry) => ({ key: keyOf(entry), line: JSON.stringify(inOrder(entry)) }));
  lines.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return lines.map(({ line }) => `${line}\n`).join('');
}

function inOrder({ file, rule, scope, code, ordinal, path, reason, owner, expires }: BaselineEntry): BaselineEntry {
  return { file, rule, scope, code, ordinal, path, reason, owner, expires };
}

/** What makes an entry one of a kind: its file and its fingerprint. */
export function keyOf(entry: BaselineEntry): string {
  return `${entry.file}\0${fingerprintKey(entry)}`;
}

/** The key without the file: what a renamed file keeps. */
export function fingerprintKey({ scope, rule, code, ordinal }: BaselineEntry): string {
  return [scope, rule, code, String(ordinal).padStart(6, '0')].join('\0');
}

/** The entry that covers a finding; undefined for findings about a file as a whole, which nothing covers. */
export function entryOf(file: string, { fingerprint, data }: Finding): BaselineEntry | undefined {
  if (fingerprint === undefined) return undefined;
  const { ruleId, scope, subject, ordinal } = fingerprint;
  return { file, rule: ruleId, scope, code: shortened(subject), ordinal, path: data.path };
}

const MAX_CODE = 120;

function shortened(subject: string): string {
  if (subject.length <= MAX_CODE) return subject;
  const digest = createHash('sha256').update(subject).digest('hex').slice(0, 8);
  return `${subject.slice(0, MAX_CODE)}… ${digest}`;
}

const SEVERITY_OF_PATH: Readonly<Record<string, number>> = { exception: 1, some: 2, all: 3 };

/** True when an entry was recorded for something at least as bad. */
export function covers(entry: BaselineEntry, finding: BaselineEntry): boolean {
  const rank = ({ path }: BaselineEntry) => SEVERITY_OF_PATH[path] ?? 3;
  return rank(finding) <= rank(entry);
}
