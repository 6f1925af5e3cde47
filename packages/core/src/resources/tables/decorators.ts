/** Decorators that turn a generator into a `with` block or fixture: control comes back after the `yield`. */
export const YIELDS_TO_CALLER: ReadonlySet<string> = new Set([
  'contextlib.asynccontextmanager',
  'contextlib.contextmanager',
  'pytest.fixture',
  'pytest.yield_fixture',
  'pytest_asyncio.fixture',
]);

/** Of these, the ones that always come back after the `yield`: pytest runs the rest of a fixture whatever the test did. */
export const ALWAYS_RESUMES: ReadonlySet<string> = new Set([
  'pytest.fixture',
  'pytest.yield_fixture',
  'pytest_asyncio.fixture',
]);

/** Decorators whose function keeps what it returns: the caller does not own it. */
export const KEEPS_RESULT: ReadonlySet<string> = new Set([
  'builtins.property',
  'functools.cache',
  'functools.cached_property',
  'functools.lru_cache',
]);

/** Calls that make a generator function of the project a dependency: what follows its `yield` runs after the request. */
export const DEPENDENCIES: ReadonlySet<string> = new Set([
  'fastapi.Depends',
  'fastapi.Security',
  'fastapi.param_functions.Depends',
  'fastapi.params.Depends',
]);

/** Base classes that release nothing of their subclass's attributes. */
export const NEUTRAL_BASES: ReadonlySet<string> = new Set([
  'PyQt5.QtWidgets.QDialog',
  'PyQt5.QtWidgets.QMainWindow',
  'PyQt5.QtWidgets.QWidget',
  'PyQt6.QtWidgets.QDialog',
  'PyQt6.QtWidgets.QMainWindow',
  'PyQt6.QtWidgets.QWidget',
  'PySide2.QtWidgets.QDialog',
  'PySide2.QtWidgets.QMainWindow',
  'PySide2.QtWidgets.QWidget',
  'PySide6.QtWidgets.QDialog',
  'PySide6.QtWidgets.QMainWindow',
  'PySide6.QtWidgets.QWidget',
  'abc.ABC',
  'builtins.dict',
  'builtins.list',
  'builtins.object',
  'django.test.LiveServerTestCase',
  'django.test.SimpleTestCase',
  'django.test.TestCase',
  'django.test.TransactionTestCase',
  'enum.Enum',
  'threading.Thread',
  'typing.Generic',
  'typing.NamedTuple',
  'typing.Protocol',
  'unittest.IsolatedAsyncioTestCase',
  'unittest.TestCase',
]);

/** Methods of base classes that may call whatever a subclass releases with, where the base is not known. */
export const TEMPLATE_RELEASES: readonly string[] = [
  'close',
  'stop',
  'shutdown',
  'terminate',
  'join',
  'quit',
  'cleanup',
  'disconnect',
  'dispose',
  'release',
];

/** Method names that say "this ends it", for what a class or a call does with a resource it holds. */
export const RELEASE_NAMES =
  /^_*(a?close|shut_?down|stop|clean_?up|dispose|release|terminate|quit|exit|disconnect|tear_?down|join|cancel|kill|finish|finali[sz]e|__exit__|__aexit__|reset|destroy|unload|end)(_?(all|async|connections?|threads?|files?|now|quietly|safe(ly)?|class|method|event))*$|(^|_)(close|cleanup|shutdown|stop|dispose|release)(_|$)/i;
