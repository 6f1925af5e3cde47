import { printParseErrorCode, visit, type ParseErrorCode } from 'jsonc-parser';

/** The first thing that is wrong with a JSON text; undefined when nothing is. */
export interface JsonProblem {
  /** In lower case, such as `property name expected`. */
  readonly what: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Where a JSON text goes wrong and how, in the same words on every version of Node. */
export function jsonProblem(text: string): JsonProblem | undefined {
  let problem: JsonProblem | undefined;
  const onError = (code: ParseErrorCode, _offset: number, _length: number, line: number, column: number): void => {
    problem ??= { what: wordsFor(code), line: line + 1, column: column + 1 };
  };
  visit(text, { onError }, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  return problem;
}

/** `CloseBracketExpected` in words. */
export function wordsFor(code: ParseErrorCode): string {
  return printParseErrorCode(code)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
}
