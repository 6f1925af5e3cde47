import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isOutside } from '../exclusion';

/** Names a file the way code hosts do: from the root with `/`, or in full when it lies outside. */
export function pathFromRoot(root: string, path: string): string {
  const inner = relative(root, path);
  return (isOutside(inner) ? path : inner).replaceAll('\\', '/');
}

/** The same as a reference that may stand in a URI; a file outside of the root gets a `file:` URI. */
export function uriFromRoot(root: string, path: string): { readonly uri: string; readonly isInside: boolean } {
  const inner = relative(root, path);
  if (isOutside(inner)) return { uri: pathToFileURL(path).href, isInside: false };
  const uri = inner.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return { uri, isInside: true };
}
