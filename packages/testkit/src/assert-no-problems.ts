/**
 * Fails the test when there are problems.
 *
 * @throws Error whose stack is the list of problems: they name the place in `cases.md`, and the place in the runner that
 * Jest would show instead says nothing.
 */
export function assertNoProblems(problems: readonly { readonly text: string }[]): void {
  if (problems.length === 0) return;
  const error = new Error(problems.map(({ text }) => text).join('\n'));
  error.stack = error.message;
  throw error;
}
