import { childBlocks, statementExpressions, walkBlock, type ast, type SemanticModel } from '@pylint-leaks/core';
import { bindTarget, elementsOf, evaluate, mentions, type Environment, type EvaluationContext } from './evaluate';
import { join, type Holds } from './kinds';

/** A place where something that holds the resource leaves the statements that were looked at. */
export interface Escape {
  readonly how: 'returned' | 'yielded' | 'stored' | 'raised' | 'declared-global';
  readonly span: ast.Expression['span'];
}

/** What statements make of a resource. */
export interface Retention {
  /** Names that may hold it or something that needs it, the holder included. */
  readonly names: ReadonlySet<string>;
  readonly escapes: readonly Escape[];
  /** Calls of code that cannot be seen, to which it is handed. */
  readonly unknownCalls: readonly ast.Call[];
}

/** Where the resource comes from: names that hold it already, and calls that acquire it. */
export interface Seeds {
  readonly names: ReadonlyMap<string, Holds>;
  readonly acquisitions: ReadonlyMap<ast.Expression, Holds>;
}

/** Names of the scope that belong to another one: `global x`, `nonlocal x`. */
export interface SharedNames {
  readonly has: (name: string) => boolean;
}

/**
 * Follows a resource through statements: which names may hold it afterwards, and where it gets away. Insensitive to the
 * order of statements, so loops need no special care: the names are iterated to a fixed point.
 */
export function scanRetention(
  statements: readonly ast.Statement[],
  seeds: Seeds,
  model: SemanticModel,
  shared: SharedNames,
  localCall: EvaluationContext['localCall'],
): Retention {
  const environment: Environment = new Map(seeds.names);
  for (;;) {
    const before = [...environment].join();
    const escapes: Escape[] = [];
    const unknownCalls: ast.Call[] = [];
    const context: EvaluationContext = {
      model,
      environment,
      acquisitions: seeds.acquisitions,
      localCall,
      escapes: (how, at) => void escapes.push({ how, span: at.span }),
      unknownCall: (call) => void unknownCalls.push(call),
    };
    const scan = new StatementScan(context, shared, escapes);
    for (const statement of statements) scan.statement(statement);
    if ([...environment].join() === before) {
      const names = [...environment].filter(([, holds]) => holds !== 'nothing').map(([name]) => name);
      return { names: new Set(names), escapes, unknownCalls };
    }
  }
}

class StatementScan {
  constructor(
    private readonly context: EvaluationContext,
    private readonly shared: SharedNames,
    private readonly escapes: Escape[],
  ) {}

  statement(statement: ast.Statement): void {
    switch (statement.kind) {
      case 'Assign':
        this.assign(statement);
        break;
      case 'AugmentedAssign':
      case 'AnnotatedAssign':
        if (statement.value !== undefined) this.bind(statement.target, this.value(statement.value), statement);
        break;
      case 'Return':
        this.leaves('returned', statement.value);
        break;
      case 'Raise':
        this.leaves('raised', statement.exception);
        this.leaves('raised', statement.cause);
        break;
      case 'For':
        this.bind(statement.target, elementsOf(this.value(statement.iterable)), statement);
        break;
      case 'With':
        for (const item of statement.items) {
          // `with conn as c` and `with file as f` give the object itself.
          const holds = this.value(item.context);
          if (item.target !== undefined) this.bind(item.target, holds, statement);
        }
        break;
      case 'Match': {
        const holds = this.value(statement.subject);
        const captures = statement.cases.flatMap((clause) => clause.captures);
        if (holds !== 'nothing') for (const name of captures) this.bind(name, 'opaque', statement);
        for (const part of statementExpressions(statement).slice(1)) this.value(part);
        break;
      }
      case 'FunctionDefinition':
      case 'ClassDefinition':
        this.definition(statement);
        return;
      case 'Delete':
        break;
      default:
        for (const part of statementExpressions(statement)) this.value(part);
    }
    for (const block of childBlocks(statement)) for (const inner of block.statements) this.statement(inner);
  }

  private value(expression: ast.Expression): Holds {
    return evaluate(expression, this.context);
  }

  private leaves(how: Escape['how'], expression: ast.Expression | undefined): void {
    if (expression !== undefined && this.value(expression) !== 'nothing')
      this.escapes.push({ how, span: expression.span });
  }

  private assign({ targets, value }: ast.Assign): void {
    for (const target of targets) {
      const isPairwise =
        target.kind === 'Tuple' && value.kind === 'Tuple' && target.elements.length === value.elements.length;
      const hasStar = isPairwise && [...target.elements, ...value.elements].some(({ kind }) => kind === 'Starred');
      if (!isPairwise || hasStar) this.bind(target, this.value(value), target);
      else
        target.elements.forEach((part, i) => this.bind(part, this.value(value.elements[i] as ast.Expression), target));
    }
  }

  private bind(target: ast.Expression, holds: Holds, at: { readonly span: Escape['span'] }): void {
    const { environment } = this.context;
    const name = (id: string, held: Holds): void => {
      if (held === 'nothing') return;
      if (this.shared.has(id)) this.escapes.push({ how: 'declared-global', span: at.span });
      environment.set(id, join(held, environment.get(id) ?? 'nothing'));
    };
    bindTarget(target, holds, name, (other, held) => {
      this.value(other);
      if (held !== 'nothing') this.escapes.push({ how: 'stored', span: at.span });
    });
  }

  /** A nested function or class that mentions the resource keeps it for as long as it lives. */
  private definition(statement: ast.FunctionDefinition | ast.ClassDefinition): void {
    const { environment } = this.context;
    let captures = statementExpressions(statement).some((part) => mentions(part, environment));
    walkBlock(statement.body, {
      expression: (part) => {
        captures ||= part.kind === 'Name' && (environment.get(part.id) ?? 'nothing') !== 'nothing';
        return captures ? false : undefined;
      },
    });
    if (captures) this.bind(statement.name, 'opaque', statement);
  }
}
