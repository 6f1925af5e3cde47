import type { Argument } from '../ast';
import type { SyntaxProblem } from './problem';

/** One problem for each name that a call (or class header) gives more than once, at its second occurrence. */
export function repeatedKeywords(args: readonly Argument[], text: string): SyntaxProblem[] {
  if (args.length < 2) return [];
  let byName: Map<string, Argument[]> | undefined;
  for (const argument of args) {
    if (argument.kind !== 'keyword' || argument.name === undefined) continue;
    byName ??= new Map();
    const same = byName.get(argument.name);
    if (same === undefined) byName.set(argument.name, [argument]);
    else same.push(argument);
  }
  if (byName === undefined) return [];
  const problems: SyntaxProblem[] = [];
  for (const [name, same] of byName) {
    const [first, second] = same;
    if (first === undefined || second === undefined) continue;
    const texts = new Set(same.map(({ value }) => text.slice(value.span.start, value.span.end)));
    problems.push({
      code: 'repeated-keyword',
      span: second.span,
      detail: `keyword argument repeated: ${name}`,
      related: [{ span: first.span, message: `'${name}' is already given here` }],
      repeated: { name, arguments: same.map(({ span }) => span), identical: texts.size === 1 },
    });
  }
  return problems;
}
