/**
 * Types of attributes, results and operators of library classes, as `qualified name → class`; only what name resolution
 * needs to know the receiver of an acquisition (`(root / 'log').open()`).
 */
export const TYPE_FACTS: ReadonlyMap<string, string> = new Map([
  ['asyncio.get_event_loop', 'asyncio.loop'],
  ['asyncio.get_running_loop', 'asyncio.loop'],
  ['multiprocessing.get_context', 'multiprocessing.context.BaseContext'],
  ['pathlib.Path /', 'pathlib.Path'],
  ['pathlib.Path.absolute', 'pathlib.Path'],
  ['pathlib.Path.cwd', 'pathlib.Path'],
  ['pathlib.Path.expanduser', 'pathlib.Path'],
  ['pathlib.Path.home', 'pathlib.Path'],
  ['pathlib.Path.joinpath', 'pathlib.Path'],
  ['pathlib.Path.parent', 'pathlib.Path'],
  ['pathlib.Path.resolve', 'pathlib.Path'],
  ['pathlib.Path.with_name', 'pathlib.Path'],
  ['pathlib.Path.with_suffix', 'pathlib.Path'],
]);
