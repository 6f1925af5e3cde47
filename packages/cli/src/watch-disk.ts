import type { Io } from './io';

/** Watches with chokidar, which is loaded only here. */
export const watchDisk: Io['watch'] = async (paths, { isLeftOut, onChange }) => {
  const { watch } = await import('chokidar');
  const watcher = watch([...paths], {
    ignoreInitial: true,
    // Editors write a new file and rename it.
    atomic: true,
    // The first question about a path comes without its status; what is asked then must not be left out.
    ignored: (path, status) => status !== undefined && !paths.includes(path) && isLeftOut(path, status.isFile()),
  });
  watcher.on('all', (event, path) => {
    if (event !== 'addDir' && event !== 'unlinkDir') onChange(path);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return () => watcher.close();
};
