import { toMessage } from './json';
import type { Reporter } from './reporter';

/** One line of JSON for each finding: what `json` says of it, with the path of the file. Can be cut and joined by line. */
export const jsonl: Reporter = (reports) =>
  reports
    .flatMap(({ path, source, findings }) =>
      findings.map((finding) => `${JSON.stringify({ filePath: path, ...toMessage(finding, source) })}\n`),
    )
    .join('');
