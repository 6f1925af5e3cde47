import { walkModule, type SourceFile, type SyntaxTree } from '@pylint-leaks/core';

/** The quote that most short strings of a file have; a double quote where there is none. */
export function quoteOf({ text }: SourceFile, { module }: SyntaxTree): "'" | '"' {
  let single = 0;
  walkModule(module, {
    expression: (expression) => {
      if (expression.kind !== 'String') return undefined;
      for (const { span, quote } of expression.pieces) {
        const isPlain = quote.length === 1 && !text.slice(span.start, span.end).includes(quote === "'" ? '"' : "'");
        if (isPlain) single += quote === "'" ? 1 : -1;
      }
      return undefined;
    },
  });
  return single > 0 ? "'" : '"';
}
