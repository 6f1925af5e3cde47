/** Breaks Python sources in the ways editing does: tokens and lines lost, doubled, swapped, moved. */

/** A random number from 0 to 1, the same sequence for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const TOKEN = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*|\w+|[^\w\s]/g;

type Mutation = (text: string, pick: (count: number) => number) => string;

function tokensOf(text: string): { start: number; end: number }[] {
  return [...text.matchAll(TOKEN)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function onToken(change: (text: string, all: { start: number; end: number }[], index: number) => string): Mutation {
  return (text, pick) => {
    const all = tokensOf(text).filter(({ start }) => text[start] !== '#');
    return all.length === 0 ? text : change(text, all, pick(all.length));
  };
}

function onLine(change: (lines: string[], index: number) => void): Mutation {
  return (text, pick) => {
    const lines = text.split('\n');
    change(lines, pick(lines.length));
    return lines.join('\n');
  };
}

const MUTATIONS: readonly Mutation[] = [
  onToken((text, all, i) => text.slice(0, all[i]?.start) + text.slice(all[i]?.end)),
  onToken((text, all, i) => {
    const token = text.slice(all[i]?.start, all[i]?.end);
    return `${text.slice(0, all[i]?.end)} ${token}${text.slice(all[i]?.end)}`;
  }),
  onToken((text, all, i) => {
    const [a, b] = [all[i], all[i + 1]];
    if (a === undefined || b === undefined) return text;
    return (
      text.slice(0, a.start) +
      text.slice(b.start, b.end) +
      text.slice(a.end, b.start) +
      text.slice(a.start, a.end) +
      text.slice(b.end)
    );
  }),
  onToken((text, all, i) => {
    const other = all[(i * 7919) % all.length];
    return text.slice(0, all[i]?.start) + text.slice(other?.start, other?.end) + text.slice(all[i]?.end);
  }),
  (text, pick) => {
    const at = pick(text.length);
    return text.slice(0, at) + text.slice(at + 1);
  },
  onLine((lines, i) => lines.splice(i, 1)),
  onLine((lines, i) => lines.splice(i, 0, lines[i] ?? '')),
  onLine((lines, i) => (lines[i] = `  ${lines[i] ?? ''}`)),
  onLine((lines, i) => (lines[i] = (lines[i] ?? '').replace(/^ {1,4}/, ''))),
  onLine((lines, i) => (lines[i] = (lines[i] ?? '').replace(/^ {4}/, '\t'))),
  onLine((lines, i) => lines.splice(i)),
  onLine((lines, i) => {
    const other = lines[(i * 31) % lines.length] ?? '';
    lines.splice(i, 0, other);
  }),
];

/** Sources made from `text`, each broken (or not) by one change. */
export function mutate(text: string, count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const pick = (bound: number): number => Math.floor(random() * bound);
  return Array.from({ length: count }, () => {
    const mutation = MUTATIONS[pick(MUTATIONS.length)];
    return mutation === undefined ? text : mutation(text, pick);
  });
}
