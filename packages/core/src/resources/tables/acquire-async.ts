import type { AcquireRow } from '../model';

const TASK = {
  family: 'task',
  release: ['cancel'],
  with: 'none',
  reclaim: 'refcount',
  type: 'asyncio.Task',
  obligation: 'keep',
  silent: true,
} as const;
const STREAM = {
  family: 'async',
  release: ['close'],
  with: 'none',
  reclaim: 'never',
  type: 'asyncio.StreamWriter',
  elements: [1],
} as const;
const SERVER = {
  family: 'async',
  release: ['close'],
  with: 'async',
  reclaim: 'never',
  type: 'asyncio.Server',
  awaitsRelease: false,
  works: true,
  entered: 'result',
  exit: { also: 'waits until the server is closed', equals: [] },
} as const;
const TRANSPORT = {
  family: 'async',
  release: ['close', 'abort'],
  with: 'none',
  reclaim: 'never',
  type: 'asyncio.Transport',
  elements: [0],
  // The protocol gets the transport in `connection_made`.
  keptByElement: 1,
} as const;
const CHILD = {
  family: 'async',
  release: ['wait', 'communicate'],
  with: 'none',
  reclaim: 'never',
  type: 'asyncio.subprocess.Process',
  works: true,
  awaitsRelease: true,
  ending: ['terminate', 'kill'],
  waits: ['wait', 'communicate'],
} as const;
const LOCK = {
  family: 'lock',
  release: ['release'],
  with: 'async',
  reclaim: 'never',
  of: 'receiver',
  silent: true,
} as const;

/** asyncio, sorted by name. Source: Python docs, "asyncio", and the warnings its own destructors give. */
export const ASYNC_ROWS = [
  { ...LOCK, acquire: 'asyncio.Condition.acquire', type: 'asyncio.Condition' },
  { ...LOCK, acquire: 'asyncio.Lock.acquire', type: 'asyncio.Lock' },
  { ...LOCK, acquire: 'asyncio.Semaphore.acquire', type: 'asyncio.Semaphore' },
  { ...CHILD, acquire: 'asyncio.create_subprocess_exec' },
  { ...CHILD, acquire: 'asyncio.create_subprocess_shell' },
  { ...TASK, acquire: 'asyncio.create_task' },
  { ...TASK, acquire: 'asyncio.ensure_future' },
  { ...TRANSPORT, acquire: 'asyncio.loop.connect_read_pipe' },
  { ...TRANSPORT, acquire: 'asyncio.loop.create_connection' },
  { ...TRANSPORT, acquire: 'asyncio.loop.create_datagram_endpoint' },
  { ...SERVER, acquire: 'asyncio.loop.create_server' },
  { ...TASK, acquire: 'asyncio.loop.create_task' },
  {
    family: 'async',
    release: ['close'],
    with: 'none',
    reclaim: 'cycle',
    acquire: 'asyncio.new_event_loop',
    type: 'asyncio.loop',
  },
  { ...STREAM, acquire: 'asyncio.open_connection' },
  { ...STREAM, acquire: 'asyncio.open_unix_connection' },
  { ...SERVER, acquire: 'asyncio.start_server' },
  { ...SERVER, acquire: 'asyncio.start_unix_server' },
  {
    family: 'async',
    release: ['disconnect'],
    with: 'async',
    reclaim: 'never',
    acquire: 'bleak.BleakClient',
    type: 'bleak.BleakClient',
    acquiredBy: 'connect',
  },
] as const satisfies readonly AcquireRow[];
