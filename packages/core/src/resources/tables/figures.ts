/**
 * Functions of `matplotlib.pyplot` that make a figure and enter it into pyplot's registry, which keeps it until it is closed:
 * https://matplotlib.org/stable/api/_as_gen/matplotlib.pyplot.figure.html ("If you are creating many figures …").
 */
export const MAKES_FIGURE: ReadonlySet<string> = new Set([
  'matplotlib.pyplot.figure',
  'matplotlib.pyplot.subplot_mosaic',
  'matplotlib.pyplot.subplots',
  'pylab.figure',
  'pylab.subplots',
]);

/** Calls after which figures are out of the registry: `show` blocks until the user has closed the windows. */
export const ENDS_FIGURES: ReadonlySet<string> = new Set([
  'matplotlib.pyplot.close',
  'matplotlib.pyplot.show',
  'pylab.close',
  'pylab.show',
]);

/** Methods, by name, after which a figure has done what it was made for: it is in a file, a buffer or an array. */
export const WRITES_FIGURE: ReadonlySet<string> = new Set([
  'buffer_rgba',
  'print_figure',
  'print_png',
  'print_to_buffer',
  'savefig',
  'tostring_argb',
  'tostring_rgb',
]);

/** Arguments that name a figure: a second call with the same name gives the same figure back. */
export const NAMES_FIGURE = { keyword: 'num', position: 0, call: 'figure' } as const;

/** The modules whose figures are in the registry. */
export const PYPLOT: ReadonlySet<string> = new Set(['matplotlib.pyplot', 'pylab']);
