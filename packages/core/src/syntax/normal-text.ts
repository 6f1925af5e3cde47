import { T } from './compile-errors/token';
import { tokenize } from './compile-errors/tokenizer';

/**
 * The text of an expression as it reads without layout: two spellings that a formatter may turn into each other give the
 * same result. Comments, line breaks, blanks, the kind of quotes and commas before a closing bracket do not count.
 *
 * @param text - source of one expression, or of anything between brackets.
 * @returns one line; what is no Python text at all comes back with its blanks collapsed.
 */
export function normalText(text: string): string {
  // Brackets make line breaks insignificant, as they are where a long expression is written.
  const { kinds, starts, ends, error, text: whole } = tokenize(`(${text}\n)`);
  if (error !== undefined) return text.replace(/\s+/g, ' ').trim();
  let result = '';
  let isAfterWord = false;
  for (let index = 1; index < kinds.length; index++) {
    const kind = kinds[index] ?? T.End;
    if (LAYOUT.has(kind)) continue;
    const token = spellingOf(kind, whole.slice(starts[index], ends[index]));
    if (CLOSING.has(token) && result.endsWith(', ')) result = result.slice(0, -2);
    const isWord = WORD.test(token) || STRINGS.has(kind);
    if (isWord && isAfterWord) result += ' ';
    result += token === ',' ? ', ' : token;
    isAfterWord = isWord;
  }
  // The bracket around everything.
  return result.slice(0, -1).trim();
}

const LAYOUT: ReadonlySet<number> = new Set([T.Newline, T.Indent, T.Dedent, T.End]);
const STRINGS: ReadonlySet<number> = new Set([T.String, T.FStringStart]);
const CLOSING: ReadonlySet<string> = new Set([')', ']', '}']);
const WORD = /^[\p{XIDC}]/u;

function spellingOf(kind: number, text: string): string {
  switch (kind) {
    case T.String: {
      const [, prefix = '', quote = '', body = ''] = /^(\w*)('''|"""|'|")([^]*)\2$/.exec(text) ?? [];
      return quote === '' ? text : `${prefixOf(prefix)}${quoteOf(quote)}${bodyOf(body)}${quoteOf(quote)}`;
    }
    case T.FStringStart: {
      const [, prefix = '', quote = ''] = /^(\w*)(.*)$/.exec(text) ?? [];
      return prefixOf(prefix) + quoteOf(quote);
    }
    case T.FStringMiddle:
      return bodyOf(text);
    case T.FStringEnd:
      return quoteOf(text);
    case T.Number:
      return text.toLowerCase();
    default:
      return text;
  }
}

function prefixOf(prefix: string): string {
  return prefix.toLowerCase().replace('u', '');
}

function quoteOf(quote: string): string {
  return quote.replaceAll("'", '"');
}

/** A changed quote changes what has to be escaped. */
function bodyOf(body: string): string {
  return body.replace(/\\(['"])/g, '$1').replace(/\r\n?/g, '\n');
}
