/** What an old category stood for, and which of today's rules would confirm it. */
export interface CategoryRow {
  /** Names of the category in old reports, and ids of other tools' rules. */
  readonly names: readonly string[];
  /** Ids of today's rules; those that do not exist (yet) never confirm anything. */
  readonly rules: readonly string[];
  /** It was about calls: where their names stand in a string there is nothing. */
  readonly isAboutCalls?: true;
  /** Why code that none of these rules reports is no leak. */
  readonly otherwise: string;
}

/** Rules about anything that must be released. */
export const RESOURCE_RULES: readonly string[] = [
  'unclosed-file',
  'unclosed-sqlite-connection',
  'unclosed-database-connection',
  'unclosed-http-session',
  'unclosed-socket',
  'unclosed-executor',
  'unclosed-resource',
  'unclosed-async-resource',
  'unjoined-thread',
  'unreaped-process',
  'unreleased-lock',
  'unremoved-temp-file',
  'dangling-async-task',
];

/** Old categories; the first row with the name counts. */
export const CATEGORIES: readonly CategoryRow[] = [
  {
    names: ['event_handlers', 'event_handler', 'event_listeners', 'signal_handlers'],
    rules: ['unremoved-handler'],
    otherwise: 'no handler is registered here that outlives its owner: the category matched a name',
  },
  {
    names: ['circular_references', 'circular_reference', 'reference_cycles'],
    rules: ['uncollectable-cycle'],
    otherwise: 'there is no cycle that keeps anything: Python collects cycles that hold no resource and no `__del__`',
  },
  {
    names: ['global_variables', 'global_variable', 'global_state'],
    rules: ['growing-container', 'unbounded-cache'],
    otherwise: 'a module-level value that does not grow: one object for the life of the program is no leak',
  },
  {
    names: ['large_data_structures', 'large_data_structure'],
    rules: ['growing-container', 'unbounded-cache', 'unbounded-queue', 'growing-figure'],
    otherwise: 'nothing grows here without bound while something long-lived holds it',
  },
  {
    names: ['deque_without_limit', 'deque_without_maxlen', 'queue_without_limit'],
    rules: ['unbounded-queue', 'growing-container'],
    isAboutCalls: true,
    otherwise: 'no queue that a producer fills without bound',
  },
  {
    names: ['sqlite_without_close', 'sqlite_connection', 'sqlite3'],
    rules: ['unclosed-sqlite-connection'],
    isAboutCalls: true,
    otherwise: 'no SQLite connection is lost here',
  },
  {
    names: ['threading_thread', 'thread_without_join', 'threads'],
    rules: ['unjoined-thread'],
    isAboutCalls: true,
    otherwise: 'no thread is started here that nobody joins',
  },
  {
    names: ['file_without_context', 'open_without_close', 'SIM115', 'open-file-with-context-handler'],
    rules: ['unclosed-file'],
    isAboutCalls: true,
    otherwise: 'no file is opened here that stays open',
  },
  {
    names: ['resource_creation', 'R1732', 'consider-using-with', 'py/file-not-closed'],
    rules: [...RESOURCE_RULES, 'unbounded-queue'],
    isAboutCalls: true,
    otherwise: 'nothing that has to be released is lost here',
  },
  { names: ['RUF006', 'asyncio-dangling-task'], rules: ['dangling-async-task'], otherwise: 'no task is dropped here' },
];

/** The row of a category; a rule of ours confirms itself, any other name may be confirmed by every rule. */
export function categoryOf(name: string, ruleIds: readonly string[]): CategoryRow {
  const known = CATEGORIES.find(({ names }) => names.includes(name));
  if (known !== undefined) return known;
  const rules = ruleIds.includes(name) ? [name] : ruleIds;
  return { names: [name], rules, otherwise: 'nothing is reported here today' };
}
