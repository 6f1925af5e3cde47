import { createSourceFile, positionAt, type Position } from '@pylint-leaks/core';
import iconv from 'iconv-lite';

/** A file as text, with what is needed to write it back byte for byte. */
export interface Decoded {
  readonly kind: 'text';
  /** Without the byte-order mark. */
  readonly text: string;
  readonly encoding: string;
  readonly bom: boolean;
}

/** Why bytes are not a Python source text. */
export interface Undecodable {
  readonly kind: 'undecodable';
  readonly messageId: 'utf-16' | 'unknown-encoding' | 'bom-and-cookie' | 'invalid-bytes' | 'nul-byte';
  readonly message: string;
  readonly at: Position;
}

const BOM = [0xef, 0xbb, 0xbf] as const;
const UTF8 = 'utf-8';

/** PEP 263: the comment that names the encoding, on line 1 or, after a blank or comment line, on line 2. */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/;
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#.*)?$/;

/** What iconv-lite knows but a cookie cannot truthfully name: its ASCII characters are not single ASCII bytes. */
const NOT_ASCII_BASED = /^(?:(?:utf|ucs)-?(?:7|16|32|2|4)|base64|hex|binary)/;

/**
 * Decodes the bytes of a Python file as the interpreter does (PEP 263): byte-order mark, encoding cookie, else UTF-8;
 * strictly, so that nothing that cannot be written back unchanged is taken for text.
 */
export function decode(bytes: Uint8Array): Decoded | Undecodable {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return undecodable(
      'utf-16',
      'it starts with a UTF-16 byte-order mark, which Python does not accept; save it as UTF-8',
      1,
      1,
    );
  }
  const bom = BOM.every((byte, index) => bytes[index] === byte);
  const body = bom ? bytes.subarray(BOM.length) : bytes;
  const cookie = findCookie(body);
  const encoding = cookie === undefined ? UTF8 : normalise(cookie.name);
  if (cookie !== undefined && (!iconv.encodingExists(encoding) || NOT_ASCII_BASED.test(encoding))) {
    return undecodable('unknown-encoding', `it declares the unknown encoding "${cookie.name}"`, cookie.line, 1);
  }
  if (cookie !== undefined && bom && encoding !== UTF8) {
    return undecodable(
      'bom-and-cookie',
      `it has a UTF-8 byte-order mark but declares "${cookie.name}"`,
      cookie.line,
      1,
    );
  }
  const text = encoding === UTF8 ? decodeUtf8(body) : decodeLegacy(body, encoding);
  if (typeof text !== 'string') return text;
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const at = positionAt(createSourceFile('', text), nul);
    return { kind: 'undecodable', messageId: 'nul-byte', message: 'it contains a NUL byte, which Python refuses', at };
  }
  return { kind: 'text', text, encoding, bom };
}

/**
 * The bytes of a changed text in the file's own encoding.
 * @returns undefined when the text has characters that the encoding lacks.
 */
export function encode(text: string, { encoding, bom }: Pick<Decoded, 'encoding' | 'bom'>): Uint8Array | undefined {
  if (encoding === UTF8) return Buffer.from((bom ? '\uFEFF' : '') + text, 'utf8');
  const bytes = iconv.encode(text, encoding);
  return iconv.decode(bytes, encoding) === text ? bytes : undefined;
}

function findCookie(body: Uint8Array): { readonly name: string; readonly line: number } | undefined {
  // The cookie itself is ASCII, so latin-1 reads it whatever the encoding. Longer lines hold no cookie worth finding.
  const lines = Buffer.from(body.subarray(0, 4096))
    .toString('latin1')
    .split(/\r\n|\r|\n/, 2);
  for (const [index, line] of lines.entries()) {
    const name = COOKIE.exec(line)?.[1];
    if (name !== undefined) return { name, line: index + 1 };
    if (!BLANK_OR_COMMENT.test(line)) return undefined;
  }
  return undefined;
}

/** As CPython's tokenizer: `utf-8-unix` and `latin-1-dos` (Emacs) mean the encoding before the suffix. */
function normalise(cookie: string): string {
  const name = cookie.toLowerCase().replaceAll('_', '-');
  if (/^utf-?8(?:-|$)/.test(name)) return UTF8;
  if (/^(?:latin-1|iso-8859-1|iso-latin-1)(?:-|$)/.test(name)) return 'latin1';
  if (name === 'mac-roman') return 'macroman';
  return name;
}

function decodeUtf8(body: Uint8Array): string | Undecodable {
  try {
    return new TextDecoder(UTF8, { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return invalidUtf8(body);
  }
}

/** Finds the first bad byte: the first replacement character that does not stand for itself in the bytes. */
function invalidUtf8(body: Uint8Array): Undecodable {
  const lossy = new TextDecoder(UTF8, { ignoreBOM: true }).decode(body);
  let offset = 0;
  let from = 0;
  for (let index = lossy.indexOf('\uFFFD'); index >= 0; index = lossy.indexOf('\uFFFD', from)) {
    offset += Buffer.byteLength(lossy.slice(from, index));
    if (!(body[offset] === 0xef && body[offset + 1] === 0xbf && body[offset + 2] === 0xbd)) {
      const byte = (body[offset] ?? 0).toString(16).padStart(2, '0');
      const at = positionAt(createSourceFile('', lossy), index);
      return undecodable(
        'invalid-bytes',
        `it is not valid UTF-8: byte 0x${byte} at offset ${offset}; declare its encoding or convert it`,
        at.line,
        at.column,
      );
    }
    offset += 3;
    from = index + 1;
  }
  return undecodable('invalid-bytes', 'it is not valid UTF-8', 1, 1);
}

/** iconv-lite replaces what it cannot decode, so only a text that encodes to the same bytes was read correctly. */
function decodeLegacy(body: Uint8Array, encoding: string): string | Undecodable {
  const bytes = Buffer.from(body);
  const text = iconv.decode(bytes, encoding, { stripBOM: false });
  if (iconv.encode(text, encoding).equals(bytes)) return text;
  return undecodable('invalid-bytes', `it is not valid ${encoding}, the encoding it declares`, 1, 1);
}

function undecodable(messageId: Undecodable['messageId'], message: string, line: number, column: number): Undecodable {
  return { kind: 'undecodable', messageId, message, at: { line, column } };
}
