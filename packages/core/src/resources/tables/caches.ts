/** One decorator that remembers results by arguments. */
export interface CacheRow {
  /** Qualified name, called or not. */
  readonly decorator: string;
  /** Where the bound is given; without a place there is none to give. */
  readonly bound?: { readonly keyword: string; readonly position: number };
  /** Entries that are kept when no bound is given; undefined when there is no limit. */
  readonly usual?: number;
}

/** Sources: https://docs.python.org/3/library/functools.html and the pages of the packages. */
export const CACHE_ROWS: readonly CacheRow[] = [
  { decorator: 'async_lru.alru_cache', bound: { keyword: 'maxsize', position: 0 }, usual: 128 },
  { decorator: 'functools.cache' },
  { decorator: 'functools.lru_cache', bound: { keyword: 'maxsize', position: 0 }, usual: 128 },
];

/** Decorators under which the first parameter of a function in a class is no instance. */
export const WITHOUT_INSTANCE: ReadonlySet<string> = new Set(['builtins.classmethod', 'builtins.staticmethod']);

/** Bases of classes whose instances are as many as the source names, or live as long as the program. */
export const FEW_INSTANCES: ReadonlySet<string> = new Set([
  'builtins.type',
  'abc.ABCMeta',
  'enum.Enum',
  'enum.EnumMeta',
  'enum.Flag',
  'enum.IntEnum',
  'enum.IntFlag',
  'enum.StrEnum',
]);

/** Bases of classes whose instances are values: equal ones share an entry, and they hold nothing but a few fields. */
export const VALUE_BASES: ReadonlySet<string> = new Set([
  'builtins.bytes',
  'builtins.float',
  'builtins.frozenset',
  'builtins.int',
  'builtins.str',
  'builtins.tuple',
  'typing.NamedTuple',
]);

/** Types with few values, or values that live as long as the program anyway. */
export const FEW_VALUES: ReadonlySet<string> = new Set([
  'builtins.bool',
  'builtins.type',
  'typing.Callable',
  'typing.Literal',
  'typing.Type',
  'types.FunctionType',
  'types.ModuleType',
]);

/** Names of dictionaries that are meant as caches. */
export const CACHE_NAMES = /cache|memo(?:$|_|i[sz]e)/i;

/** Names of values that come from outside, one after the other without an end. */
export const ENDLESS_NAMES =
  /(?:^|_)(?:urls?|uris?|quer(?:y|ies)|sql|prompts?|texts?|messages?|contents?|payload|body|tokens?|emails?|sentences?|documents?|requests?|timestamps?|digest|ip|ip_?addr(?:ess)?|user_?id|session_?id|request_?id|message_?id|chat_?id|user_?name)$/i;

/** Types with values without an end. */
export const ENDLESS_TYPES: ReadonlySet<string> = new Set([
  'builtins.bytes',
  'builtins.float',
  'datetime.date',
  'datetime.datetime',
  'decimal.Decimal',
  'numpy.ndarray',
  'uuid.UUID',
]);
