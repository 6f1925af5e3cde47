/** Calls that take everything out of an iterable that is passed to them; `*.name` is a method of that name. */
export const ITERATES_TO_THE_END: ReadonlySet<string> = new Set([
  '*.extend',
  '*.join',
  '*.writelines',
  'builtins.dict',
  'builtins.frozenset',
  'builtins.list',
  'builtins.max',
  'builtins.min',
  'builtins.set',
  'builtins.sorted',
  'builtins.sum',
  'builtins.tuple',
  'collections.Counter',
]);
