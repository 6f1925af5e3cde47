import { childBlocks, statementExpressions, walkBlock, type ast, type SemanticModel } from '@pylint-leaks/core';
import type { Place } from '../syntax/tree-index';
import { binds, mentionsName, readsOfTarget, statementMentions } from './mentions';

/**
 * What running some statements does to a name: `reads` when its present value may be read, `rebinds` when afterwards it
 * certainly has another one (or control never gets there).
 */
interface NameFlow {
  readonly reads: boolean;
  readonly rebinds: boolean;
}

const UNTOUCHED: NameFlow = { reads: false, rebinds: false };

/** Answers where the present value of a name may still be read. Errs on the side of "may". */
export class Liveness {
  constructor(
    private readonly model: SemanticModel,
    private readonly name: string,
    /** Statements that may read the name without harm. */
    private readonly isHarmless: (statement: ast.Statement) => boolean = () => false,
  ) {}

  /**
   * True when the name may be read after a statement has been left: by what follows it, by the next round of a loop
   * around it, or by a handler or `finally` that an exception leads to.
   */
  mayBeReadAfter(place: Place): boolean {
    return this.mayBeReadNormally(place) || this.mayBeReadByHandlers(place);
  }

  /**
   * Only the paths that an exception or a `return` opens: handlers and `finally` blocks around the statement, and what
   * comes after them when they swallow the exception, as any `with` may do too.
   */
  mayBeReadByHandlers(place: Place): boolean {
    for (let inner = place; inner.parent !== undefined; inner = inner.parent) {
      const { statement } = inner.parent;
      if (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') return false;
      if (statement.kind === 'With' && this.mayBeReadNormally(inner.parent)) return true;
      if (statement.kind !== 'Try' || inner.block === statement.finalbody) continue;
      if (this.block(statement.finalbody).reads) return true;
      const handlers = inner.block === statement.body ? statement.handlers.map(({ body }) => this.block(body)) : [];
      if (handlers.some(({ reads }) => reads)) return true;
      if (handlers.some(({ rebinds }) => !rebinds) && this.mayBeReadNormally(inner.parent)) return true;
    }
    return false;
  }

  private mayBeReadNormally(place: Place): boolean {
    for (let inner = place; ;) {
      const following = this.list(inner.block.statements.slice(inner.index + 1));
      if (following.reads) return true;
      const { parent } = inner;
      if (parent === undefined) return false;
      const { statement } = parent;
      if (statement.kind === 'FunctionDefinition' || statement.kind === 'ClassDefinition') return false;
      const isLoopBody = (statement.kind === 'While' || statement.kind === 'For') && inner.block === statement.body;
      if (isLoopBody && this.again(statement).reads) return true;
      // `break` and `continue` inside the statement jump over what follows it.
      if (!isLoopBody && following.rebinds && !jumps(inner.statement)) return false;
      if (statement.kind === 'Try' && inner.block === statement.body && this.block(statement.orelse).reads) return true;
      inner = parent;
    }
  }

  private block(block: ast.Block | undefined): NameFlow {
    return block === undefined ? UNTOUCHED : this.list(block.statements);
  }

  private list(statements: readonly ast.Statement[]): NameFlow {
    let mayJump = false;
    for (const statement of statements) {
      const flow = this.flow(statement);
      if (flow.reads) return flow;
      if (flow.rebinds) return { reads: false, rebinds: !mayJump };
      mayJump ||= jumps(statement);
    }
    return UNTOUCHED;
  }

  /** A loop from the end of its body on. */
  private again(loop: ast.For | ast.While): NameFlow {
    if (loop.kind === 'While') return this.flow(loop);
    const body = binds(loop.target, this.name) ? UNTOUCHED : this.block(loop.body);
    return {
      reads: readsOfTarget(loop.target, this.name) || body.reads || this.block(loop.orelse).reads,
      rebinds: false,
    };
  }

  private flow(statement: ast.Statement): NameFlow {
    if (this.isHarmless(statement)) return UNTOUCHED;
    const { name } = this;
    const reads = (expression: ast.Expression): boolean => mentionsName(expression, name);
    switch (statement.kind) {
      case 'Return':
      case 'Raise':
        return { reads: statementExpressions(statement).some(reads), rebinds: true };
      case 'Assign':
        return {
          reads: reads(statement.value) || statement.targets.some((target) => readsOfTarget(target, name)),
          rebinds: statement.targets.some((target) => binds(target, name)),
        };
      case 'Delete':
        return {
          reads: statement.targets.some((target) => readsOfTarget(target, name)),
          rebinds: statement.targets.some((target) => binds(target, name)),
        };
      case 'If': {
        const [body, orelse] = [this.block(statement.body), this.block(statement.orelse)];
        return { reads: reads(statement.test) || body.reads || orelse.reads, rebinds: body.rebinds && orelse.rebinds };
      }
      case 'For': {
        const once = this.again(statement);
        return { reads: reads(statement.iterable) || once.reads, rebinds: false };
      }
      case 'With':
        return this.with(statement);
      case 'FunctionDefinition': {
        const shadows = this.model.scopeOf(statement).bindings.has(name);
        const header = statementExpressions(statement).some(reads);
        return {
          reads: header || (!shadows && statementMentions(statement, name)),
          rebinds: statement.name.id === name,
        };
      }
      case 'ClassDefinition':
        return { reads: statementMentions(statement, name), rebinds: statement.name.id === name };
      default: {
        const header = statementExpressions(statement).some(reads);
        return { reads: header || childBlocks(statement).some((block) => this.block(block).reads), rebinds: false };
      }
    }
  }

  private with(statement: ast.With): NameFlow {
    for (const { context, target } of statement.items) {
      if (mentionsName(context, this.name)) return { reads: true, rebinds: false };
      if (target === undefined) continue;
      if (readsOfTarget(target, this.name)) return { reads: true, rebinds: false };
      if (binds(target, this.name)) return { reads: false, rebinds: true };
    }
    return { reads: this.block(statement.body).reads, rebinds: false };
  }
}

/** True when a statement contains `break` or `continue` (of whatever loop). */
function jumps(statement: ast.Statement): boolean {
  let found = false;
  walkBlock(
    { span: statement.span, statements: [statement] },
    {
      statement: ({ kind }) => {
        found ||= kind === 'Break' || kind === 'Continue';
        return undefined;
      },
    },
  );
  return found;
}
