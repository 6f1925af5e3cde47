import type { AcquireRow } from '../model';

const CHILD = { family: 'process', with: 'none', reclaim: 'never', silent: true } as const;
const WORKER = {
  ...CHILD,
  release: ['join'],
  acquiredBy: 'start',
  ending: ['terminate', 'kill'],
  waits: ['join'],
} as const;
const SHUT_DOWN = { family: 'executor', release: ['shutdown'], silent: true } as const;
const EXECUTOR = {
  ...SHUT_DOWN,
  with: 'closes-and-more',
  exit: {
    also: 'waits for the work that was submitted',
    equals: ['shutdown()', 'shutdown(True)', 'shutdown(wait=True)'],
  },
  reclaim: 'refcount',
} as const;
const POOL = {
  ...EXECUTOR,
  release: ['terminate', 'close', 'join'],
  ending: ['terminate', 'close'],
  waits: ['join'],
  exit: {
    also: 'terminates the workers',
    equals: ['terminate()'],
    idleAfter: ['close(); join()', 'terminate(); join()', 'join()'],
  },
  type: 'multiprocessing.pool.Pool',
} as const;
/** `BaseManager.__exit__` is `shutdown`. */
const MANAGER = { ...SHUT_DOWN, with: 'closes', reclaim: 'never' } as const;
const QUEUE = {
  family: 'executor',
  release: ['close', 'join_thread', 'cancel_join_thread'],
  with: 'none',
  reclaim: 'refcount',
  silent: true,
} as const;
const PIPE = { family: 'socket', release: ['close'], with: 'closes', reclaim: 'refcount', silent: true } as const;
/** `close` raises BufferError while something looks into the memory. */
const MEMORY = {
  family: 'other',
  release: ['close', 'unlink'],
  with: 'none',
  reclaim: 'never',
  mayFail: { releases: ['close'], when: 'always' },
} as const;
const LOCK = {
  family: 'lock',
  release: ['release'],
  with: 'closes',
  reclaim: 'never',
  of: 'receiver',
  silent: true,
} as const;
const SERVICE = {
  family: 'thread',
  with: 'none',
  reclaim: 'never',
  acquiredBy: 'start',
  works: true,
  silent: true,
} as const;
const BROWSER = { family: 'process', release: ['quit'], with: 'closes', reclaim: 'never', silent: true } as const;

/** Processes, pools, managers, locks and services that run beside the program, sorted by name. */
export const RUNNING_ROWS = [
  {
    ...SERVICE,
    acquire: 'apscheduler.schedulers.background.BackgroundScheduler',
    type: 'apscheduler.schedulers.background.BackgroundScheduler',
    release: ['shutdown'],
  },
  {
    ...EXECUTOR,
    acquire: 'concurrent.futures.InterpreterPoolExecutor',
    type: 'concurrent.futures.InterpreterPoolExecutor',
  },
  { ...EXECUTOR, acquire: 'concurrent.futures.ProcessPoolExecutor', type: 'concurrent.futures.ProcessPoolExecutor' },
  { ...EXECUTOR, acquire: 'concurrent.futures.ThreadPoolExecutor', type: 'concurrent.futures.ThreadPoolExecutor' },
  { ...SERVICE, acquire: 'logging.handlers.QueueListener', type: 'logging.handlers.QueueListener', release: ['stop'] },
  { ...QUEUE, acquire: 'multiprocessing.JoinableQueue', type: 'multiprocessing.JoinableQueue' },
  { ...LOCK, acquire: 'multiprocessing.Lock.acquire', type: 'multiprocessing.Lock' },
  { ...MANAGER, acquire: 'multiprocessing.Manager', type: 'multiprocessing.managers.SyncManager' },
  { ...PIPE, acquire: 'multiprocessing.Pipe', type: 'multiprocessing.connection.Connection', elements: [0, 1] },
  { ...POOL, acquire: 'multiprocessing.Pool' },
  { ...WORKER, acquire: 'multiprocessing.Process', type: 'multiprocessing.Process' },
  { ...QUEUE, acquire: 'multiprocessing.Queue', type: 'multiprocessing.Queue' },
  { ...PIPE, acquire: 'multiprocessing.connection.Client', type: 'multiprocessing.connection.Connection' },
  { ...PIPE, acquire: 'multiprocessing.connection.Listener', type: 'multiprocessing.connection.Listener' },
  { ...WORKER, acquire: 'multiprocessing.context.BaseContext.Process', type: 'multiprocessing.Process' },
  { ...POOL, acquire: 'multiprocessing.dummy.Pool' },
  {
    ...MANAGER,
    acquire: 'multiprocessing.managers.BaseManager',
    type: 'multiprocessing.managers.BaseManager',
    acquiredBy: 'start',
  },
  {
    ...MANAGER,
    acquire: 'multiprocessing.managers.SharedMemoryManager',
    type: 'multiprocessing.managers.SharedMemoryManager',
    acquiredBy: 'start',
  },
  {
    ...MANAGER,
    acquire: 'multiprocessing.managers.SyncManager',
    type: 'multiprocessing.managers.SyncManager',
    acquiredBy: 'start',
  },
  { ...POOL, acquire: 'multiprocessing.pool.Pool' },
  { ...POOL, acquire: 'multiprocessing.pool.ThreadPool' },
  {
    ...MEMORY,
    acquire: 'multiprocessing.shared_memory.ShareableList',
    type: 'multiprocessing.shared_memory.ShareableList',
  },
  {
    ...MEMORY,
    acquire: 'multiprocessing.shared_memory.SharedMemory',
    type: 'multiprocessing.shared_memory.SharedMemory',
  },
  {
    ...SERVICE,
    acquire: 'pynput.keyboard.Listener',
    type: 'pynput.keyboard.Listener',
    release: ['stop', 'join'],
    ending: ['stop'],
    waits: ['join'],
  },
  { ...BROWSER, acquire: 'selenium.webdriver.Chrome', type: 'selenium.webdriver.Chrome' },
  { ...BROWSER, acquire: 'selenium.webdriver.Edge', type: 'selenium.webdriver.Edge' },
  { ...BROWSER, acquire: 'selenium.webdriver.Firefox', type: 'selenium.webdriver.Firefox' },
  { ...BROWSER, acquire: 'selenium.webdriver.Remote', type: 'selenium.webdriver.Remote' },
  {
    ...CHILD,
    acquire: 'subprocess.Popen',
    type: 'subprocess.Popen',
    release: ['wait', 'communicate', 'poll'],
    ending: ['terminate', 'kill'],
    waits: ['wait', 'communicate'],
    works: true,
    with: 'closes-and-more',
    exit: {
      also: 'closes its pipes and waits for it',
      equals: ['wait()'],
      idleAfter: ['communicate()', 'wait()'],
    },
    unless: [{ keyword: 'start_new_session', value: 'True' }],
  },
  { ...LOCK, acquire: 'threading.Condition.acquire', type: 'threading.Condition' },
  { ...LOCK, acquire: 'threading.Lock.acquire', type: 'threading.Lock' },
  { ...LOCK, acquire: 'threading.RLock.acquire', type: 'threading.RLock' },
  { ...LOCK, acquire: 'threading.Semaphore.acquire', type: 'threading.Semaphore' },
  {
    ...SERVICE,
    acquire: 'watchdog.observers.Observer',
    type: 'watchdog.observers.Observer',
    release: ['stop', 'join'],
    ending: ['stop'],
    waits: ['join'],
  },
] as const satisfies readonly AcquireRow[];
