import type { AcquireRow } from '@pylint-leaks/core';

/**
 * What a value keeps of an open resource. `nothing`: it works on after the release. Every other kind dies with it; the
 * kind says what its methods give. `opaque` is anything that is not better known, and everything taken from it is opaque.
 */
export type Holds =
  | 'nothing'
  | 'connection'
  | 'async-connection'
  | 'cursor'
  | 'file'
  | 'named-temporary-file'
  | 'zip-file'
  | 'tar-file'
  | 'tar-member'
  | 'reader'
  | 'socket'
  | 'child'
  | 'async-child'
  | 'workers'
  | 'session'
  | 'response'
  | 'http-connection'
  | 'fetcher'
  | 'talker'
  | 'opaque';

/** What comes out of a value of some kind. */
export interface Kind {
  /** What iteration gives. */
  readonly elements: Holds;
  /** What calling these methods gives; any other method gives `others`, and that is opaque unless it is said. */
  readonly methods: Readonly<Record<string, Holds>>;
  readonly others?: Holds;
  /** Its methods are coroutines: what they give is there only once it is awaited, and needs the resource until then. */
  readonly awaited?: true;
  /** What reading these attributes gives; any other attribute is opaque. */
  readonly attributes: Readonly<Record<string, Holds>>;
}

function each(names: string, holds: Holds): Record<string, Holds> {
  return Object.fromEntries(names.split(' ').map((name) => [name, holds]));
}

const FILE: Kind = {
  elements: 'nothing',
  methods: {
    ...each(
      'read read1 readline readlines readinto readinto1 peek write writelines seek tell truncate flush',
      'nothing',
    ),
    ...each('close isatty readable writable seekable', 'nothing'),
  },
  attributes: each('name mode encoding errors newlines closed filename mtime', 'nothing'),
};

const CONNECTION: Kind = {
  elements: 'opaque',
  methods: {
    ...each('cursor execute executemany executescript', 'cursor'),
    iterdump: 'reader',
    ...each('commit rollback close interrupt backup set_trace_callback set_progress_handler set_authorizer', 'nothing'),
    ...each('create_function create_aggregate create_window_function create_collation', 'nothing'),
    ...each(
      'enable_load_extension load_extension getlimit setlimit getconfig setconfig serialize deserialize',
      'nothing',
    ),
  },
  attributes: each('row_factory text_factory isolation_level in_transaction total_changes autocommit', 'nothing'),
};

const CHILD: Kind = {
  elements: 'opaque',
  methods: each('communicate kill poll send_signal terminate wait', 'nothing'),
  attributes: each('args pid returncode', 'nothing'),
};

/** Sources: Python library reference of `sqlite3`, `io`, `zipfile`, `tarfile`, `tempfile`, `csv`. */
export const KINDS: Readonly<Record<Exclude<Holds, 'nothing'>, Kind>> = {
  connection: CONNECTION,
  'async-connection': { ...CONNECTION, awaited: true },
  cursor: {
    elements: 'nothing',
    methods: {
      ...each('execute executemany executescript', 'cursor'),
      ...each('fetchone fetchmany fetchall close setinputsizes setoutputsize', 'nothing'),
    },
    attributes: {
      ...each('lastrowid rowcount description arraysize row_factory', 'nothing'),
      connection: 'connection',
    },
  },
  file: FILE,
  // The file vanishes when it is closed: its name is worth nothing afterwards.
  'named-temporary-file': { ...FILE, attributes: { ...FILE.attributes, name: 'opaque' } },
  'zip-file': {
    elements: 'opaque',
    methods: {
      ...each('read namelist infolist getinfo extract extractall testzip printdir write writestr writepy', 'nothing'),
      ...each('setpassword mkdir close', 'nothing'),
      open: 'file',
    },
    attributes: each('filename mode comment debug filelist NameToInfo', 'nothing'),
  },
  'tar-file': {
    elements: 'tar-member',
    methods: {
      ...each('getnames list add addfile extract extractall close', 'nothing'),
      ...each('getmember gettarinfo next', 'tar-member'),
      extractfile: 'file',
    },
    attributes: each('name mode format encoding', 'nothing'),
  },
  // A TarInfo has a reference to its archive.
  'tar-member': {
    elements: 'opaque',
    methods: each('isfile isreg isdir issym islnk ischr isblk isfifo isdev get_info', 'nothing'),
    attributes: each('name path size mtime mode type linkname uid gid uname gname', 'nothing'),
  },
  // An iterator that reads on demand and gives plain values.
  reader: {
    elements: 'nothing',
    methods: each('writerow writerows writeheader __next__', 'nothing'),
    attributes: each('fieldnames line_num dialect', 'nothing'),
  },
  // Replies are bytes, numbers and addresses. A connection that is accepted lives on without the one that listens.
  socket: {
    elements: 'opaque',
    methods: {
      ...each('accept bind close connect connect_ex getpeername getsockname getsockopt gettimeout listen', 'nothing'),
      ...each('recv recv_into recvfrom recvfrom_into recvmsg send sendall sendfile sendmsg sendto', 'nothing'),
      ...each('setblocking setsockopt settimeout shutdown getblocking', 'nothing'),
    },
    attributes: each('family type proto', 'nothing'),
  },
  child: CHILD,
  'async-child': { ...CHILD, awaited: true },
  // Futures and results that are there outlive the workers.
  workers: {
    elements: 'opaque',
    methods: each('apply close join map shutdown starmap submit terminate', 'nothing'),
    attributes: {},
  },
  // A response may be read from the connection on demand.
  session: {
    elements: 'opaque',
    methods: {
      ...each('delete get head options patch post put request send stream ws_connect', 'response'),
      ...each('close aclose mount', 'nothing'),
    },
    attributes: each('auth headers params proxies verify cookies timeout', 'nothing'),
  },
  response: {
    elements: 'nothing',
    methods: {
      ...each('json text read read1 readline readlines readinto raise_for_status close aclose', 'nothing'),
      ...each('info getcode geturl getheader getheaders', 'nothing'),
      ...each('iter_content iter_lines', 'reader'),
    },
    attributes: each('content text status status_code reason ok url headers encoding msg version', 'nothing'),
  },
  'http-connection': {
    elements: 'opaque',
    methods: {
      ...each('close connect endheaders putheader putrequest request send set_debuglevel set_tunnel', 'nothing'),
      getresponse: 'response',
    },
    attributes: each('host port', 'nothing'),
  },
  // asyncpg: rows are there when they are awaited.
  fetcher: {
    elements: 'opaque',
    methods: each('close execute executemany fetch fetchrow fetchval terminate', 'nothing'),
    awaited: true,
    attributes: {},
  },
  // Mail and file servers: each method gives the reply.
  talker: {
    elements: 'opaque',
    methods: { makeport: 'opaque', transfercmd: 'opaque' },
    others: 'nothing',
    attributes: {},
  },
  opaque: { elements: 'opaque', methods: {}, attributes: {} },
};

