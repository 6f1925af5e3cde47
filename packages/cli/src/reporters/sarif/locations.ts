import type { ArtifactLocation, Location, Region } from 'sarif';
import type { FileReport, Range } from '../../finding';
import { filePlace, uriFromRoot, type FilePlace } from '../place';

/** The name that GitHub and others know for the root of the checkout. */
export const ROOT_ID = '%SRCROOT%';

/** Makes the locations of one file. */
export interface FileLocations {
  readonly artifact: ArtifactLocation;
  readonly at: (range: Range, message?: string) => Location;
  readonly region: (range: Range) => Region;
}

/** @param root - the directory that files are named from. */
export function locationOf(root: string, { path, source }: FileReport): FileLocations {
  const { uri, isInside } = uriFromRoot(root, path);
  const artifact = isInside ? { uri, uriBaseId: ROOT_ID } : { uri };
  return {
    artifact,
    region: (range) => regionOf(filePlace(source, range)),
    at: (range, message) => ({
      physicalLocation: { artifactLocation: artifact, region: regionOf(filePlace(source, range)) },
      ...(message === undefined ? {} : { message: { text: message } }),
    }),
  };
}

/** Lines and columns count from 1, the end is exclusive: as ours. */
function regionOf({ line, endLine, columns }: FilePlace): Region {
  if (columns === undefined) return { startLine: line, endLine };
  return { startLine: line, startColumn: columns.start, endLine, endColumn: columns.end };
}
