import { join } from 'node:path';
import type { FixOutcome } from '@pylint-leaks/fixers';
import { DEFAULT_RUNTIME_MODULE } from './config-schema';
import type { Disk } from './io';

/**
 * Whether a project has the module that fixes import from among its own files: below the directory of its configuration,
 * or below `src` there. The installed package has not.
 */
export function hasModule(module: string, base: string, { hasFile }: Pick<Disk, 'hasFile'>): boolean {
  const parts = module.split('.');
  return [base, join(base, 'src')].some(
    (root) => hasFile(`${join(root, ...parts)}.py`) || hasFile(join(root, ...parts, '__init__.py')),
  );
}

/**
 * What a person has to do before a fixed program runs: a fix that adds an import of the runtime module makes the program
 * need it. Undefined when no fix does, or the project has the module.
 */
export function runtimeNote(
  { applied }: FixOutcome,
  { runtimeModule, ownsRuntime }: { readonly runtimeModule: string; readonly ownsRuntime: boolean },
): string | undefined {
  const imports = [`from ${runtimeModule} import`, `import ${runtimeModule}`];
  const adds = applied.some(({ fix }) => fix.edits.some(({ text }) => imports.some((words) => text.includes(words))));
  if (!adds || ownsRuntime) return undefined;
  return runtimeModule === DEFAULT_RUNTIME_MODULE
    ? `fixed files import ${runtimeModule}: install pylint-leaks-runtime, or write it into the project with pylint-leaks init --vendor-runtime FILE`
    : `fixed files import ${runtimeModule} (runtime-module), of which the project has no file: see that it can be imported`;
}
