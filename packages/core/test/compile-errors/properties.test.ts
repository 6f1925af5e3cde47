import fc from 'fast-check';
import { findSyntaxProblems, type Parser } from '@pylint-leaks/core';
import { loadTestParser } from '@pylint-leaks/testkit';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

const PIECES = (
  'a b 1 0x1 1e "s" f"{ } " \' """ ( ) [ ] { } , : ; . = := == + * ** @ -> ! \\ if else elif for in while def class ' +
  'lambda try except finally with as match case type async await yield return not and or is None import from del print ' +
  'global nonlocal \n \n\x20\x20 \n\t # é 😀 \r\n \0'
).split(' ');

it('answers for any text, with spans inside of it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), (pieces) => {
      const source = pieces.join(' ');
      for (const { span, related } of findSyntaxProblems(source, parser.parse(source), [3, 9])) {
        for (const { start, end } of [span, ...related.map((place) => place.span)]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(source.length);
        }
      }
    }),
    { numRuns: 400, seed: 7 },
  );
});
