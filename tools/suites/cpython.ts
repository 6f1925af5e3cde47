import { join } from 'node:path';
import { standardLibraryOf } from '../ecosystem/trees';
import { capture, lastLine } from '../test-all/command';
import { compareTrees, type SuiteJob, type SuiteResult } from './examine';
import { copyLibrary } from './prepare';

/** The name of CPython's own tests among the suites. */
export const CPYTHON = 'cpython';

/** Tests of what the catalogue speaks of, and of much that the library itself opens; each takes seconds. */
const TESTS: readonly string[] = [
  ...[
    'test_bz2',
    'test_csv',
    'test_dbm',
    'test_dbm_dumb',
    'test_fileinput',
    'test_gzip',
    'test_linecache',
    'test_lzma',
  ],
  ...['test_mailbox', 'test_mimetypes', 'test_netrc', 'test_plistlib', 'test_sched', 'test_shelve', 'test_sqlite3'],
  ...['test_tempfile', 'test_wave', 'test_zipapp'],
];

/** Tests that are not run need neither be copied nor fixed. */
const isWanted = (path: string): boolean => {
  const [, test] = /(?:^|\/)test\/(test_\w+)(?:\.py)?$/.exec(path) ?? [];
  return test === undefined || TESTS.includes(test);
};

/**
 * Copies the standard library of the interpreter twice, fixes one copy, and runs CPython's tests against both: the copies come
 * first on the path, and nothing frozen is used.
 */
export function examineLibrary(job: SuiteJob): SuiteResult {
  const { python } = job.places;
  const version = lastLine(capture(python, ['-c', 'import platform; print(platform.python_version())']).output);
  try {
    const library = standardLibraryOf(python);
    const trees = { before: join(job.scratch, 'before'), after: join(job.scratch, 'after') };
    copyLibrary(library, trees.before, isWanted);
    copyLibrary(library, trees.after, isWanted);
    const command = (results: string): readonly string[] => [
      ...['-X', 'frozen_modules=off', '-m', 'test', '-q', '--junit-xml', results],
      ...TESTS,
    ];
    return {
      name: CPYTHON,
      version,
      ...compareTrees(trees, { python, source: '.', command, scratch: job.scratch }, job),
      failure: undefined,
    };
  } catch (error) {
    return { name: CPYTHON, version, fixed: undefined, comparison: undefined, failure: String(error) };
  }
}
