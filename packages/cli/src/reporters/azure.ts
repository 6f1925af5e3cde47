import { pathFromRoot } from './place';
import type { Reporter } from './reporter';
import { printable } from './printable';

/** Logging commands of Azure Pipelines, which become the issues of a run; with the escapes of its agent. */
export const azure: Reporter = (reports, { root }) =>
  reports
    .flatMap(({ path, findings }) =>
      findings.map(({ severity, ruleId, message, start }) => {
        const properties = Object.entries({
          type: severity,
          sourcepath: printable(pathFromRoot(root, path)),
          linenumber: start.line,
          columnnumber: start.column,
          code: ruleId,
        }).map(([key, value]) => `${key}=${escapeProperty(String(value))};`);
        return `##vso[task.logissue ${properties.join('')}]${escapeText(printable(message))}\n`;
      }),
    )
    .join('');

function escapeText(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}
