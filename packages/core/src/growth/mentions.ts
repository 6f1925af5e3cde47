import {
  HANDLER_BASES,
  HANDLER_DECORATOR_NAMES,
  HANDLER_DECORATORS,
  REPEATS_CALLBACK,
  RUNS_LATER,
} from '../resources/tables/repeating';

/**
 * The pattern of names (`^…$`) as one of texts that hold such a name: what a text must have before it is worth parsing.
 * Python's identifiers may hold more than ASCII; a word that is a part of such a name is found, too.
 */
export function inText({ source, flags }: RegExp): RegExp {
  return new RegExp(source.replaceAll('^', String.raw`\b`).replaceAll('$', String.raw`\b`), flags);
}

/** Words, as a pattern of texts in which one of them occurs. */
export function anyWord(words: Iterable<string>): RegExp {
  return new RegExp(String.raw`\b(?:${[...words].join('|')})\b`);
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const firstPart = (name: string): string => name.slice(0, name.indexOf('.'));

const REPEATING: readonly RegExp[] = [
  // A loop whose condition is a constant, a flag, or asks an event; `while` always starts a line.
  /^[ \t\f]*while\b\s*(?:True\b|not\b|[\d(\\]|[^\s:]*\.)/m,
  new RegExp(String.raw`^[ \t\f]*@(?:.*\.\s*(?:${[...HANDLER_DECORATORS].join('|')})\b|\s*\(|.*\\$)`, 'm'),
  anyWord([
    ...new Set([...HANDLER_DECORATOR_NAMES].map(firstPart)),
    ...HANDLER_BASES.map(({ base }) => lastPart(base)),
    ...RUNS_LATER,
  ]),
  new RegExp(String.raw`\b(?:${[...REPEATS_CALLBACK].join('|')})\s*\(`),
  // `client.on_message = self.on_message`
  /\.\s*on_?[a-z]\w*\s*=/,
];

/** Whether a text can have code that runs again and again, as `findRepetitions` sees it. */
export function mayRepeat(text: string): boolean {
  return REPEATING.some((pattern) => pattern.test(text));
}
