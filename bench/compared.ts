/**
 * Prints what pylint-leaks and its peers report on the same code, as the tables of docs/compared.md:
 * `npm run compared -- --bin DIR`. Peers are used when they are installed; nothing is fetched.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const ROOT = join(__dirname, '..');
const SHAPES = 'bench/compared/shapes.py';
const EXAMPLE = 'examples';

const Truth = z.array(
  z.object({ file: z.string(), line: z.number(), verdict: z.enum(['all', 'some', 'exception']).nullable() }),
);
const Ruff = z.array(z.object({ filename: z.string(), location: z.object({ row: z.number() }) }));
const Pylint = z.array(z.object({ path: z.string(), line: z.number() }));
const Own = z.array(z.object({ filePath: z.string(), messages: z.array(z.object({ line: z.number() })) }));

/** A tool with the rules of it that are about resources. */
interface Peer {
  readonly name: string;
  /** The places that it reports below a path, as `file:line` from the root of the checkout. */
  readonly places: (path: string) => ReadonlySet<string>;
}

function run(command: readonly string[]): string {
  const [file = '', ...args] = command;
  const { stdout, error } = spawnSync(file, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (error !== undefined) throw error;
  return stdout;
}

function versionOf(command: readonly string[]): string | undefined {
  try {
    return /\d+\.\d+(?:\.\d+)?/.exec(run([...command, '--version']))?.[0];
  } catch {
    return undefined;
  }
}

function peers(): readonly Peer[] {
  const place = (file: string, line: number) => `${relative(ROOT, join(ROOT, relative(ROOT, file)))}:${line}`;
  const own = [process.execPath, join(ROOT, 'dist/cli.cjs'), '--no-config', '--format', 'json'];
  const found: Peer[] = [
    {
      name: `pylint-leaks ${versionOf(own.slice(0, 2)) ?? ''}`,
      places: (path) => {
        const report = Own.parse(JSON.parse(run([...own, path])));
        return new Set(report.flatMap(({ filePath, messages }) => messages.map(({ line }) => place(filePath, line))));
      },
    },
  ];
  const ruff = versionOf(['ruff']);
  if (ruff !== undefined) {
    const command = ['ruff', 'check', '--isolated', '--no-cache', '--preview', '--exit-zero'];
    const select = ['--select', 'SIM115,RUF006', '--output-format', 'json'];
    found.push({
      name: `Ruff ${ruff} (SIM115, RUF006)`,
      places: (path) => {
        const report = Ruff.parse(JSON.parse(run([...command, ...select, path])));
        return new Set(report.map(({ filename, location }) => place(filename, location.row)));
      },
    });
  }
  const pylint = versionOf(['pylint']);
  if (pylint !== undefined) {
    const command = ['pylint', '--rcfile=/dev/null', '--disable=all', '--enable=R1732', '--output-format=json'];
    found.push({
      name: `pylint ${pylint} (R1732)`,
      places: (path) => {
        const report = Pylint.parse(JSON.parse(run([...command, '--recursive=y', path])));
        return new Set(report.map(({ path: file, line }) => place(join(ROOT, file), line)));
      },
    });
  }
  return found;
}

/** What happens at a line of the shapes, and under which name. */
interface Shape {
  readonly name: string;
  readonly line: number;
  readonly leaks: boolean;
}

function shapes(): readonly Shape[] {
  let name = '';
  return readFileSync(join(ROOT, SHAPES), 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      name = /^(?:async )?(?:def|class) (\w+)/.exec(text)?.[1] ?? name;
      const word = /# (leaks|clean)$/.exec(text)?.[1];
      return word === undefined ? [] : [{ name, line: index + 1, leaks: word === 'leaks' }];
    });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

function main(args: readonly string[]): number {
  const options = { bin: { type: 'string', multiple: true, default: [] as string[] } } as const;
  const { values } = parseArgs({ args: [...args], options });
  process.env['PATH'] = [...values.bin, process.env['PATH'] ?? ''].join(delimiter);
  const tools = peers();
  const onShapes = tools.map(({ places }) => places(SHAPES));
  const rows = shapes().map(({ name, line, leaks }) => {
    const said = onShapes.map((places) => {
      const isReported = places.has(`${SHAPES}:${line}`);
      return `${isReported ? 'reported' : 'silent'}${isReported === leaks ? '' : ' (wrong)'}`;
    });
    return [`\`${name}\``, leaks ? 'leaks' : 'clean', ...said];
  });
  process.stdout.write(`${table(['Shape', 'Python', ...tools.map(({ name }) => name)], rows)}\n`);

  const truth = Truth.parse(JSON.parse(readFileSync(join(ROOT, EXAMPLE, 'leaky_app.truth.json'), 'utf8')));
  const counted = tools.map(({ name, places }) => {
    const reported = places(EXAMPLE);
    const count = (verdict: string | null): string => {
      const sites = truth.filter((site) => site.verdict === verdict);
      return `${sites.filter(({ file, line }) => reported.has(`${EXAMPLE}/${file}:${line}`)).length} of ${sites.length}`;
    };
    return [name, count('all'), count('some'), count('exception'), count(null)];
  });
  const head = ['Tool', 'lost on all paths', 'on some path', 'when something raises', 'clean sites reported'];
  process.stdout.write(table(head, counted));
  return 0;
}

process.exitCode = main(process.argv.slice(2));
