import { kindOf, T, type Tokens } from '../syntax/compile-errors/token';

const K = {
  at: kindOf('@'),
  async: kindOf('async'),
  class: kindOf('class'),
  colon: kindOf(':'),
  def: kindOf('def'),
};
const OPENING: ReadonlySet<number> = new Set(['(', '[', '{'].map(kindOf));
const CLOSING: ReadonlySet<number> = new Set([')', ']', '}'].map(kindOf));

/** A statement at the margin of a file or of a class there, as its tokens tell it. All numbers are indices of tokens. */
export interface Unit {
  readonly kind: 'function' | 'class' | 'statement';
  /** What a definition binds. */
  readonly name: string | undefined;
  /** The class whose body it stands in. */
  readonly owner: Unit | undefined;
  readonly from: number;
  readonly to: number;
  /** First token of the body of a definition. */
  readonly body: number;
}

/** Splits a file into the statements at its margin, and its classes there into theirs; a class comes before its parts. */
export function outlineOf(tokens: Tokens): readonly Unit[] {
  const units: Unit[] = [];
  for (const unit of statementsIn(tokens, 0, tokens.kinds.length, undefined)) {
    units.push(unit);
    if (unit.kind === 'class') units.push(...statementsIn(tokens, unit.body, unit.to, unit));
  }
  return units;
}

function statementsIn(tokens: Tokens, from: number, to: number, owner: Unit | undefined): readonly Unit[] {
  const { kinds } = tokens;
  const units: Unit[] = [];
  let depth = 0;
  let start = -1;
  /** The token that decides what the statement is; -1 after a decorator. */
  let head = -1;
  let isLineStart = true;
  const end = (index: number): void => {
    if (start >= 0) units.push(unitOf(tokens, start, head, index, owner));
    start = -1;
  };
  let index = from;
  for (; index < to; index++) {
    const kind = kinds[index];
    if (kind === T.Indent) depth++;
    else if (kind === T.Dedent) {
      if (--depth < 0) break;
    } else if (kind === T.End) break;
    else if (isLineStart && depth === 0) {
      const isDecorated = start >= 0 && head < 0;
      if (!isDecorated) {
        end(index);
        start = index;
      }
      head = kind === K.at ? -1 : index;
    }
    isLineStart = kind === T.Newline || kind === T.Indent || kind === T.Dedent;
  }
  end(index);
  return units;
}

function unitOf(tokens: Tokens, from: number, head: number, to: number, owner: Unit | undefined): Unit {
  const { kinds, starts, ends, text } = tokens;
  const word = kinds[head] === K.async ? head + 1 : head;
  const kind = kinds[word] === K.class ? 'class' : kinds[word] === K.def ? 'function' : 'statement';
  if (kind === 'statement') return { kind, name: undefined, owner, from, to, body: from };
  let depth = 0;
  let body = word + 1;
  for (; body < to; body++) {
    const token = kinds[body] ?? T.End;
    if (OPENING.has(token)) depth++;
    else if (CLOSING.has(token)) depth--;
    else if (token === K.colon && depth === 0) break;
  }
  do body++;
  while (kinds[body] === T.Newline || kinds[body] === T.Indent);
  return { kind, name: text.slice(starts[word + 1], ends[word + 1]), owner, from, to, body };
}
