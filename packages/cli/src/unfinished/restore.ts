import { CliError } from '../cli-error';
import { displayPath } from '../discover';
import type { Io } from '../io';
import { printable } from '../reporters/printable';
import { count } from '../reporters/summary';
import { putAllBack } from '../write-verified';
import { readJournal, standingOf } from './journal';

/** Files that are named before the rest is counted. */
const MAX_NAMED = 3;

/**
 * Tells of files that a run with `--verify-cmd` has fixed and not checked, because it was killed.
 *
 * @param writes - the run at hand is about to write, and would make it impossible to put them back.
 * @throws CliError when it is.
 */
export async function noticeUnfinished(writes: boolean, io: Io): Promise<void> {
  const journal = await readJournal(io);
  if (journal === undefined) return;
  const open: string[] = [];
  for (const each of journal.files) {
    if ((await standingOf(each, io.disk)) !== 'old') open.push(displayPath(io.cwd, each.path));
  }
  if (open.length === 0) return;
  const more = open.length > MAX_NAMED ? ` and ${String(open.length - MAX_NAMED)} more` : '';
  const what = `a run with --verify-cmd was cut off (or is still running) and has left ${count(open.length, 'file')} fixed but not checked (${open.slice(0, MAX_NAMED).join(', ')}${more})`;
  const wayOut = `\`pylint-leaks restore\` gives back what was there before; delete ${journal.path} to keep what is there now`;
  if (writes) throw new CliError(`${what}: ${wayOut}`);
  io.stderr.write(`note: ${printable(`${what}: ${wayOut}`)}\n`);
}

/**
 * Gives files their old bytes back that a killed run has left unchecked. What somebody has changed since stays as it is, and
 * its old content is kept aside.
 *
 * @returns the exit code: 0, or 1 when something could not be put back.
 * @throws CliError when the journal cannot be read.
 */
export async function restore(io: Io): Promise<number> {
  const journal = await readJournal(io);
  if (journal === undefined) {
    io.stdout.write('Nothing to restore.\n');
    return 0;
  }
  let restored = 0;
  let left = 0;
  for (const each of journal.files) {
    const shown = printable(displayPath(io.cwd, each.path));
    const before = Buffer.from(each.before, 'base64');
    const standing = await standingOf(each, io.disk);
    if (standing === 'old') continue;
    if (standing === 'fixed') {
      const real = await io.disk.realpath(each.path);
      const after = await io.disk.read(real);
      await putAllBack([{ real, before, after }], io);
    }
    if (standing === 'fixed' && (await standingOf(each, io.disk)) === 'old') {
      io.stdout.write(`${shown}: restored\n`);
      restored++;
      continue;
    }
    left++;
    const why = standing === 'gone' ? 'deleted since' : standing === 'changed' ? 'changed since' : 'not restored';
    io.stdout.write(`${shown}: ${why}; its old content is in ${await io.disk.keep(each.path, before)}\n`);
  }
  await io.disk.remove(journal.path);
  io.stdout.write(`${count(restored, 'file')} restored.\n`);
  return left === 0 ? 0 : 1;
}
