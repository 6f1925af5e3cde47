import type { Span } from '../../text/span';
import type { ProblemCode, SyntaxProblem } from './problem';
import { isKeyword, kindOf, T, type Tokens } from './token';

/** The grammar does not go on from here. */
export class Failure extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly span: Span,
    /** Index of the token that the grammar had come to. */
    readonly token: number,
    /** True for CPython's plain "invalid syntax": something more specific is preferred. */
    readonly isGeneric: boolean,
  ) {
    super(detail);
  }
}

/** A place in the tokens, and the questions the grammar asks there. */
export class Cursor {
  index = 0;
  /** Furthest token that any attempt came to: where CPython reports plain errors. */
  furthest = 0;
  /** Tokens of the last disjunction that was read: what "forgot a comma" looks at. */
  disjunctionStart = -1;
  disjunctionEnd = -1;
  /** Set inside type parameters and their like: what cannot hold `:=`, `yield` and `await`. */
  forbidden: string | undefined;
  /** Problems that CPython reports only when the whole file parses. */
  readonly late: SyntaxProblem[] = [];

  /** @param acceptsBareExceptions - true when only Python >= 3.14 must read the file: `except A, b:` has its new meaning. */
  constructor(
    readonly tokens: Tokens,
    readonly acceptsBareExceptions: boolean,
  ) {}

  get kind(): number {
    return this.tokens.kinds[this.index] ?? T.End;
  }

  kindAt(distance: number): number {
    return this.tokens.kinds[this.index + distance] ?? T.End;
  }

  at(kind: number): boolean {
    return this.kind === kind;
  }

  /** Steps over a token of this kind if there is one. */
  accept(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.advance();
    return true;
  }

  advance(): void {
    this.index++;
    if (this.index > this.furthest) this.furthest = this.index;
  }

  /** Steps over a token of this kind, or fails plainly. */
  expect(kind: number): void {
    if (!this.accept(kind)) this.fail();
  }

  /** Steps over a token of this kind, or fails with "expected '…'". */
  expectNamed(kind: number, spelling: string): void {
    if (!this.accept(kind)) this.failHere('invalid-syntax', `expected '${spelling}'`);
  }

  text(index = this.index): string {
    return this.tokens.text.slice(this.tokens.starts[index], this.tokens.ends[index]);
  }

  /** True at a name that is spelt like this (a soft keyword). */
  atWord(word: string): boolean {
    return this.kind === T.Name && this.text() === word;
  }

  /** From the first of these tokens to the last (exclusive). */
  span(from: number, to: number): Span {
    const start = this.tokens.starts[from] ?? this.tokens.text.length;
    return { start, end: Math.max(start, this.tokens.ends[to - 1] ?? start) };
  }

  /** Fails plainly at the current token. */
  fail(): never {
    throw new Failure('invalid-syntax', 'invalid syntax', this.span(this.index, this.index + 1), this.index, true);
  }

  /** Fails with a message at the current token. */
  failHere(code: ProblemCode, detail: string): never {
    throw new Failure(code, detail, this.span(this.index, this.index + 1), this.index, false);
  }

  /** Fails with a message at earlier tokens. */
  failAt(code: ProblemCode, detail: string, from: number, to: number): never {
    throw new Failure(code, detail, this.span(from, to), this.index, false);
  }

  /** Notes a problem that does not keep the grammar from going on. */
  note(code: ProblemCode, detail: string, from: number, to: number): void {
    this.late.push({ code, span: this.span(from, to), detail, related: [] });
  }

  /** Runs a reading inside of something that cannot hold `:=`, `yield` and `await`; undefined lifts the ban. */
  forbidding(what: string | undefined, read: () => void): void {
    const outer = this.forbidden;
    this.forbidden = what;
    read();
    this.forbidden = outer;
  }

  /** Notes an expression that may not stand here. */
  noteForbidden(expression: string, from: number): void {
    if (this.forbidden === undefined) return;
    this.note('misplaced', `${expression} cannot be used within ${this.forbidden}`, from, this.index);
  }

  /** Runs a reading that may fail; on failure goes back and gives the failure. */
  attempt(read: () => void): Failure | undefined {
    const { index, forbidden } = this;
    const lateCount = this.late.length;
    try {
      read();
      return undefined;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.index = index;
      this.forbidden = forbidden;
      this.late.length = lateCount;
      return error;
    }
  }

  /** True when an expression may start with the current token. */
  startsExpression(): boolean {
    const { kind } = this;
    return kind === T.Name || EXPRESSION_STARTS.has(kind) || (isKeyword(kind) && KEYWORD_STARTS.has(kind));
  }

  /** True when brackets are open before token `index`; slow, for messages. */
  isInsideBrackets(index: number): boolean {
    let depth = 0;
    for (let i = 0; i < index; i++) {
      const kind = this.tokens.kinds[i] ?? T.End;
      if (kind === T.Newline) depth = 0;
      else if (OPENING.has(kind)) depth++;
      else if (CLOSING.has(kind)) depth--;
    }
    return depth > 0;
  }
}

const EXPRESSION_STARTS: ReadonlySet<number> = new Set([
  T.Number,
  T.String,
  T.FStringStart,
  ...['(', '[', '{', '-', '+', '~', '...'].map(kindOf),
]);
const KEYWORD_STARTS: ReadonlySet<number> = new Set(['None', 'True', 'False', 'not', 'lambda', 'await'].map(kindOf));
const OPENING: ReadonlySet<number> = new Set(['(', '[', '{'].map(kindOf));
const CLOSING: ReadonlySet<number> = new Set([')', ']', '}'].map(kindOf));
