/** A public project whose tests are run before and after fixes. */
export interface Suite {
  /** Name on PyPI. */
  readonly name: string;
  readonly version: string;
  /** What its tests need besides the project's own dependencies and pytest. */
  readonly needs: readonly string[];
  /** Folder that goes on `PYTHONPATH`, below the root of the source distribution. */
  readonly source: string;
  /** Arguments of pytest: what to run, and what needs a network or another system. */
  readonly args: readonly string[];
}

/** Fast suites that run offline; what opens databases, files, sockets and threads first. */
export const PROJECTS: readonly Suite[] = [
  { name: 'sqlite-utils', version: '4.2.1', needs: ['hypothesis', 'cogapp'], source: '.', args: ['tests'] },
  {
    name: 'diskcache',
    version: '5.6.3',
    needs: [],
    source: '.',
    args: ['core', 'deque', 'fanout', 'index', 'recipes'].map((part) => `tests/test_${part}.py`),
  },
  { name: 'sqlitedict', version: '2.1.0', needs: [], source: '.', args: ['tests'] },
  {
    name: 'persist-queue',
    version: '1.1.0',
    needs: ['msgpack', 'cbor2', 'aiofiles', 'aiosqlite', 'DBUtils', 'PyMySQL', 'pytest-asyncio'],
    source: '.',
    // What is left out needs a MySQL server.
    args: ['persistqueue/tests', '--ignore', 'persistqueue/tests/test_mysqlqueue.py'],
  },
  // Its other tests need a Redis server.
  { name: 'huey', version: '3.5.4', needs: [], source: '.', args: ['huey/tests', '-k', 'not redis and not Redis'] },
  { name: 'supervisor', version: '4.3.0', needs: ['setuptools<81'], source: '.', args: ['supervisor/tests'] },
  { name: 'schedule', version: '1.2.2', needs: ['pytz'], source: '.', args: ['test_schedule.py'] },
  { name: 'cachetools', version: '8.0.2', needs: [], source: 'src', args: ['tests'] },
];
