import { bind } from '../../src/semantic/bind';
import type { SemanticModel } from '../../src/semantic/model';
import { createCatalogue } from '../../src/resources/catalogue';
import type { Expression } from '../../src/syntax/ast';
import type { Parser } from '../../src/syntax/parser';
import { walkBlock } from '../../src/syntax/walk';

/** The model of a snippet, and the expressions in it by their source text: the last one of each counts. */
export function modelOf(
  parser: Parser,
  code: string,
): { readonly model: SemanticModel; readonly expression: (text: string) => Expression } {
  const { module } = parser.parse(code);
  const model = bind(module, createCatalogue({ ownerCalls: [] }).types);
  const byText = new Map<string, Expression>();
  walkBlock(module.body, {
    expression: (expression) => {
      const text = code.slice(expression.span.start, expression.span.end);
      byText.set(text, expression);
      return undefined;
    },
  });
  const expression = (text: string): Expression => {
    const found = byText.get(text);
    if (found === undefined) throw new Error(`there is no expression "${text}"`);
    return found;
  };
  return { model, expression };
}
