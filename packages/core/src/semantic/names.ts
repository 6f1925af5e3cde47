import type { AnyFunction, ClassDefinition, Expression } from '../syntax/ast';
import { walkBlock } from '../syntax/walk';
import type { Bound } from './bind';
import { agreed, isClassName, isNone, meaningful } from './agreement';
import { BUILTINS } from './builtins';
import { LOCAL, type Binding, type Scope, type SemanticModel } from './model';

/** What is known of library types: `pathlib.Path.parent` → `pathlib.Path`, `sqlite3.connect` → `sqlite3.Connection`. */
export type TypeFacts = ReadonlyMap<string, string>;

/** Aliases and attributes are followed this deep; `a = b; b = a` must end. */
const MAX_DEPTH = 12;

/** Builds the question-answering side of the semantic model. */
export function createModel(bound: Bound, facts: TypeFacts): SemanticModel {
  return new NameResolver(bound, facts);
}

class NameResolver implements SemanticModel {
  private readonly owners = new Map<AnyFunction, ClassDefinition>();
  private readonly definitions = new Map<string, AnyFunction | ClassDefinition>();
  private readonly attributeValues = new Map<ClassDefinition, Map<string, Expression[]>>();
  /** Classes that PEP 8 does not tell apart: `socket.socket`. */
  private readonly libraryTypes: ReadonlySet<string>;
  /** Answers about all bindings of a name in a scope: names that depend on each other are asked once. */
  private readonly names = new Map<object, string | undefined>();
  private readonly types = new Map<object, string | undefined>();
  private depth = 0;

  constructor(
    private readonly bound: Bound,
    private readonly facts: TypeFacts,
  ) {
    this.libraryTypes = new Set(facts.values());
    for (const [node, scope] of bound.scopes) {
      const definition = node as Scope['node'];
      if (definition.kind === 'FunctionDefinition' || definition.kind === 'ClassDefinition') {
        this.definitions.set(scope.qualifiedName, definition);
      }
      if (definition.kind === 'FunctionDefinition' && scope.parent?.node.kind === 'ClassDefinition') {
        this.owners.set(definition, scope.parent.node);
      }
    }
  }

  get module(): SemanticModel['module'] {
    return this.bound.module;
  }

  scopeOf(node: Scope['node']): Scope {
    return this.bound.scopes.get(node) ?? this.bound.moduleScope;
  }

  enclosingScope(expression: Expression): Scope {
    const root = rootName(expression);
    return (root && this.bound.scopeOfName.get(root)) ?? this.bound.moduleScope;
  }

