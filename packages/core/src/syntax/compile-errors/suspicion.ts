import { parameterNames } from './parameter-names';
import { Surroundings, type Definition } from './surroundings';
import { kindOf, T, type Tokens } from './token';

const K = {
  async: kindOf('async'),
  await: kindOf('await'),
  break: kindOf('break'),
  class: kindOf('class'),
  colon: kindOf(':'),
  comma: kindOf(','),
  continue: kindOf('continue'),
  def: kindOf('def'),
  del: kindOf('del'),
  equals: kindOf('='),
  except: kindOf('except'),
  for: kindOf('for'),
  from: kindOf('from'),
  global: kindOf('global'),
  import: kindOf('import'),
  lambda: kindOf('lambda'),
  nonlocal: kindOf('nonlocal'),
  open: kindOf('('),
  return: kindOf('return'),
  semicolon: kindOf(';'),
  star: kindOf('*'),
  walrus: kindOf(':='),
  while: kindOf('while'),
  with: kindOf('with'),
  yield: kindOf('yield'),
};
/** Operators and keywords have larger kinds than literals. */
const FIRST_OPERATOR = kindOf('(');
const OPENING: ReadonlySet<number> = new Set(['(', '[', '{'].map(kindOf));
const CLOSING: ReadonlySet<number> = new Set([')', ']', '}'].map(kindOf));
/** Statements whose block is another scope or a loop; of the other blocks nothing is asked. */
const SCOPED: ReadonlySet<number> = new Set([K.def, K.class, K.for, K.while]);
/** Statements that bind what stands in them without a `=`. */
const BINDING: ReadonlySet<number> = new Set([K.for, K.with, K.del]);
/** What ends a value, so that a parenthesis after it is a call, and a star after it a product. */
const ENDS_VALUE: ReadonlySet<number> = new Set([
  T.Name,
  T.Number,
  T.String,
  T.FStringEnd,
  ...[')', ']', '}', '...', 'None', 'True', 'False'].map(kindOf),
]);

/**
 * Whether a program that the grammar accepts may still be one that Python refuses: everything that `StatementChecker`
 * reports, asked of the tokens in one pass, without a tree. It errs on one side only: a text that it calls unsuspicious
 * has no such problem, and one that it suspects is left to the checker.
 *
 * @param tokens - of a whole text, without an error.
 */
export function isSuspicious(tokens: Tokens): boolean {
  const { text } = tokens;
  if (text.includes('__debug__')) return true;
  if (text.includes('__future__') && !hasPlainFuture(text)) return true;
  return new Pass(tokens).finds();
}

const BLANK_LINES = String.raw`(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n]))*`;
const DOCSTRING = String.raw`(?:[rR]?(?:"""(?:[^"\\]|\\[^]|"(?!""))*"""|"(?:[^"\\\r\n]|\\.)*")[ \t]*(?:\r\n|[\r\n]))?`;
const FEATURES = 'annotations|division|absolute_import|print_function|unicode_literals|with_statement|generators';
const IMPORTS = String.raw`(?:from __future__ import (?:${FEATURES})[ \t]*(?:#[^\r\n]*)?(?:\r\n|[\r\n]))+`;
/** `from __future__ import annotations` and its like, after nothing but comments and a docstring. */
const PLAIN_FUTURE = new RegExp(`^${BLANK_LINES}${DOCSTRING}${BLANK_LINES}${IMPORTS}`);

function hasPlainFuture(text: string): boolean {
  const match = PLAIN_FUTURE.exec(text);
  return match !== null && !text.includes('__future__', match[0].length);
}

/** What one logical line has shown so far; some pairs of these are suspicious. */
interface Line {
  readonly head: number;
  hasInnerFor: boolean;
  hasInnerYield: boolean;
  hasWalrus: boolean;
  hasEquals: boolean;
  /** Stars before elements, outside of calls. */
  stars: number;
  /** Depth of brackets at the outermost lambda that is being read; -1 for none. */
  lambdaDepth: number;
  inLambdaBody: boolean;
}

