import type { AcquireRow } from '../model';

const FILE = { family: 'file', release: ['close'], with: 'closes', reclaim: 'refcount' } as const;
const THREAD = { family: 'thread', with: 'none', reclaim: 'never', acquiredBy: 'start', waits: ['join'] } as const;
/** `TarFile.__exit__` finishes an archive that is written, but not when an exception passes. */
const TAR_EXIT = { also: 'finishes the archive', equals: ['close()'], onlyWhenWriting: 1 } as const;
const SQLITE = {
  family: 'sqlite',
  release: ['close'],
  with: 'transaction',
  reclaim: 'cycle',
  type: 'sqlite3.Connection',
} as const;
const BUFFERS = ['io.BytesIO', 'io.StringIO', 'tempfile.SpooledTemporaryFile', 'tempfile.TemporaryFile'] as const;
/** A file object that is passed in stays the caller's (`GzipFile.close` docs: "does not close fileobj"). */
const GIVEN = [
  { keyword: 'fileobj', position: 3 },
  { keyword: 'filename', position: 0, types: BUFFERS },
] as const;
const IN_MEMORY = [{ keyword: 'file', position: 0, types: BUFFERS }] as const;

/** One line per constructor, sorted by name. Sources: Python library reference, and CPython where it is silent. */
export const ACQUIRE_ROWS = [
  {
    ...FILE,
    acquire: 'builtins.open',
    type: 'io.IOBase',
    unless: [{ keyword: 'closefd', position: 6, value: 'False' }],
  },
  { ...FILE, acquire: 'bz2.BZ2File', readsGivenFile: { file: 0, mode: 1 }, type: 'bz2.BZ2File', unless: IN_MEMORY },
  { ...FILE, acquire: 'bz2.open', type: 'bz2.BZ2File', unless: IN_MEMORY },
  { ...FILE, acquire: 'codecs.open', type: 'codecs.StreamReaderWriter' },
  { ...FILE, acquire: 'gzip.GzipFile', readsGivenFile: { file: 0, mode: 1 }, type: 'gzip.GzipFile', unless: GIVEN },
  {
    ...FILE,
    acquire: 'gzip.open',
    type: 'gzip.GzipFile',
    unless: [{ keyword: 'filename', position: 0, types: BUFFERS }],
  },
  { ...FILE, acquire: 'io.FileIO', type: 'io.FileIO', unless: [{ keyword: 'closefd', position: 2, value: 'False' }] },
  { ...FILE, acquire: 'io.open', type: 'io.IOBase', unless: [{ keyword: 'closefd', position: 6, value: 'False' }] },
  { ...FILE, acquire: 'io.open_code', type: 'io.IOBase' },
  { ...FILE, acquire: 'lzma.LZMAFile', readsGivenFile: { file: 0, mode: 1 }, type: 'lzma.LZMAFile', unless: IN_MEMORY },
  { ...FILE, acquire: 'lzma.open', type: 'lzma.LZMAFile', unless: IN_MEMORY },
  { ...FILE, acquire: 'os.fdopen', type: 'io.IOBase', unless: [{ keyword: 'closefd', position: 6, value: 'False' }] },
  { ...FILE, acquire: 'pathlib.Path.open', type: 'io.IOBase' },
  { ...FILE, acquire: 'pathlib.PosixPath.open', type: 'io.IOBase' },
  { ...FILE, acquire: 'pathlib.WindowsPath.open', type: 'io.IOBase' },
  { ...SQLITE, acquire: 'sqlite3.Connection' },
  { ...SQLITE, acquire: 'sqlite3.connect' },
  { ...SQLITE, acquire: 'sqlite3.dbapi2.connect' },
  {
    ...FILE,
    with: 'closes-and-more',
    exit: TAR_EXIT,
    acquire: 'tarfile.TarFile',
    type: 'tarfile.TarFile',
    unless: [{ keyword: 'fileobj', position: 2 }],
  },
  {
    ...FILE,
    with: 'closes-and-more',
    exit: TAR_EXIT,
    acquire: 'tarfile.TarFile.open',
    type: 'tarfile.TarFile',
    unless: [{ keyword: 'fileobj', position: 2 }],
  },
  {
    ...FILE,
    with: 'closes-and-more',
    exit: TAR_EXIT,
    acquire: 'tarfile.open',
    type: 'tarfile.TarFile',
    unless: [{ keyword: 'fileobj', position: 2 }],
  },
  { ...FILE, acquire: 'tempfile.NamedTemporaryFile', type: 'tempfile.NamedTemporaryFile' },
  { ...FILE, acquire: 'tempfile.SpooledTemporaryFile', type: 'tempfile.SpooledTemporaryFile' },
  {
    ...FILE,
    with: 'binds-other',
    release: ['cleanup'],
    works: true,
    acquire: 'tempfile.TemporaryDirectory',
    type: 'tempfile.TemporaryDirectory',
  },
  { ...FILE, acquire: 'tempfile.TemporaryFile', type: 'tempfile.TemporaryFile' },
  { ...THREAD, release: ['join'], acquire: 'threading.Thread', type: 'threading.Thread' },
  { ...THREAD, release: ['cancel', 'join'], ending: ['cancel'], acquire: 'threading.Timer', type: 'threading.Timer' },
  { ...FILE, acquire: 'tokenize.open', type: 'io.TextIOWrapper' },
  {
    ...FILE,
    acquire: 'zipfile.PyZipFile',
    readsGivenFile: { file: 0, mode: 1 },
    type: 'zipfile.PyZipFile',
    unless: IN_MEMORY,
  },
  {
    ...FILE,
    acquire: 'zipfile.ZipFile',
    readsGivenFile: { file: 0, mode: 1 },
    type: 'zipfile.ZipFile',
    unless: IN_MEMORY,
  },
  { ...FILE, acquire: 'zipfile.ZipFile.open', type: 'zipfile.ZipExtFile' },
] as const satisfies readonly AcquireRow[];
