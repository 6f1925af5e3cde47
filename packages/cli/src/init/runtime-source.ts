import { join } from 'node:path';

/** Set by the bundler. */
declare const PYLINT_LEAKS_BUNDLE: boolean | undefined;

/** The runtime package as one file: beside the bundle, or where a checkout generates it. */
export function runtimeSource(): string {
  if (typeof PYLINT_LEAKS_BUNDLE !== 'undefined' && PYLINT_LEAKS_BUNDLE)
    return join(__dirname, 'pylint_leaks_runtime.py');
  return join(__dirname, '../../../runtime/single_file/pylint_leaks_runtime.py');
}
