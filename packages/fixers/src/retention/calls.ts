/**
 * What calls of the library give back when they are handed something that holds a resource.
 * Names are as `SemanticModel.qualifiedName` gives them.
 */

/** Use what they are given and keep nothing of it. */
export const CONSUMERS: ReadonlySet<string> = new Set([
  'builtins.bool',
  'builtins.callable',
  'builtins.hasattr',
  'builtins.hash',
  'builtins.id',
  'builtins.isinstance',
  'builtins.len',
  'builtins.print',
  'builtins.repr',
  'builtins.str',
  'builtins.type',
  'configparser.ConfigParser.read_file',
  'configparser.RawConfigParser.read_file',
  'csv.Sniffer.has_header',
  'email.message_from_binary_file',
  'email.message_from_file',
  'fcntl.flock',
  'fcntl.lockf',
  'hashlib.file_digest',
  'json.dump',
  'json.load',
  'marshal.dump',
  'marshal.load',
  'numpy.loadtxt',
  'numpy.save',
  'numpy.savetxt',
  'numpy.savez',
  'os.fstat',
  'pickle.dump',
  'pickle.load',
  'plistlib.dump',
  'plistlib.load',
  'shutil.copyfileobj',
  'sqlite3.Connection.backup',
  'sqlite3.Connection.executemany',
  'sqlite3.Cursor.executemany',
  // The child has a descriptor of its own.
  'subprocess.Popen',
  'subprocess.call',
  'subprocess.check_call',
  'subprocess.check_output',
  'subprocess.run',
  'toml.dump',
  'toml.load',
  'tomli.load',
  'tomllib.load',
  'traceback.print_exc',
  'traceback.print_exception',
  'xml.dom.minidom.parse',
  'xml.etree.ElementTree.parse',
  'yaml.dump',
  'yaml.full_load',
  'yaml.load',
  'yaml.safe_dump',
  'yaml.safe_load',
]);

/** Methods, whatever they belong to, that use what they are given and keep nothing of it. */
export const CONSUMER_METHODS: ReadonlySet<string> = new Set(['backup', 'to_csv', 'to_json', 'to_sql', 'writelines']);

/** Give plain data, unless they are asked to read on demand by one of these keywords. */
export const CONSUMERS_UNLESS: ReadonlyMap<string, readonly string[]> = new Map([
  ['pandas.read_csv', ['chunksize', 'iterator']],
  ['pandas.read_json', ['chunksize']],
  ['pandas.read_sql', ['chunksize']],
  ['pandas.read_sql_query', ['chunksize']],
  ['pandas.read_sql_table', ['chunksize']],
]);

/** Read everything there is: the result holds what the elements hold. */
export const DRAINERS: ReadonlySet<string> = new Set([
  'builtins.all',
  'builtins.any',
  'builtins.bytes',
  'builtins.dict',
  'builtins.frozenset',
  'builtins.list',
  'builtins.max',
  'builtins.min',
  'builtins.next',
  'builtins.set',
  'builtins.sorted',
  'builtins.sum',
  'builtins.tuple',
  'collections.Counter',
  'collections.OrderedDict',
  'collections.deque',
  'statistics.mean',
]);

/** Give an iterator (or a writer) that uses the resource later. */
export const LAZY: ReadonlySet<string> = new Set([
  'builtins.enumerate',
  'builtins.filter',
  'builtins.iter',
  'builtins.map',
  'builtins.reversed',
  'builtins.zip',
  'csv.DictReader',
  'csv.DictWriter',
  'csv.reader',
  'csv.writer',
  'itertools.chain',
  'itertools.islice',
  'itertools.takewhile',
  'itertools.dropwhile',
  'itertools.zip_longest',
  'yaml.load_all',
  'yaml.safe_load_all',
]);

/** Give a second handle on what they are given. */
export const ALIASES: ReadonlySet<string> = new Set([
  'contextlib.closing',
  'contextlib.nullcontext',
  'contextlib.redirect_stderr',
  'contextlib.redirect_stdout',
  'io.BufferedReader',
  'io.BufferedWriter',
  'io.TextIOWrapper',
  'typing.cast',
]);

/** Methods of containers and registries: what they are given stays there. */
export const KEEPERS: ReadonlySet<string> = new Set([
  'add',
  'add_done_callback',
  'addCleanup',
  'addHandler',
  'append',
  'appendleft',
  'callback',
  'enter_context',
  'extend',
  'insert',
  'push',
  'put',
  'put_nowait',
  'register',
  'setdefault',
  'submit',
  'update',
]);
