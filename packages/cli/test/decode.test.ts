import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decode, encode, type Decoded } from '../src/decode';

function text(bytes: Uint8Array): Decoded {
  const decoded = decode(bytes);
  if (decoded.kind !== 'text') throw new Error(decoded.message);
  return decoded;
}

function refusal(bytes: Uint8Array) {
  const decoded = decode(bytes);
  if (decoded.kind === 'text') throw new Error(`decoded as ${decoded.encoding}`);
  return decoded;
}

const bytes = (content: string) => Buffer.from(content, 'utf8');

test.each([
  ['no cookie', '# plain\nx = "é"\n', 'utf-8'],
  ['a cookie on line 1', '# -*- coding: utf-8 -*-\nx = "é"\n', 'utf-8'],
  ['a cookie on line 2 behind a shebang', '#!/usr/bin/python\n# vim: set fileencoding=utf8 :\n', 'utf-8'],
  ['a cookie on line 2 behind a blank line', ' \t\f\n# coding=UTF_8\n', 'utf-8'],
  ['an Emacs suffix', '# coding: utf-8-unix\nx = "é"\n', 'utf-8'],
  ['a cookie on line 3 counts for nothing', '#\n#\n# coding: latin-1\n', 'utf-8'],
  ['a cookie behind code counts for nothing', 'x = 1\n# coding: latin-1\n', 'utf-8'],
  ['a cookie in a string counts for nothing', 's = "# coding: latin-1"\n', 'utf-8'],
])('%s', (_name, content, encoding) => {
  expect(text(bytes(content))).toEqual({ kind: 'text', text: content, encoding, bom: false });
});

test('a byte-order mark is no part of the text and comes back', () => {
  const content = Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes('x = 1\r\n')]);
  const decoded = text(content);
  expect(decoded).toMatchObject({ text: 'x = 1\r\n', bom: true });
  expect(encode('y = 1\r\n', decoded)).toEqual(Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), bytes('y = 1\r\n')]));
});

test.each(['latin-1', 'iso-8859-15', 'cp1252', 'koi8-r', 'euc_jp', 'gbk', 'shift_jis', 'big5', 'mac_roman', 'cp437'])(
  '%s',
  (encoding) => {
    const letters =
      { 'koi8-r': 'привет', euc_jp: '日本', gbk: '中文', shift_jis: '日本', big5: '中文' }[encoding] ?? 'é';
    const content = `# coding: ${encoding}\ns = "${letters}"\n`;
    const raw = iconv.encode(content, encoding.replace('mac_roman', 'macroman'));
    const decoded = text(raw);
    expect(decoded.text).toBe(content);
    expect(encode(content.replace('s', 't'), decoded)).toEqual(
      iconv.encode(content.replace('s', 't'), encoding.replace('mac_roman', 'macroman')),
    );
  },
);

test('a text that the encoding cannot hold is not written', () => {
  expect(encode('s = "€"', text(Buffer.from('# coding: latin-1\n', 'latin1')))).toBeUndefined();
});

test.each([
  [
    'invalid UTF-8',
    Buffer.concat([bytes('a = 1\nb = "\ufffd'), Buffer.of(0xe9, 0x22, 0x0a)]),
    'invalid-bytes',
    { line: 2, column: 7 },
  ],
  ['a truncated sequence at the end', Buffer.of(0x61, 0xc3), 'invalid-bytes', { line: 1, column: 2 }],
  [
    'bytes that the declared encoding lacks',
    Buffer.from('# coding: ascii\n# \xe9\n', 'latin1'),
    'invalid-bytes',
    { line: 1, column: 1 },
  ],
  ['an unknown encoding', bytes('#!/usr/bin/python\n# coding: klingon\n'), 'unknown-encoding', { line: 2, column: 1 }],
  ['an encoding that is no text encoding', bytes('# coding: base64\n'), 'unknown-encoding', { line: 1, column: 1 }],
  ['UTF-16 declared in ASCII', bytes('# coding: utf-16\n'), 'unknown-encoding', { line: 1, column: 1 }],
  ['UTF-16', Buffer.from('\ufeffx = 1\n', 'utf16le'), 'utf-16', { line: 1, column: 1 }],
  ['a mark that contradicts the cookie', bytes('\ufeff# coding: latin-1\n'), 'bom-and-cookie', { line: 1, column: 1 }],
  ['a NUL byte', bytes('x = 1\n\0y\n'), 'nul-byte', { line: 2, column: 1 }],
])('%s is refused, at its place', (_name, content, messageId, at) => {
  expect(refusal(content)).toMatchObject({ messageId, at });
});

test('the offset of a bad byte counts bytes, also behind replacement characters that are meant', () => {
  expect(refusal(Buffer.concat([bytes('\ufffdé'), Buffer.of(0xff)])).message).toContain('byte 0xff at offset 5');
});

test('what is decoded comes back byte for byte, or is refused', () => {
  const cookie = fc.constantFrom(
    '',
    '# coding: latin-1\n',
    '# coding: cp1252\n',
    '# coding: euc-jp\n',
    '# coding: ascii\r\n',
  );
  let accepted = 0;
  fc.assert(
    fc.property(cookie, fc.boolean(), fc.uint8Array({ maxLength: 40 }), (head, mark, tail) => {
      const raw = Buffer.concat([mark ? Buffer.of(0xef, 0xbb, 0xbf) : Buffer.of(), Buffer.from(head), tail]);
      const decoded = decode(raw);
      if (decoded.kind !== 'text') return;
      accepted += 1;
      expect(Buffer.from(encode(decoded.text, decoded) ?? [])).toEqual(raw);
    }),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(50);
});
