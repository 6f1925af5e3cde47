import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { encode, type Decoded } from './decode';

/**
 * A unified diff that `git apply` and `patch -p1` take: in the file's own encoding, with its byte-order mark, line ends
 * and missing final line end as they are.
 *
 * @param display - path relative to the working directory, with `/`.
 * @returns no bytes when nothing changed.
 */
export function unifiedDiff(display: string, before: Decoded, after: string): Uint8Array {
  if (before.text === after) return Buffer.of();
  const name = display.replace(/^\//, '');
  const mark = before.bom ? '\uFEFF' : '';
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  const patch = createTwoFilesPatch(
    `a/${name}`,
    `b/${name}`,
    mark + before.text,
    mark + after,
    undefined,
    undefined,
    options,
  );
  // File names are UTF-8 whatever the file holds.
  const body = patch.indexOf('@@ ');
  const lines = patch.slice(body);
  return Buffer.concat([
    Buffer.from(patch.slice(0, body)),
    encode(lines, { encoding: before.encoding, bom: false }) ?? Buffer.from(lines),
  ]);
}
