import { z } from 'zod';
import { RECORDED_KINDS, type RecordedKind } from './kinds';

const Kind = z.enum(RECORDED_KINDS);
const Count = z.number().int().min(0);

/** One line of an evidence file; see `schema/evidence.json`. Further members are for later versions. */
const Line = z.discriminatedUnion('type', [
  z.object({ v: z.literal(1), type: z.literal('process'), process: z.string(), kinds: z.array(Kind) }),
  z.object({
    v: z.literal(1),
    type: z.literal('site'),
    process: z.string(),
    kind: Kind,
    site: z.object({
      path: z.string(),
      line: Count,
      column: Count.nullable(),
      endLine: Count.nullable(),
      endColumn: Count.nullable(),
      function: z.string(),
      sha256: z.string().nullable(),
    }),
    created: Count,
    collected: Count,
    live: Count,
    leakedAtExit: Count.nullable(),
    maxAgeSeconds: z.number().min(0),
  }),
  z.object({ v: z.literal(1), type: z.literal('end'), process: z.string(), limited: Count }),
]);
type SiteLine = Extract<z.infer<typeof Line>, { type: 'site' }>;

/** A call that made something while the program ran, with what became of it in all recorded processes. */
export interface RecordedSite {
  readonly kind: RecordedKind;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Bytes of UTF-8 from the start of the line; null when the interpreter did not know. */
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly function: string;
  /** Of the bytes of the file, when it could be read. */
  readonly sha256: string | null;
  readonly created: number;
  /** What was never released, or freed without having been closed. */
  readonly leaked: number;
  /** How many of those were freed: the garbage collector closed them, some time or other. */
  readonly collected: number;
  /** Age of the oldest one that was seen open. */
  readonly maxAgeSeconds: number;
  /** The largest number that one process made. */
  readonly mostInOneProcess: number;
}

/** What evidence files say. */
export interface Recording {
  readonly sites: readonly RecordedSite[];
  readonly kinds: ReadonlySet<RecordedKind>;
  readonly processes: number;
  /** Whether a process made more than was noted: then absence proves nothing. */
  readonly isPartial: boolean;
  /** Lines that are no records: torn by a crash, or of another version. */
  readonly badLines: number;
}

/** A process that was killed has no end; what had been open for so long then counts as leaked. */
const OLD_SECONDS = 60;

/**
 * Reads evidence files.
 *
 * @param texts - their contents.
 */
export function readRecording(texts: readonly string[]): Recording {
  const last = new Map<string, SiteLine>();
  const ended = new Set<string>();
  const processes = new Set<string>();
  const kinds = new Set<RecordedKind>();
  let [badLines, isPartial] = [0, false];
  for (const text of texts.flatMap((each) => each.split('\n')).filter((each) => each.trim() !== '')) {
    const line = parseLine(text);
    if (line === undefined) {
      badLines += 1;
      continue;
    }
    processes.add(line.process);
    switch (line.type) {
      case 'process':
        line.kinds.forEach((kind) => kinds.add(kind));
        break;
      case 'site':
        // Totals: the last line of a process and place counts.
        last.set(`${line.process} ${keyOf(line)}`, line);
        break;
      case 'end':
        ended.add(line.process);
        isPartial ||= line.limited > 0;
        break;
    }
  }
  const sites = new Map<string, RecordedSite>();
  for (const line of last.values()) {
    const key = keyOf(line);
    sites.set(key, sum(sites.get(key), line, ended.has(line.process)));
  }
  return { sites: [...sites.values()], kinds, processes: processes.size, isPartial, badLines };
}

function parseLine(text: string): z.infer<typeof Line> | undefined {
  try {
    return Line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const keyOf = ({ kind, site }: SiteLine): string => JSON.stringify([kind, site]);

function sum(known: RecordedSite | undefined, line: SiteLine, hasEnded: boolean): RecordedSite {
  const { kind, site, created, collected, live, leakedAtExit, maxAgeSeconds } = line;
  const stuck = !hasEnded && maxAgeSeconds >= OLD_SECONDS ? live : 0;
  const leaked = hasEnded ? (leakedAtExit ?? 0) : Math.max(stuck, leakedAtExit ?? 0);
  return {
    kind,
    ...site,
    created: (known?.created ?? 0) + created,
    leaked: (known?.leaked ?? 0) + leaked + collected,
    collected: (known?.collected ?? 0) + collected,
    maxAgeSeconds: Math.max(known?.maxAgeSeconds ?? 0, maxAgeSeconds),
    mostInOneProcess: Math.max(known?.mostInOneProcess ?? 0, created),
  };
}
