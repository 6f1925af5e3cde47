import { kindOf, T, type Tokens } from './token';

const K = {
  def: kindOf('def'),
  open: kindOf('('),
  openIndex: kindOf('['),
  openBrace: kindOf('{'),
  close: kindOf(')'),
  closeIndex: kindOf(']'),
  closeBrace: kindOf('}'),
  comma: kindOf(','),
  colon: kindOf(':'),
  star: kindOf('*'),
  power: kindOf('**'),
};

/**
 * Indices of the tokens that name the parameters of a function.
 *
 * @param start - index of its `def` or `lambda`.
 */
export function parameterNames({ kinds }: Tokens, start: number): readonly number[] {
  const names: number[] = [];
  const isDef = kinds[start] === K.def;
  let index = start + 1;
  // Past the name and the type parameters, which are in brackets of their own.
  if (isDef) while (kinds[index] !== K.open && kinds[index] !== T.Newline && index < kinds.length) index++;
  const from = isDef ? index + 1 : index;
  let depth = 0;
  for (index = from; index < kinds.length; index++) {
    const kind = kinds[index];
    if (kind === K.open || kind === K.openIndex || kind === K.openBrace) depth++;
    else if (kind === K.close || kind === K.closeIndex || kind === K.closeBrace) {
      if (--depth < 0) break;
    } else if (kind === T.Newline || (depth === 0 && !isDef && kind === K.colon)) break;
    else if (kind === T.Name && depth === 0) {
      const before = kinds[index - 1];
      if (index === from || before === K.comma || before === K.star || before === K.power) names.push(index);
    }
  }
  return names;
}
