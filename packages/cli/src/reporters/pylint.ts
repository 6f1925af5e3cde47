import type { Severity } from '@pylint-leaks/core';
import type { Finding } from '../finding';
import type { Reporter } from './reporter';
import { cellPrefix, filePlace } from './place';
import { printable } from './printable';

/** A category and no number: pylint has none for these rules. */
const MESSAGE_IDS: Readonly<Record<Severity, string>> = { error: 'E0000', warning: 'W0000' };

/** What `pylint --output-format=parseable` prints, for tools that read it: `path:line: [id(symbol), object] message`. */
export const pylint: Reporter = (reports) =>
  reports
    .flatMap(({ display, source, findings }) =>
      findings.map(
        ({ start, end, severity, ruleId, message, fingerprint }) =>
          `${printable(display)}:${filePlace(source, { start, end }).line}: [${MESSAGE_IDS[severity]}(${ruleId}), ${objectOf(fingerprint)}] ${cellPrefix(source, start)}${printable(message)}\n`,
      ),
    )
    .join('');

/** The name of the function or class; nothing for the module, as in pylint. */
function objectOf(fingerprint: Finding['fingerprint']): string {
  return fingerprint === undefined || fingerprint.scope === '<module>' ? '' : fingerprint.scope;
}
