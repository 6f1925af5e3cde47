import type { Reporter } from './reporter';
import { xmlDocument } from './xml';

/** Checkstyle's XML: files with findings. `source` is the rule. */
export const checkstyle: Reporter = (reports) =>
  xmlDocument({
    name: 'checkstyle',
    attributes: { version: '4.3' },
    content: reports
      .filter(({ findings }) => findings.length > 0)
      .map(({ path, findings }) => ({
        name: 'file',
        attributes: { name: path },
        content: findings.map(({ start, severity, ruleId, message }) => ({
          name: 'error',
          attributes: {
            line: start.line,
            column: start.column,
            severity,
            message,
            source: `pylint-leaks.${ruleId}`,
          },
        })),
      })),
  });