  lookup(name: string, scope: Scope): { scope: Scope; bindings: readonly Binding[] } | undefined {
    for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
      if (current !== scope && current.node.kind === 'ClassDefinition') continue;
      if (current.globals.has(name)) current = this.bound.moduleScope;
      const bindings = current.bindings.get(name);
      if (bindings !== undefined) return { scope: current, bindings };
    }
    return undefined;
  }

  qualifiedName(expression: Expression): string | undefined {
    return this.bounded(() => this.nameOf(expression));
  }

  typeOf(expression: Expression): string | undefined {
    return this.bounded(() => this.instanceType(expression));
  }

  functionNamed(qualifiedName: string): AnyFunction | undefined {
    const name = qualifiedName.slice(LOCAL.length);
    const found = this.definitions.get(name);
    if (found !== undefined) return found.kind === 'ClassDefinition' ? undefined : found;
    const dot = name.lastIndexOf('.');
    const owner = dot < 0 ? undefined : this.definitions.get(name.slice(0, dot));
    return owner?.kind === 'ClassDefinition'
      ? this.bounded(() => this.inherited(owner, name.slice(dot + 1)))
      : undefined;
  }

  classNamed(qualifiedName: string): ClassDefinition | undefined {
    const found = qualifiedName.startsWith(LOCAL) ? this.definitions.get(qualifiedName.slice(LOCAL.length)) : undefined;
    return found?.kind === 'ClassDefinition' ? found : undefined;
  }

  classOf(definition: AnyFunction): ClassDefinition | undefined {
    return this.owners.get(definition);
  }

  basesOf(definition: ClassDefinition): readonly (string | undefined)[] {
    return definition.bases
      .filter((base) => base.kind !== 'keyword')
      .map(({ kind, value }) => {
        if (kind !== 'positional') return undefined;
        return this.qualifiedName(value.kind === 'Subscript' ? value.value : value);
      });
  }

  private inherited(owner: ClassDefinition, name: string): AnyFunction | undefined {
    for (const base of this.basesOf(owner)) {
      if (base?.startsWith(LOCAL) !== true) continue;
      const found = this.functionNamed(`${base}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private bounded<T>(answer: () => T | undefined): T | undefined {
    if (this.depth >= MAX_DEPTH) return undefined;
    this.depth++;
    try {
      return answer();
    } finally {
      this.depth--;
    }
  }

  private nameOf(expression: Expression): string | undefined {
    switch (expression.kind) {
      case 'Name': {
        const scope = this.bound.scopeOfName.get(expression) ?? this.bound.moduleScope;
        const found = this.lookup(expression.id, scope);
        if (found === undefined) return BUILTINS.has(expression.id) ? `builtins.${expression.id}` : undefined;
        return remembered(this.names, found.bindings, () =>
          agreed(meaningful(found.bindings).map((binding) => this.bindingName(binding, found.scope, expression.id))),
        );
      }
      case 'Attribute': {
        const object = this.typeOf(expression.value) ?? this.qualifiedName(expression.value);
        return object === undefined ? undefined : `${object}.${expression.attr}`;
      }
      default:
        return undefined;
    }
  }

  private bindingName(binding: Binding, scope: Scope, name: string): string | undefined {
    switch (binding.kind) {
      case 'import':
        return binding.qualifiedName;
      case 'function':
      case 'class':
        return LOCAL + this.scopeOf(binding.definition).qualifiedName;
      case 'assignment':
        // `connect = sqlite3.connect`; a call's result is an instance, not a name.
        if (binding.value === undefined || (binding.value.kind !== 'Name' && binding.value.kind !== 'Attribute'))
          return undefined;
        if (binding.value.kind === 'Name' && binding.value.id === name && scope === this.enclosingScope(binding.value))
          return undefined;
        return this.qualifiedName(binding.value);
      case 'parameter':
      case 'with-target':
        return undefined;
    }
  }

  private instanceType(expression: Expression): string | undefined {
    switch (expression.kind) {
      case 'Name': {
        const scope = this.bound.scopeOfName.get(expression) ?? this.bound.moduleScope;
        const found = this.lookup(expression.id, scope);
        if (found === undefined) return undefined;
        return remembered(this.types, found.bindings, () =>
          agreed(meaningful(found.bindings).map((binding) => this.bindingType(binding, found.scope))),
        );
      }
      case 'Call': {
        const callee = this.qualifiedName(expression.func);
        if (callee === undefined) return undefined;
        return this.facts.get(callee) ?? (isClassName(callee) ? callee : undefined);
      }
      case 'Attribute': {
        const object = this.typeOf(expression.value);
        if (object === undefined) return undefined;
        const known = this.facts.get(`${object}.${expression.attr}`);
        if (known !== undefined) return known;
        const definition = this.classNamed(object);
        if (definition === undefined) return undefined;
        const values = this.valuesOf(definition).get(expression.attr) ?? [];
        return remembered(this.types, values, () =>
          agreed(values.filter((value) => !isNone(value)).map((value) => this.typeOf(value))),
        );
      }
      case 'BinaryOperation': {
        const left = this.typeOf(expression.left);
        return left === undefined ? undefined : this.facts.get(`${left} ${expression.operator}`);
      }
      case 'NamedExpression':
        return this.typeOf(expression.value);
      case 'Conditional':
        return agreed([this.typeOf(expression.body), this.typeOf(expression.orelse)]);
      default:
        return undefined;
    }
  }

  private bindingType(binding: Binding, scope: Scope): string | undefined {
    switch (binding.kind) {
      case 'assignment':
        if (binding.annotation !== undefined) return this.annotatedType(binding.annotation);
        return binding.value === undefined ? undefined : this.typeOf(binding.value);
      case 'parameter': {
        if (binding.annotation !== undefined) return this.annotatedType(binding.annotation);
        const definition = scope.node;
        if (!binding.isFirst || definition.kind !== 'FunctionDefinition') return undefined;
        const owner = this.owners.get(definition);
        const isStatic = definition.decorators.some(
          (decorator) => decorator.kind === 'Name' && decorator.id === 'staticmethod',
        );
        return owner === undefined || isStatic ? undefined : LOCAL + this.scopeOf(owner).qualifiedName;
      }
      case 'with-target':
        return this.typeOf(binding.context);
      default:
        return undefined;
    }
  }

  /** `Path`, `Optional[Path]`, `Path | None`; anything else is not one class for sure. */
  private annotatedType(annotation: Expression): string | undefined {
    if (annotation.kind === 'Subscript') {
      const generic = this.qualifiedName(annotation.value);
      return generic === 'typing.Optional' ? this.annotatedType(annotation.index) : undefined;
    }
    if (annotation.kind === 'BinaryOperation' && annotation.operator === '|') {
      const sides = [annotation.left, annotation.right].filter((side) => !isNone(side));
      return sides.length === 1 && sides[0] !== undefined ? this.annotatedType(sides[0]) : undefined;
    }
    const name = this.qualifiedName(annotation);
    return name !== undefined && (isClassName(name) || this.libraryTypes.has(name)) ? name : undefined;
  }

  /** Everything assigned to `self.<attr>` in the methods of a class. */
  private valuesOf(definition: ClassDefinition): Map<string, Expression[]> {
    const known = this.attributeValues.get(definition);
    if (known !== undefined) return known;
    const values = new Map<string, Expression[]>();
    this.attributeValues.set(definition, values);
    walkBlock(definition.body, {
      statement: (statement) => {
        if (statement.kind !== 'Assign' && statement.kind !== 'AnnotatedAssign') return undefined;
        const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
        for (const target of targets) {
          if (target.kind !== 'Attribute' || target.value.kind !== 'Name' || target.value.id !== 'self') continue;
          if (statement.value === undefined) continue;
          const list = values.get(target.attr);
          if (list === undefined) values.set(target.attr, [statement.value]);
          else list.push(statement.value);
        }
        return undefined;
      },
    });
    return values;
  }
}

/** The answer for a list of bindings or values, computed once; while it is being computed it is not known. */
function remembered(
  answers: Map<object, string | undefined>,
  about: object,
  compute: () => string | undefined,
): string | undefined {
  if (answers.has(about)) return answers.get(about);
  answers.set(about, undefined);
  const answer = compute();
  answers.set(about, answer);
  return answer;
}

/** The name at the root of a dotted expression or call chain. */
function rootName(expression: Expression): Expression | undefined {
  let current: Expression | undefined = expression;
  while (current !== undefined) {
    switch (current.kind) {
      case 'Name':
        return current;
      case 'Attribute':
      case 'Subscript':
      case 'Await':
      case 'Starred':
        current = current.value;
        break;
      case 'Call':
        current = current.func;
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}
