import type { Reporter } from './reporter';
import { cellPrefix, filePlace, type FilePlace } from './place';
import { xmlDocument } from './xml';

/** Checkstyle's XML: files with findings. `source` is the rule. */
export const checkstyle: Reporter = (reports) =>
  xmlDocument({
    name: 'checkstyle',
    attributes: { version: '4.3' },
    content: reports
      .filter(({ findings }) => findings.length > 0)
      .map(({ path, source, findings }) => ({
        name: 'file',
        attributes: { name: path },
        content: findings.map(({ start, end, severity, ruleId, message }) => ({
          name: 'error',
          attributes: {
            ...lineAndColumn(filePlace(source, { start, end })),
            severity,
            message: cellPrefix(source, start) + message,
            source: `pylint-leaks.${ruleId}`,
          },
        })),
      })),
  });

function lineAndColumn({ line, columns }: FilePlace) {
  return { line, ...(columns === undefined ? {} : { column: columns.start }) };
}
