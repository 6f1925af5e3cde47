/**
 * The tool cannot run as asked: a wrong option, a wrong configuration, a parser that does not load.
 * `main` prints the message and exits with 2. The message is one line: what is wrong, the value, the way out.
 */
export class CliError extends Error {
  override readonly name = 'CliError';
}
