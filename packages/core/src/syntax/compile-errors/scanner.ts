import type { Span } from '../../text/span';
import type { ProblemCode } from './problem';
import { T, type TokenError, type Tokens } from './token';

/** Ends tokenizing. */
export class ScanStop extends Error {
  constructor(readonly error: TokenError) {
    super(error.detail);
  }
}

/** Deepest nesting of brackets that CPython's tokenizer takes. */
const MAX_BRACKETS = 200;

/** The text being read, the place in it, and the tokens read so far. */
export class Scanner implements Tokens {
  readonly kinds: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly comments: Span[] = [];
  readonly lineContinuations: Span[] = [];
  /** Offsets of open brackets. */
  readonly brackets: number[] = [];
  error: TokenError | undefined;
  pos = 0;

  constructor(readonly text: string) {}

  get openBracket(): number | undefined {
    return this.brackets.at(-1);
  }

  /** Character code at the current place, or `distance` further; NaN at the end. */
  peek(distance = 0): number {
    return this.text.charCodeAt(this.pos + distance);
  }

  emit(kind: number, start: number, end: number): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
  }

  /** Stops with an error that CPython prefers to whatever the grammar says. */
  fail(code: ProblemCode, detail: string, start: number, end: number): never {
    throw new ScanStop({ code, detail, span: this.spanWithin(start, end), isFinal: true });
  }

  /** Stops with an error that counts only when the grammar comes to it. */
  failWhenReached(code: ProblemCode, detail: string, start: number, end: number): never {
    throw new ScanStop({ code, detail, span: this.spanWithin(start, end), isFinal: false });
  }

  /** A backslash at the very end hides a character that is not there. */
  private spanWithin(start: number, end: number): Span {
    const { length } = this.text;
    return { start: Math.min(start, length), end: Math.min(end, length) };
  }

  stop(error: TokenError): void {
    this.error = error;
    this.emit(T.Error, error.span.start, error.span.end);
  }

  open(at: number): void {
    if (this.brackets.length >= MAX_BRACKETS) this.fail('invalid-syntax', 'too many nested parentheses', at, at + 1);
    this.brackets.push(at);
  }

  close(at: number): void {
    const closing = this.text.charAt(at);
    const opened = this.brackets.pop();
    if (opened === undefined) return this.fail('unclosed', `unmatched '${closing}'`, at, at + 1);
    const opening = this.text.charAt(opened);
    if (PAIRS[opening] === closing) return;
    const where = this.lineOf(opened) === this.lineOf(at) ? '' : ` on line ${String(this.lineOf(opened))}`;
    this.fail(
      'unclosed',
      `closing parenthesis '${closing}' does not match opening parenthesis '${opening}'${where}`,
      at,
      at + 1,
    );
  }

  /** 1-based line; slow, for messages. */
  lineOf(offset: number): number {
    return this.text.slice(0, offset).split(/\r\n|\r|\n/).length;
  }
}

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
