/** What the recorder of the Python package notes (`KINDS` in `_recorder.py`). */
export const RECORDED_KINDS = ['file', 'process', 'socket', 'sqlite', 'task', 'thread'] as const;
export type RecordedKind = (typeof RECORDED_KINDS)[number];

interface Row {
  readonly rule: string;
  readonly kind: RecordedKind;
  /** Starts of the names of what is acquired; what is not named here is not recorded. */
  readonly resources: readonly string[];
}

/** Which findings a recording can say something about, and under which kind. */
const ROWS: readonly Row[] = [
  { rule: 'unclosed-sqlite-connection', kind: 'sqlite', resources: ['sqlite3.'] },
  { rule: 'unclosed-database-connection', kind: 'sqlite', resources: ['sqlite3.'] },
  {
    rule: 'unclosed-file',
    kind: 'file',
    resources: ['open', 'io.open', 'codecs.open', 'gzip.open', 'bz2.open', 'lzma.open', 'zipfile.ZipFile', 'pathlib.'],
  },
  { rule: 'unclosed-socket', kind: 'socket', resources: ['socket.', 'socketserver.', 'http.server.'] },
  { rule: 'unjoined-thread', kind: 'thread', resources: ['threading.'] },
  { rule: 'unreaped-process', kind: 'process', resources: ['subprocess.'] },
  { rule: 'dangling-async-task', kind: 'task', resources: ['asyncio.'] },
];

/** The kind under which what a finding is about is recorded; undefined when it is not. */
export function recordedKind({
  ruleId,
  data,
}: {
  readonly ruleId: string;
  readonly data: { readonly resource: string };
}): RecordedKind | undefined {
  return ROWS.find(
    ({ rule, resources }) =>
      rule === ruleId &&
      resources.some((name) => (name.endsWith('.') ? data.resource.startsWith(name) : data.resource === name)),
  )?.kind;
}
