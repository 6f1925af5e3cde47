import type { AcquireRow } from '../model';

const DEVICE = { family: 'other', release: ['close'], with: 'closes', reclaim: 'refcount', silent: true } as const;
const RELEASED = { ...DEVICE, release: ['release'], with: 'none' } as const;
/** Inside the block it is the default session. */
const DEFAULT = { also: 'is the default session inside of it', equals: [], avoidedBy: 'closing' } as const;
const CLUSTER = { ...DEVICE, reclaim: 'never' } as const;
const SHOWN = { ...DEVICE, release: ['stop'], acquiredBy: 'start', works: true } as const;

/** Devices, clusters and displays, sorted by name. */
export const DEVICE_ROWS = [
  { ...DEVICE, acquire: 'can.Bus', type: 'can.Bus', release: ['shutdown'] },
  { ...RELEASED, acquire: 'cv2.VideoCapture', type: 'cv2.VideoCapture' },
  { ...RELEASED, acquire: 'cv2.VideoWriter', type: 'cv2.VideoWriter' },
  { ...CLUSTER, acquire: 'distributed.Client', type: 'distributed.Client', release: ['close', 'shutdown'] },
  { ...CLUSTER, acquire: 'distributed.LocalCluster', type: 'distributed.LocalCluster' },
  { ...DEVICE, acquire: 'filelock.FileLock.acquire', type: 'filelock.FileLock', release: ['release'], of: 'receiver' },
  { ...DEVICE, acquire: 'pyaudio.PyAudio', type: 'pyaudio.PyAudio', release: ['terminate'], with: 'none' },
  { ...DEVICE, acquire: 'pyvisa.ResourceManager.open_resource', type: 'pyvisa.Resource' },
  { ...SHOWN, acquire: 'rich.live.Live', type: 'rich.live.Live' },
  { ...SHOWN, acquire: 'rich.progress.Progress', type: 'rich.progress.Progress' },
  { ...DEVICE, acquire: 'serial.Serial', type: 'serial.Serial' },
  { ...DEVICE, acquire: 'smbus2.SMBus', type: 'smbus2.SMBus' },
  {
    ...DEVICE,
    acquire: 'tensorflow.compat.v1.Session',
    type: 'tensorflow.compat.v1.Session',
    with: 'closes-and-more',
    exit: DEFAULT,
  },
  { ...DEVICE, acquire: 'usb1.USBContext', type: 'usb1.USBContext' },
] as const satisfies readonly AcquireRow[];
