import { execFileSync } from 'node:child_process';
import type { Fix, Parser } from '@pylint-leaks/core';
import { loadTestParser } from '@pylint-leaks/testkit';
import {
  compareRuns,
  fixCorpus,
  fixModule,
  functionsOf,
  randomModule,
  readCorpus,
  sabotageCorpus,
  type FunctionReport,
} from './differential/driver';

const MODULES = ['transactions', 'connections', 'files', 'threads'];

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

describe.each(MODULES)('%s', (name) => {
  it('does the same after safe fixes, and leaks nothing where it was fixed', () => {
    const before = readCorpus(name);
    const { text, rejected } = fixCorpus(parser, name);
    expect(rejected).toEqual([]);
    const [old, fresh] = [functionsOf(before), functionsOf(text)];
    const reports = compareRuns(before, text);
    expect(Object.keys(reports).length).toBeGreaterThan(5);
    const problems = Object.entries(reports).flatMap(([id, report]) => {
      const isChanged = old.get(id) !== fresh.get(id);
      const found: string[] = [];
      if (report.differences.length > 0) found.push(`${id}: ${JSON.stringify(report.differences[0], undefined, 1)}`);
      if (id.startsWith('fixed_') && !usesHelperClass(id) && !isChanged) found.push(`${id} was not fixed`);
      if (!id.startsWith('fixed_') && isChanged) found.push(`${id} was changed:\n${fresh.get(id) ?? ''}`);
      if (id.startsWith('fixed_') && report.leaks_after > 0) found.push(`${id} still leaks`);
      if (id.startsWith('fixed_') && name === 'threads' && report.tracked < 1) found.push(`${id} tracks no thread`);
      if (id.startsWith('fixed_') && name !== 'threads' && report.leaks_before === 0) found.push(`${id} never leaked`);
      return found;
    });
    expect(problems).toEqual([]);
  }, 300_000);

  it('compiles after safe and after unsafe fixes, which reach what is only unsafe', () => {
    for (const applicability of ['safe', 'unsafe'] as const) {
      const { text } = fixCorpus(parser, name, applicability);
      execFileSync(process.env['PYTHON'] ?? 'python3', ['-c', 'import sys; compile(sys.stdin.read(), "x", "exec")'], {
        input: text,
      });
      const [old, fresh] = [functionsOf(readCorpus(name)), functionsOf(text)];
      for (const [id, source] of old) {
        if (id.startsWith('unsafe_')) expect(fresh.get(id) === source).toBe(applicability === 'safe');
      }
    }
  });
});

describe('random programs', () => {
  it.each([1, 2, 3])(
    'do the same after safe fixes (seed %i)',
    (seed) => {
      const before = randomModule(seed, 10);
      const { text, rejected } = fixModule(parser, before);
      expect(rejected).toEqual([]);
      const [old, fresh] = [functionsOf(before), functionsOf(text)];
      const changed = [...old.keys()].filter((id) => id.startsWith('fixed_') && old.get(id) !== fresh.get(id));
      expect(changed.length).toBeGreaterThan(2);
      const reports = Object.entries(compareRuns(before, text, changed));
      const problems = reports.filter(
        ([, report]) => report.differences.length > 0 || report.leaks_after > report.leaks_before,
      );
      expect(problems).toEqual([]);
    },
    120_000,
  );
});

/** The function itself stays as it is: what it uses is fixed. */
function usesHelperClass(id: string): boolean {
  return id === 'fixed_store';
}

/** Changes the text of every edit. */
const editing =
  (change: (text: string) => string) =>
  (fix: Fix): Fix => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, text: change(edit.text) })) });

describe('the harness itself notices', () => {
  it.each<[string, string, string, (fix: Fix) => Fix]>([
    ['a with that drops the commit', 'transactions', 'fixed_insert', editing((text) => text.replace(/^, \w+$/, ''))],
    ['a with that does not close', 'transactions', 'fixed_insert', editing((text) => text.replace(/^closing\($/, '('))],
    [
      'a commit too many',
      'connections',
      'fixed_no_commit_stays_none',
      editing((text) => text.replace(/ as (\w+):$/, ' as $1, $1:')),
    ],
    [
      'a thread that is not tracked',
      'threads',
      'fixed_started',
      editing((text) => text.replace(/^\w+\.track\($/, '(')),
    ],
    [
      'a file opened in another way',
      'files',
      'fixed_read',
      editing((text) => text.replace(/\) as f:$/, ', errors="ignore") as f:')),
    ],
  ])(
    '%s',
    (_, name, id, change) => {
      const text = sabotageCorpus(parser, name, change);
      const honest = functionsOf(sabotageCorpus(parser, name, (fix) => fix));
      expect(functionsOf(text).get(id)).not.toBe(honest.get(id));
      expect(functionsOf(text).get(id)).not.toBe(functionsOf(readCorpus(name)).get(id));
      const report = compareRuns(readCorpus(name), text, [id])[id];
      const isNoticed =
        report !== undefined && (report.differences.length > 0 || report.leaks_after > 0 || isUntracked(name, report));
      expect(isNoticed).toBe(true);
    },
    60_000,
  );
});

function isUntracked(name: string, { tracked }: FunctionReport): boolean {
  return name === 'threads' && tracked === 0;
}
