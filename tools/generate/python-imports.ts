/** The imports of several Python modules, put together at the head of one file and sorted as `ruff` sorts them. */

/** Whether an import is run, or only there for type checkers. */
type Use = 'always' | 'types';

/** Collects `import x` and `from x import a, b`. */
export class Imports {
  private readonly modules = { always: new Set<string>(), types: new Set<string>() };
  private readonly names = new Map<string, Set<string>>();

  /**
   * Takes an import statement.
   *
   * @returns true, so that it can be left out where it stood.
   * @throws Error for a form that the package does not use.
   */
  add(statement: string, use: Use): true {
    const [, plain] = /^import ([\w.]+)$/.exec(statement) ?? [];
    const [, module, names] = /^from ([\w.]+) import \(?([\w\s,]+)\)?$/.exec(statement) ?? [];
    if (plain !== undefined) this.modules[use].add(plain);
    else if (module !== undefined && names !== undefined && (use === 'always' || module === 'typing')) {
      const known = this.names.get(module) ?? new Set();
      for (const [name] of names.matchAll(/\w+/g)) known.add(name);
      this.names.set(module, known);
    } else throw new Error(`cannot be merged with other imports: ${statement}`);
    return true;
  }

  /** Modules that are imported whole. */
  whole(use: Use): readonly string[] {
    const all = [...this.modules[use]].sort();
    return use === 'always' ? all : all.filter((name) => !this.modules.always.has(name));
  }

  /** Modules from which names are imported, with those names. */
  parts(): readonly (readonly [string, readonly string[]])[] {
    return [...this.names].map(([module, names]) => [module, [...names].sort(byKind)] as const).sort();
  }
}

const MAX_COLUMNS = 120;

/** Constants, then classes, then the rest. */
const kindOf = (name: string): number =>
  /^[A-Z0-9_]+$/.test(name) && name.length > 1 ? 0 : /^[A-Z]/.test(name) ? 1 : 2;

function byKind(a: string, b: string): number {
  return kindOf(a) - kindOf(b) || (a < b ? -1 : 1);
}

/** The lines that import everything, with an empty line after them where type checkers have lines of their own. */
export function importLines(imports: Imports): readonly string[] {
  const forTypes = imports.whole('types');
  return [
    ...imports.whole('always').map((module) => `import ${module}`),
    ...imports.parts().flatMap(([module, names]) => {
      const line = `from ${module} import ${names.join(', ')}`;
      if (line.length <= MAX_COLUMNS) return [line];
      return [`from ${module} import (`, ...names.map((name) => `    ${name},`), ')'];
    }),
    ...(forTypes.length === 0 ? [] : ['', 'if TYPE_CHECKING:', ...forTypes.map((module) => `    import ${module}`)]),
  ];
}
