import { spawnSync } from 'node:child_process';
import { pythonFiles } from './syntax/compare-with-cpython';

/** The interpreter that tests ask when there is one. */
export const PYTHON = 'python3';

/** The reason why no interpreter can be asked, or undefined. */
export function whyNoPython(python = PYTHON): string | undefined {
  const run = spawnSync(python, ['-c', 'import sys; print(sys.version_info >= (3, 9))'], { encoding: 'utf8' });
  if (run.error !== undefined) return `${python} cannot be started: ${run.error.message}`;
  return run.stdout.trim() === 'True' ? undefined : `${python} is older than Python 3.9`;
}

/** Every `step`-th file of the interpreter's standard library. */
export function libraryFiles(step: number, python = PYTHON): string[] {
  const script = 'import sysconfig; print(sysconfig.get_path("stdlib"))';
  const folder = spawnSync(python, ['-c', script], { encoding: 'utf8' }).stdout.trim();
  return pythonFiles([folder])
    .filter((path) => !path.includes('site-packages'))
    .filter((_, index) => index % step === 0);
}

/** `it`, or a skipped test that says why when there is no interpreter. */
export function itWithPython(name: string, body: () => void): void {
  const reason = whyNoPython();
  if (reason === undefined) it(name, body);
  else it.skip(`${name} (skipped: ${reason})`, body);
}
