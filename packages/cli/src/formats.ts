import { CliError } from './cli-error';
import { didYouMean } from './suggest';

/** Every format, with what it is; the order is that of the documentation. */
export const FORMATS = {
  full: 'for people: frames, the path to the leak, a summary',
  concise: 'one line for each finding',
  grouped: 'one line for each finding, below its file',
  json: 'the shape of ESLint',
  jsonl: 'one JSON object on a line for each finding',
  sarif: 'SARIF 2.1.0, for code scanning',
  'sarif-all': 'the same with what baseline and comments accept',
  github: 'workflow commands: annotations in GitHub Actions',
  gitlab: 'GitLab code quality report',
  junit: 'JUnit XML',
  checkstyle: 'Checkstyle XML',
  pylint: 'the parseable format of pylint',
  azure: 'logging commands of Azure Pipelines',
  rdjson: 'reviewdog',
  markdown: 'a table for a job summary or a comment',
  part: 'a part of a run, for pylint-leaks merge',
  html: 'a page with totals, trend, search and code',
} as const satisfies Readonly<Record<string, string>>;

export type Format = keyof typeof FORMATS;

/** One report of a run, and where it goes: a file, or standard output when there is none. */
export interface OutputTarget {
  readonly format: Format;
  readonly file: string | undefined;
}

const NAMES = Object.keys(FORMATS) as readonly Format[];

/**
 * Reads `--format NAME` and `--format NAME:FILE`. Any number may go to files. Of those without a file the last counts, as
 * with every option given twice, so that whoever calls the tool through a hook can override it.
 *
 * @param given - the values of `--format`.
 * @param outputFile - the value of `--output-file`: where the format without a file goes.
 * @param needsOne - a report without a file of its own is wanted in any case; it comes first.
 * @throws CliError for an unknown format, or two reports for one file.
 */
export function outputTargets(
  given: readonly string[],
  outputFile: string | undefined,
  needsOne: boolean,
): readonly OutputTarget[] {
  const parsed = given.map(parseTarget);
  const files = parsed.filter(({ file }) => file !== undefined);
  const plain = parsed.filter(({ file }) => file === undefined).at(-1);
  // Who sends everything to files wants a quiet terminal, unless --output-file says where the default goes.
  const needsPlain = needsOne || files.length === 0 || plain !== undefined || outputFile !== undefined;
  const targets = needsPlain ? [{ format: plain?.format ?? 'full', file: outputFile } as const, ...files] : files;
  const names = targets.flatMap(({ file }) => file ?? []);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new CliError(`two reports cannot go to one file (${twice})`);
  return targets;
}

function parseTarget(value: string): OutputTarget {
  const colon = value.indexOf(':');
  const name = colon === -1 ? value : value.slice(0, colon);
  const file = colon === -1 ? undefined : value.slice(colon + 1);
  const format = NAMES.find((candidate) => candidate === name);
  if (format === undefined) {
    const known = `${NAMES.slice(0, -1).join(', ')} or ${NAMES.at(-1) ?? ''}`;
    throw new CliError(`--format must be ${known}, not "${name}"${didYouMean(name, NAMES)}`);
  }
  if (file === '') throw new CliError(`--format ${name}: a file name is missing after the colon`);
  return { format, file };
}
