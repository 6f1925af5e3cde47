import type { Expression, Statement } from '../syntax/ast';
import type { Binding, Scope, ScopeNode } from './model';

/** A scope while it is being filled; frozen into a `Scope` by its type once binding is done. */
export class OpenScope implements Scope {
  readonly bindings = new Map<string, Binding[]>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();

  constructor(
    readonly node: ScopeNode,
    readonly parent: OpenScope | undefined,
    readonly qualifiedName: string,
  ) {}

  /** Adds a binding; `global` and `nonlocal` names are bound where the declaration points. */
  bind(name: string, binding: Binding): void {
    const scope = this.globals.has(name)
      ? this.moduleScope()
      : this.nonlocals.has(name)
        ? this.outerFunctionScope(name)
        : this;
    const list = scope.bindings.get(name);
    if (list === undefined) scope.bindings.set(name, [binding]);
    else list.push(binding);
  }

  /** Names that an assignment target binds: the whole value for a plain name, parts of it otherwise. */
  bindTarget(target: Expression, value: Expression | undefined, annotation?: Expression): void {
    switch (target.kind) {
      case 'Name':
        this.bind(target.id, { kind: 'assignment', value, annotation });
        return;
      case 'Tuple':
      case 'List': {
        const parts = value !== undefined && (value.kind === 'Tuple' || value.kind === 'List') ? value.elements : [];
        const isPairwise =
          parts.length === target.elements.length && !target.elements.some((part) => part.kind === 'Starred');
        target.elements.forEach((part, i) => {
          this.bindTarget(part, isPairwise ? parts[i] : undefined);
        });
        return;
      }
      case 'Starred':
        this.bindTarget(target.value, undefined);
        return;
      default:
        return;
    }
  }

  private moduleScope(): OpenScope {
    return this.parent === undefined ? this : this.parent.moduleScope();
  }

  private outerFunctionScope(name: string): OpenScope {
    for (let scope = this.parent; scope !== undefined; scope = scope.parent) {
      if (scope.node.kind !== 'ClassDefinition' && scope.node.kind !== 'Module' && scope.bindings.has(name))
        return scope;
    }
    return this;
  }
}

/** The names an import statement binds, with the qualified name each stands for. */
export function importedBindings(statement: Statement): readonly { name: string; qualifiedName: string }[] {
  if (statement.kind === 'Import') {
    return statement.names.map(({ name, alias }) =>
      alias === undefined
        ? { name: name.split('.')[0] ?? name, qualifiedName: name.split('.')[0] ?? name }
        : { name: alias, qualifiedName: name },
    );
  }
  if (statement.kind !== 'ImportFrom') return [];
  const dots = '.'.repeat(statement.level);
  const prefix = statement.module === '' ? dots : `${dots}${statement.module}.`;
  return statement.names.map(({ name, alias }) => ({ name: alias ?? name, qualifiedName: `${prefix}${name}` }));
}
