import { draw } from '../tools/ecosystem/draw';

const letters = [...'abcdefghij'];

test('draws each item once, and the same ones with the same seed', () => {
  const drawn = draw(letters, 4, 11);
  expect(new Set(drawn).size).toBe(4);
  expect(draw(letters, 4, 11)).toEqual(drawn);
  expect(draw(letters, 4, 12)).not.toEqual(drawn);
  expect(letters).toHaveLength(10);
});

test('begins with the same items, however many are asked for', () => {
  expect(draw(letters, 7, 11).slice(0, 4)).toEqual(draw(letters, 4, 11));
});

test('gives everything when there is less', () => {
  expect([...draw(letters, 25, 11)].sort()).toEqual(letters);
  expect(draw([], 25, 11)).toEqual([]);
});
