import { resolve } from 'node:path';
import { CliError } from '../cli-error';
import type { Target } from '../discover';
import type { FileReport } from '../finding';
import type { Disk, Io } from '../io';
import { checkFile, type FileContext } from '../lint-file';
import { readSource } from '../source-text';
import type { ChangeChoice } from '../adopt-options';
import { createGit, parseRawDiff, type ChangedFile, type Git } from './git';
import { changedLines, touchedFindings } from './touched';

/** What a run looks at when only changes count. */
export interface Changes {
  /** The targets that have changed. */
  readonly choose: (targets: readonly Target[]) => readonly Target[];
  /** Reads what is to be linted: with `--staged` the text in the index. */
  readonly disk: Disk;
  /** The report without the findings that no change touches or causes. */
  readonly narrow: (target: Target, report: FileReport, context: FileContext) => Promise<FileReport>;
  /** Why a file must not be fixed; undefined when it may. */
  readonly obstacle: (target: Target) => string | undefined;
}

/**
 * Asks git what has changed.
 *
 * @returns undefined when everything counts.
 * @throws CliError when git cannot tell.
 */
export async function openChanges(choice: ChangeChoice, io: Io): Promise<Changes | undefined> {
  switch (choice.kind) {
    case 'all':
      return undefined;
    case 'since': {
      const git = createGit('--since', io);
      return createChanges(io, git, await sinceCommit(choice.ref, git));
    }
    case 'staged': {
      const git = createGit('--staged', io);
      return createChanges(io, git, await inIndex(git));
    }
  }
}

interface Found {
  readonly changed: readonly ChangedFile[];
  /** Files whose text in the index is another one than on disk, when the index counts. */
  readonly overlay: readonly ChangedFile[];
}

/** Changes of the work tree since the branch left the commit's history; files that git does not know are new. */
async function sinceCommit(ref: string, git: Git): Promise<Found> {
  const commit = text(
    await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).catch(async () => {
      const isShallow = text(await git(['rev-parse', '--is-shallow-repository'])) === 'true';
      const hint = isShallow ? ' in this shallow clone; fetch more of it (git fetch --unshallow)' : '';
      throw new CliError(`--since: git knows no commit "${ref}"${hint}`);
    }),
  );
  const base = await git(['merge-base', commit, 'HEAD']).then(text, () => {
    throw new CliError(`--since: there is no common history with ${ref}; in a shallow clone fetch more of it`);
  });
  const tracked = parseRawDiff(text(await git([...RAW_DIFF, base])));
  const untracked = text(await git(['ls-files', '-z', '--others', '--exclude-standard', '--full-name', ':/']));
  const added = untracked.split('\0').filter((path) => path !== '');
  return {
    changed: [...tracked, ...added.map((path) => ({ path, before: undefined, after: undefined }))],
    overlay: [],
  };
}

async function inIndex(git: Git): Promise<Found> {
  // Outside of a checkout `git diff` would compare two paths.
  await git(['rev-parse', '--git-dir']);
  const changed = parseRawDiff(text(await git([...RAW_DIFF, '--cached'])));
  const unstaged = parseRawDiff(text(await git([...RAW_DIFF]))).map(({ path, before }) => ({
    path,
    before,
    after: before,
  }));
  return { changed, overlay: unstaged };
}

const RAW_DIFF = ['diff', '--raw', '-z', '--no-abbrev', '--no-ext-diff', '--find-renames', '--ignore-submodules'];

async function createChanges(io: Io, git: Git, { changed, overlay }: Found): Promise<Changes> {
  const up = text(await git(['rev-parse', '--show-cdup']));
  const absolute = (path: string) => resolve(io.cwd, up, path);
  const byPath = new Map(changed.map((file) => [absolute(file.path), file]));
  const staged = new Map(overlay.map((file) => [absolute(file.path), file]));
  const blob = (hash: string) => git(['cat-file', 'blob', hash]);
  return {
    choose: (targets) => targets.filter(({ path }) => byPath.has(path)),
    disk: staged.size === 0 ? io.disk : overlaid(io.disk, staged, blob),
    narrow: async (target, report, context) => {
      const before = byPath.get(target.path)?.before;
      if (before === undefined || report.source === undefined || report.findings.length === 0) return report;
      const bytes = await blob(before);
      const old = checkFile(target, bytes, context).report;
      const decoded = readSource(target.path, bytes);
      const lines = changedLines(decoded.kind === 'text' ? decoded.text : '', report.source.text);
      return { ...report, findings: touchedFindings(report, old.findings, lines) };
    },
    obstacle: ({ path }) => (staged.has(path) ? 'it has changes that are not staged' : undefined),
  };
}

/** The disk as it would be with everything unstaged taken away. */
function overlaid(disk: Disk, files: ReadonlyMap<string, ChangedFile>, blob: (hash: string) => Promise<Buffer>): Disk {
  return {
    ...disk,
    read: async (path) => {
      const hash = files.get(path)?.after;
      return hash === undefined ? disk.read(path) : blob(hash);
    },
  };
}

function text(output: Buffer): string {
  return output.toString('utf8').replace(/\r?\n$/, '');
}
