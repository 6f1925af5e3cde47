/** Calls that give a frame, or something that refers to one. */
export const GIVES_FRAME: ReadonlySet<string> = new Set([
  'inspect.currentframe',
  'inspect.stack',
  'inspect.trace',
  'sys._getframe',
]);

/** Calls that give the exception being handled with its traceback. */
export const GIVES_EXCEPTION: ReadonlySet<string> = new Set(['sys.exc_info', 'sys.exception']);

/** Methods and attributes by which the traceback of an exception is dropped. */
export const DROPS_TRACEBACK: ReadonlySet<string> = new Set(['__traceback__', 'clear_frames', 'with_traceback']);
