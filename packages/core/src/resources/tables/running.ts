/** Functions of these names are entry points: a program runs them once. */
export const ONE_SHOT_NAMES: ReadonlySet<string> = new Set(['_main', 'async_main', 'cli', 'main', 'setup']);

/** Decorators that make a function a command of a program that ends when the command does. */
export const ONE_SHOT_DECORATORS: ReadonlySet<string> = new Set([
  'click.command',
  'click.group',
  'click.Group.command',
  'typer.Typer.callback',
  'typer.Typer.command',
]);

/** A file that imports one of these is a test: what it makes lives as long as a test. */
export const TEST_MODULES: ReadonlySet<string> = new Set(['hypothesis', 'nose', 'pytest', 'twisted.trial', 'unittest']);
