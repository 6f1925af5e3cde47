/**
 * Control characters, line separators and bidirectional overrides: in a file name or a source line they would move the
 * cursor, recolour the terminal or reorder what is read.
 */
// eslint-disable-next-line no-control-regex -- matching them is the purpose
const UNPRINTABLE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** The text on one line, with a stand-in for each unprintable character, so that columns still count. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\uFFFD');
}
