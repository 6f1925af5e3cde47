import { fileFinding, type Finding } from './finding';

/** The finding for a failure of our own. The first stack frames say where; paths of the installation are of no use to anybody. */
export function internalError(error: unknown): Finding {
  const what = error instanceof Error ? `${error.name}: ${error.message.split('\n')[0] ?? ''}` : String(error);
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const where = frames.slice(0, 3).map((line) =>
    line
      .trim()
      .replace(/\(?(?:file:\/\/)?[^\s(]*[\\/]([^\\/]+)$/, '($1')
      .replace(/\)*$/, ')'),
  );
  const trace = where.length === 0 ? '' : ` ${where.join(' ')}`;
  const message = `pylint-leaks failed on this file, which is a bug in pylint-leaks; please report it: ${what}${trace}`;
  return fileFinding('internal-error', 'crashed', message);
}
