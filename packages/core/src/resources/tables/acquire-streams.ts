import type { AcquireRow } from '../model';

const FILE = { family: 'file', release: ['close'], with: 'closes', reclaim: 'refcount', silent: true } as const;
const TAR = {
  ...FILE,
  with: 'closes-and-more',
  exit: { also: 'finishes the archive', equals: ['close()'], onlyWhenWriting: 1 },
  type: 'tarfile.TarFile',
} as const;
const DBM = { ...FILE, type: 'dbm' } as const;
const FD = {
  family: 'file',
  release: [],
  releasedBy: 'os.close',
  with: 'none',
  reclaim: 'never',
  type: 'int',
  silent: true,
} as const;
const TEMP = { family: 'temp', release: [], with: 'none', reclaim: 'never', works: true, silent: true } as const;
const HANDLER = { family: 'file', release: ['close'], with: 'none', reclaim: 'refcount' } as const;
const SCIENCE = { family: 'file', release: ['close'], with: 'closes', reclaim: 'refcount', silent: true } as const;

/** smart_open: an upload that fails half-way is not finished. */
const GIVES_UP = {
  also: 'gives up an upload when an exception passes',
  equals: ['close()'],
  onlyWhenWriting: 1,
} as const;

/** Files, descriptors, archives and data sets beyond `open`, sorted by name. */
export const STREAM_ROWS = [
  { ...SCIENCE, acquire: 'PIL.Image.open', type: 'PIL.Image.Image' },
  { ...SCIENCE, acquire: 'aiofiles.open', type: 'aiofiles.File', with: 'async', release: ['close'] },
  {
    ...SCIENCE,
    acquire: 'anyio.open_file',
    type: 'anyio.AsyncFile',
    with: 'async',
    release: ['aclose'],
    entered: 'result',
  },
  { ...DBM, acquire: 'dbm.dumb.open' },
  { ...DBM, acquire: 'dbm.gnu.open' },
  { ...DBM, acquire: 'dbm.ndbm.open' },
  { ...DBM, acquire: 'dbm.open' },
  { ...FILE, acquire: 'fileinput.FileInput', type: 'fileinput.FileInput' },
  { ...FILE, acquire: 'fileinput.input', type: 'fileinput.FileInput' },
  { ...SCIENCE, acquire: 'fiona.open', type: 'fiona.Collection' },
  { ...SCIENCE, acquire: 'fitz.open', type: 'fitz.Document' },
  { ...SCIENCE, acquire: 'h5py.File', type: 'h5py.File' },
  { ...SCIENCE, acquire: 'imageio.get_writer', type: 'imageio.Writer' },
  { ...HANDLER, acquire: 'logging.FileHandler', type: 'logging.FileHandler' },
  { ...HANDLER, acquire: 'logging.handlers.MemoryHandler', type: 'logging.handlers.MemoryHandler' },
  { ...HANDLER, acquire: 'logging.handlers.RotatingFileHandler', type: 'logging.handlers.RotatingFileHandler' },
  { ...HANDLER, acquire: 'logging.handlers.SocketHandler', type: 'logging.handlers.SocketHandler' },
  { ...HANDLER, acquire: 'logging.handlers.SysLogHandler', type: 'logging.handlers.SysLogHandler' },
  {
    ...HANDLER,
    acquire: 'logging.handlers.TimedRotatingFileHandler',
    type: 'logging.handlers.TimedRotatingFileHandler',
  },
  { ...HANDLER, acquire: 'logging.handlers.WatchedFileHandler', type: 'logging.handlers.WatchedFileHandler' },
  { ...FILE, acquire: 'mailbox.mbox', type: 'mailbox.mbox', with: 'none' },
  { ...FILE, acquire: 'mmap.mmap', type: 'mmap.mmap', mayFail: { releases: ['close'], when: 'handed-on' } },
  { ...SCIENCE, acquire: 'netCDF4.Dataset', type: 'netCDF4.Dataset' },
  { ...FD, acquire: 'os.dup' },
  { ...FD, acquire: 'os.eventfd' },
  { ...FD, acquire: 'os.memfd_create' },
  { ...FD, acquire: 'os.open' },
  { ...FD, acquire: 'os.openpty', elements: [0, 1] },
  { ...FD, acquire: 'os.pidfd_open' },
  { ...FD, acquire: 'os.pipe', elements: [0, 1] },
  { ...FILE, acquire: 'os.popen', type: 'os._wrap_close' },
  { ...SCIENCE, acquire: 'pandas.ExcelFile', type: 'pandas.ExcelFile' },
  { ...SCIENCE, acquire: 'pandas.ExcelWriter', type: 'pandas.ExcelWriter' },
  { ...SCIENCE, acquire: 'pandas.HDFStore', type: 'pandas.HDFStore' },
  { ...SCIENCE, acquire: 'pikepdf.open', type: 'pikepdf.Pdf' },
  { ...FD, acquire: 'pty.openpty', elements: [0, 1] },
  { ...SCIENCE, acquire: 'py7zr.SevenZipFile', type: 'py7zr.SevenZipFile' },
  { ...SCIENCE, acquire: 'rasterio.open', type: 'rasterio.DatasetReader' },
  { ...FILE, acquire: 'shelve.open', type: 'shelve.Shelf' },
  { ...SCIENCE, acquire: 'smart_open.open', type: 'io.IOBase', with: 'closes-and-more', exit: GIVES_UP },
  { ...SCIENCE, acquire: 'soundfile.SoundFile', type: 'soundfile.SoundFile' },
  { ...SCIENCE, acquire: 'tables.open_file', type: 'tables.File' },
  { ...TAR, acquire: 'tarfile.TarFile.bz2open' },
  { ...TAR, acquire: 'tarfile.TarFile.gzopen' },
  { ...TAR, acquire: 'tarfile.TarFile.taropen' },
  { ...TAR, acquire: 'tarfile.TarFile.xzopen' },
  { ...TEMP, acquire: 'tempfile.mkdtemp', type: 'str', blockCall: 'TemporaryDirectory' },
  { ...FD, acquire: 'tempfile.mkstemp', elements: [0] },
  { ...SCIENCE, acquire: 'tensorflow.summary.create_file_writer', type: 'tensorflow.summary.SummaryWriter' },
  { ...SCIENCE, acquire: 'torch.utils.tensorboard.SummaryWriter', type: 'torch.utils.tensorboard.SummaryWriter' },
  {
    ...SCIENCE,
    acquire: 'trio.open_file',
    type: 'trio.AsyncFile',
    with: 'async',
    release: ['aclose'],
    entered: 'result',
  },
  { ...FILE, acquire: 'wave.open', type: 'wave.Wave' },
  { ...SCIENCE, acquire: 'xarray.open_dataset', type: 'xarray.Dataset' },
  { ...SCIENCE, acquire: 'zarr.ZipStore', type: 'zarr.ZipStore' },
] as const satisfies readonly AcquireRow[];