class Pass {
  private readonly surroundings = new Surroundings();
  /** For each open bracket of the line: whether it is that of a call, and its keywords. */
  private readonly calls: boolean[] = [];
  private readonly keywords: (number[] | undefined)[] = [];
  private isSuspicious = false;

  constructor(private readonly tokens: Tokens) {}

  finds(): boolean {
    const { kinds } = this.tokens;
    let index = 0;
    while (index < kinds.length && !this.isSuspicious) {
      const kind = kinds[index];
      if (kind === T.Dedent) this.surroundings.leave();
      if (kind === T.Dedent || kind === T.Indent || kind === T.Newline || kind === T.End) index++;
      else index = this.line(index);
    }
    return this.isSuspicious;
  }

  private suspect(when: boolean): void {
    if (when) this.isSuspicious = true;
  }

  private kind(index: number): number {
    return this.tokens.kinds[index] ?? T.End;
  }

  private text(index: number): string {
    return this.tokens.text.slice(this.tokens.starts[index], this.tokens.ends[index]);
  }

  /** Looks at one logical line, and gives the index after it. */
  private line(start: number): number {
    const isAsync = this.kind(start) === K.async;
    const headIndex = isAsync ? start + 1 : start;
    const head = this.kind(headIndex);
    const line: Line = {
      head,
      hasInnerFor: false,
      hasInnerYield: false,
      hasWalrus: false,
      hasEquals: false,
      stars: 0,
      lambdaDepth: -1,
      inLambdaBody: false,
    };
    if (isAsync && head !== K.def) this.suspect(!this.surroundings.inAsync);
    if (head === K.def) this.suspect(this.repeats(parameterNames(this.tokens, headIndex)));
    this.calls.length = this.keywords.length = 0;
    let isInSuite = false;
    let index = headIndex;
    for (let kind = head; kind !== T.Newline && kind !== T.End; kind = this.kind(++index)) {
      if (kind === T.Name) this.name(index, start);
      else if (kind >= FIRST_OPERATOR) this.token(kind, index, start, line);
      // `for x in y: break` on one line.
      const opensSuite = kind === K.colon && !isInSuite && this.calls.length === 0 && SCOPED.has(head);
      if (!opensSuite || this.kind(index + 1) === T.Newline) continue;
      this.suspect(line.lambdaDepth >= 0);
      this.surroundings.enter(head, isAsync, headIndex);
      isInSuite = true;
    }
    this.suspect(line.hasInnerFor && (line.hasInnerYield || line.hasWalrus));
    this.suspect(line.stars > 1 && (line.hasEquals || line.hasInnerFor || BINDING.has(head)));
    if (isInSuite) this.surroundings.leave();
    if (this.kind(index + 1) === T.Indent) this.surroundings.enter(head, isAsync, headIndex);
    return index + 1;
  }

  private token(kind: number, index: number, start: number, line: Line): void {
    if (OPENING.has(kind)) {
      this.calls.push(kind === K.open && ENDS_VALUE.has(this.kind(index - 1)));
      this.keywords.push(undefined);
    } else if (CLOSING.has(kind)) {
      this.calls.pop();
      this.keywords.pop();
      if (this.calls.length < line.lambdaDepth) line.lambdaDepth = -1;
    } else this.word(kind, index, start, line);
  }

