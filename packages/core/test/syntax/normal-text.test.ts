import { normalText } from '../../src/syntax/normal-text';

test.each([
  ["open( path,'w' )", 'open(path, "w")'],
  ['open(\n    path,\n    "w",  # why\n)', 'open(path, "w")'],
  ['open(path, \\\n  "w")', 'open(path, "w")'],
  ['Path(x)\n    .open(  )', 'Path(x).open()'],
  ["f(u'a', R'b', 'it\\'s')", 'f("a", r"b", "it\'s")'],
  ["f(f'{ name }!', *rest, **more)", 'f(f"{name}!", *rest, **more)'],
  ['f(lambda  x :x  if x else not  y)', 'f(lambda x:x if x else not y)'],
  ["f('a'  'b', 0XFF, [1,2,])", 'f("a" "b", 0xff, [1, 2])'],
  ["f('''a\r\nb''')", 'f("""a\nb""")'],
  ['f(größe)', 'f(größe)'],
])('%j reads %j', (text, expected) => {
  expect(normalText(text)).toBe(expected);
});

test('What is no Python text keeps its words', () => {
  expect(normalText('f("a  \n b')).toBe('f("a b');
  expect(normalText('')).toBe('');
});

test('Different calls stay different', () => {
  const texts = ['open(a)', 'open(b)', 'open("a")', 'open(a, "w")', 'x.open(a)', 'open(a)(b)', 'open(a.b)', 'open(ab)'];
  expect(new Set(texts.map(normalText)).size).toBe(texts.length);
});
