/** What kind of container an expression makes. */
export type ContainerForm = 'list' | 'dict' | 'set' | 'deque' | 'queue';

/** A constructor of containers. */
export interface ContainerRow {
  readonly call: string;
  readonly form: ContainerForm;
  /** An argument that limits how much it holds; `None` and numbers below one are no limit. */
  readonly bound?: { readonly keyword: string; readonly position: number };
  /** Looking up a missing key enters it: `defaultdict(list)[key]`. */
  readonly fillsOnRead?: true;
}

export const CONTAINER_ROWS: readonly ContainerRow[] = [
  { call: 'asyncio.LifoQueue', form: 'queue', bound: { keyword: 'maxsize', position: 0 } },
  { call: 'asyncio.PriorityQueue', form: 'queue', bound: { keyword: 'maxsize', position: 0 } },
  { call: 'asyncio.Queue', form: 'queue', bound: { keyword: 'maxsize', position: 0 } },
  { call: 'builtins.dict', form: 'dict' },
  { call: 'builtins.list', form: 'list' },
  { call: 'builtins.set', form: 'set' },
  { call: 'collections.Counter', form: 'dict' },
  { call: 'collections.OrderedDict', form: 'dict' },
  { call: 'collections.defaultdict', form: 'dict', fillsOnRead: true },
  { call: 'collections.deque', form: 'deque', bound: { keyword: 'maxlen', position: 1 } },
  { call: 'multiprocessing.JoinableQueue', form: 'queue', bound: { keyword: 'maxsize', position: 0 } },
  { call: 'multiprocessing.Queue', form: 'queue', bound: { keyword: 'maxsize', position: 0 } },
  { call: 'multiprocessing.SimpleQueue', form: 'queue' },
  { call: 'queue.LifoQueue', form: 'queue', bound: { keyword: 'maxsize', position: 0 } },
  { call: 'queue.PriorityQueue', form: 'queue', bound: { keyword: 'maxsize', position: 0 } },
  { call: 'queue.Queue', form: 'queue', bound: { keyword: 'maxsize', position: 0 } },
  { call: 'queue.SimpleQueue', form: 'queue' },
];

/** Methods that add something. `setdefault` and `update` add under keys. */
export const GROWING_METHODS: ReadonlySet<string> = new Set([
  'add',
  'append',
  'appendleft',
  'extend',
  'extendleft',
  'insert',
  'put',
  'put_nowait',
  'setdefault',
  'update',
]);

/** Methods that take something out; of a dictionary `get` is none. */
export const SHRINKING_METHODS: ReadonlySet<string> = new Set([
  '__delitem__',
  'clear',
  'difference_update',
  'discard',
  'intersection_update',
  'pop',
  'popitem',
  'popleft',
  'remove',
]);

/** Methods that take something out of a queue. */
export const DRAINING_METHODS: ReadonlySet<string> = new Set(['get', 'get_nowait', 'shutdown']);

/** Methods that tell how full a queue is. */
export const MEASURING_METHODS: ReadonlySet<string> = new Set(['full', 'qsize']);

/** Methods that leave a container as it is. */
export const READING_METHODS: ReadonlySet<string> = new Set([
  '__contains__',
  '__getitem__',
  '__iter__',
  '__len__',
  'copy',
  'count',
  'difference',
  'elements',
  'empty',
  'get',
  'index',
  'intersection',
  'isdisjoint',
  'issubset',
  'issuperset',
  'items',
  'join',
  'keys',
  'most_common',
  'move_to_end',
  'reverse',
  'rotate',
  'sort',
  'task_done',
  'total',
  'union',
  'values',
]);

/** Functions that look at a container that is passed to them and keep nothing of it but its elements. */
export const READING_CALLS: ReadonlySet<string> = new Set([
  'builtins.all',
  'builtins.any',
  'builtins.bool',
  'builtins.dict',
  'builtins.enumerate',
  'builtins.filter',
  'builtins.frozenset',
  'builtins.isinstance',
  'builtins.iter',
  'builtins.len',
  'builtins.list',
  'builtins.map',
  'builtins.max',
  'builtins.min',
  'builtins.next',
  'builtins.print',
  'builtins.repr',
  'builtins.reversed',
  'builtins.set',
  'builtins.sorted',
  'builtins.str',
  'builtins.sum',
  'builtins.tuple',
  'builtins.type',
  'builtins.zip',
  'collections.Counter',
  'collections.deque',
  'copy.copy',
  'copy.deepcopy',
  'itertools.chain',
  'itertools.chain.from_iterable',
  'itertools.islice',
  'json.dump',
  'json.dumps',
  'pickle.dump',
  'pickle.dumps',
  'pprint.pformat',
  'pprint.pprint',
  'random.choice',
  'random.sample',
  'statistics.mean',
  'statistics.median',
  'statistics.stdev',
]);

/** Methods of other objects that only look at a container that is passed to them. */
export const READING_RECEIVERS: ReadonlySet<string> = new Set([
  'critical',
  'debug',
  'difference',
  'error',
  'exception',
  'extend',
  'format',
  'info',
  'intersection',
  'isdisjoint',
  'issubset',
  'issuperset',
  'join',
  'log',
  'union',
  'update',
  'warn',
  'warning',
  'writelines',
]);

/** Calls whose result is new each time: nothing keyed by it is ever met again. */
export const FRESH_CALLS: ReadonlySet<string> = new Set([
  'builtins.id',
  'builtins.next',
  'builtins.object',
  'datetime.datetime.now',
  'datetime.datetime.utcnow',
  'secrets.token_bytes',
  'secrets.token_hex',
  'secrets.token_urlsafe',
  'time.monotonic',
  'time.monotonic_ns',
  'time.perf_counter',
  'time.time',
  'time.time_ns',
  'uuid.uuid1',
  'uuid.uuid4',
]);

/** Names of values that belong to one event and never come back. */
export const ONE_TIME_NAMES =
  /(?:^|_)(?:request|req|message|msg|session|event|task|job|trace|span|correlation|order|tx|txn|transaction|execution|run|invocation|call)_?(?:id|uuid|key|hash)$|^(?:uuid|guid|nonce|timestamp|now)$|_(?:uuid|guid|nonce|timestamp)$/i;

/** Names of lists that are there to remember one thing after the other. */
export const HISTORY_NAMES =
  /(?:^|_)(?:history|histories|audit_?(?:log|trail)|event_?log|timeline|past_[a-z]+|logbook|recent_[a-z]+)$/i;