  private word(kind: number, index: number, start: number, line: Line): void {
    const { surroundings } = this;
    const { definition } = surroundings;
    const depth = this.calls.length;
    switch (kind) {
      case K.equals:
        line.hasEquals ||= depth === 0;
        return;
      case K.colon:
        if (depth === line.lambdaDepth) line.inLambdaBody = true;
        return;
      case K.comma:
        if (depth === line.lambdaDepth && line.inLambdaBody) line.lambdaDepth = -1;
        return;
      case K.walrus:
        line.hasWalrus = true;
        return;
      case K.for:
        line.hasInnerFor ||= depth > 0;
        return;
      case K.lambda:
        if (line.lambdaDepth < 0) {
          line.lambdaDepth = depth;
          line.inLambdaBody = false;
        }
        return this.suspect(this.repeats(parameterNames(this.tokens, index)));
      case K.star:
        if (!ENDS_VALUE.has(this.kind(index - 1)) && this.calls.at(-1) !== true) line.stars++;
        this.suspect(this.kind(index - 1) === K.except);
        return this.suspect(this.kind(index - 1) === K.import && definition.kind !== 'module');
      case K.return:
        this.suspect(definition.kind !== 'function');
        definition.returnsValue ||= this.kind(index + 1) !== T.Newline && this.kind(index + 1) !== K.semicolon;
        return this.suspect(definition.isAsync && definition.returnsValue && definition.hasYield);
      case K.yield:
        definition.hasYield = true;
        line.hasInnerYield ||= depth > 0;
        this.suspect(definition.kind !== 'function' || line.lambdaDepth >= 0);
        return this.suspect(definition.isAsync && (definition.returnsValue || this.kind(index + 1) === K.from));
      case K.await:
      case K.async:
        return this.suspect(!surroundings.inAsync || line.lambdaDepth >= 0);
      case K.break:
      case K.continue:
        return this.suspect(!surroundings.inLoop);
      case K.global:
      case K.nonlocal:
        return this.declaration(kind === K.global, index, start);
    }
  }

  /** A keyword of a call; at the start of a line a soft keyword, or what is annotated. */
  private name(index: number, start: number): void {
    const next = this.kind(index + 1);
    if (index === start) {
      this.suspect(next === T.Name && this.text(index) === 'type');
      if (next === K.colon) this.suspect(this.surroundings.definition.declared?.has(this.text(index)) === true);
    }
    if (next !== K.equals || this.calls.at(-1) !== true) return;
    const before = this.kind(index - 1);
    if (before !== K.open && before !== K.comma) return;
    const name = this.text(index);
    const innermost = this.keywords.length - 1;
    const others = (this.keywords[innermost] ??= []);
    this.suspect(others.some((other) => this.text(other) === name));
    others.push(index);
  }

  /** `global a, b` is plain where the function has not mentioned the names before. */
  private declaration(isGlobal: boolean, index: number, start: number): void {
    const { definition } = this.surroundings;
    this.suspect(definition.kind !== 'function' || index !== start);
    for (let i = index + 1; this.kind(i) === T.Name || this.kind(i) === K.comma; i++) {
      if (this.kind(i) === K.comma) continue;
      const name = this.text(i);
      this.suspect(this.mentions(name, definition.start, index));
      definition.declared ??= new Set();
      this.suspect(definition.declared.has(name));
      definition.declared.add(name);
      if (!isGlobal) this.suspect(!this.isBoundAround(name));
    }
  }

  private mentions(name: string, from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (this.kind(i) === T.Name && this.text(i) === name) return true;
    return false;
  }

  /** A parameter of a function around, or a name that such a function plainly assigns. */
  private isBoundAround(name: string): boolean {
    const { functions } = this.surroundings;
    return functions.some((outer: Definition, depth) => {
      const inner = functions[depth + 1];
      if (inner === undefined || outer.declared !== undefined) return false;
      if (parameterNames(this.tokens, outer.start).some((i) => this.text(i) === name)) return true;
      for (let i = outer.start; i < inner.start; i++) {
        const before = this.kind(i - 1);
        const isStart = before === T.Newline || before === T.Indent || before === T.Dedent;
        if (isStart && this.kind(i) === T.Name && this.kind(i + 1) === K.equals && this.text(i) === name) return true;
      }
      return false;
    });
  }

  private repeats(names: readonly number[]): boolean {
    return names.length > 1 && new Set(names.map((index) => this.text(index))).size < names.length;
  }
}