const KIND_OF_TYPE: Readonly<Record<string, Holds>> = {
  'sqlite3.Connection': 'connection',
  'tempfile.NamedTemporaryFile': 'named-temporary-file',
  // Their names are descriptors.
  'tempfile.SpooledTemporaryFile': 'named-temporary-file',
  'tempfile.TemporaryFile': 'named-temporary-file',
  'zipfile.ZipFile': 'zip-file',
  'zipfile.PyZipFile': 'zip-file',
  'tarfile.TarFile': 'tar-file',
  'tempfile.TemporaryDirectory': 'opaque',
  // PEP 249, "Connection Objects" and "Cursor Objects".
  ...each('MySQLdb.Connection cx_Oracle.Connection mysql.connector.MySQLConnection', 'connection'),
  ...each('oracledb.Connection psycopg.Connection psycopg2.connection', 'connection'),
  ...each('pymssql.Connection pymysql.connections.Connection pyodbc.Connection', 'connection'),
  ...each('snowflake.connector.SnowflakeConnection sqlalchemy.engine.Connection', 'connection'),
  ...each('aiosqlite.Connection psycopg.AsyncConnection', 'async-connection'),
  ...each('asyncpg.Connection asyncpg.Pool', 'fetcher'),
  'socket.socket': 'socket',
  'subprocess.Popen': 'child',
  'asyncio.subprocess.Process': 'async-child',
  ...each('concurrent.futures.ThreadPoolExecutor concurrent.futures.ProcessPoolExecutor', 'workers'),
  'multiprocessing.pool.Pool': 'workers',
  ...each('requests.Session httpx.Client httpx.AsyncClient aiohttp.ClientSession', 'session'),
  'http.client.HTTPResponse': 'response',
  ...each('http.client.HTTPConnection http.client.HTTPSConnection', 'http-connection'),
  ...each('smtplib.SMTP smtplib.SMTP_SSL smtplib.LMTP ftplib.FTP ftplib.FTP_TLS', 'talker'),
  ...each('imaplib.IMAP4 imaplib.IMAP4_SSL poplib.POP3 poplib.POP3_SSL', 'talker'),
};

/** The kind of what a row acquires. */
export function kindOfRow(row: AcquireRow): Exclude<Holds, 'nothing'> {
  const kind = KIND_OF_TYPE[row.type];
  if (kind !== undefined && kind !== 'nothing') return kind;
  return row.family === 'file' ? 'file' : 'opaque';
}

/** What a value holds that may be either of two. */
export function join(a: Holds, b: Holds): Holds {
  if (a === 'nothing' || a === b) return b;
  return b === 'nothing' ? a : 'opaque';
}
