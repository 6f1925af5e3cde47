import { cellPrefix, filePlace, pathFromRoot } from './place';
import type { Reporter } from './reporter';
import { printable } from './printable';

/** Logging commands of Azure Pipelines, which become the issues of a run; with the escapes of its agent. */
export const azure: Reporter = (reports, { root }) =>
  reports
    .flatMap(({ path, source, findings }) =>
      findings.map((finding) => {
        const { severity, ruleId, message, start } = finding;
        const { line, columns } = filePlace(source, finding);
        const properties = Object.entries({
          type: severity,
          sourcepath: printable(pathFromRoot(root, path)),
          linenumber: line,
          ...(columns === undefined ? {} : { columnnumber: columns.start }),
          code: ruleId,
        }).map(([key, value]) => `${key}=${escapeProperty(String(value))};`);
        return `##vso[task.logissue ${properties.join('')}]${escapeText(cellPrefix(source, start) + printable(message))}\n`;
      }),
    )
    .join('');

function escapeText(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}
