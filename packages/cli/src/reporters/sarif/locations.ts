import type { ArtifactLocation, Location, Region } from 'sarif';
import type { FileReport, Range } from '../../finding';
import { uriFromRoot } from '../place';

/** The name that GitHub and others know for the root of the checkout. */
export const ROOT_ID = '%SRCROOT%';

/** Makes the locations of one file. */
export interface FileLocations {
  readonly artifact: ArtifactLocation;
  readonly at: (range: Range, message?: string) => Location;
}

/** @param root - the directory that files are named from. */
export function locationOf(root: string, { path }: FileReport): FileLocations {
  const { uri, isInside } = uriFromRoot(root, path);
  const artifact = isInside ? { uri, uriBaseId: ROOT_ID } : { uri };
  return {
    artifact,
    at: (range, message) => ({
      physicalLocation: { artifactLocation: artifact, region: regionOf(range) },
      ...(message === undefined ? {} : { message: { text: message } }),
    }),
  };
}

/** Lines and columns count from 1, the end is exclusive: as ours. */
export function regionOf({ start, end }: Range): Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
