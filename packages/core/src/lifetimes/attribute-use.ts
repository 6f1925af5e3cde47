import type { AnyFunction, Block, Expression, Statement } from '../syntax/ast';
import type { AcquireRow } from '../resources/model';
import { RELEASE_NAMES } from '../resources/tables/decorators';
import { childBlocks, statementExpressions, walkExpression } from '../syntax/walk';
import type { Project } from './context';
import { isStatic } from './transfer-call';

interface Options {
  /** Releases in `except` suites do not count: they undo a failed acquisition. */
  readonly skipHandlers: boolean;
}

/**
 * Whether a method releases `self.<name>` or an element of it: directly, through a local alias or loop variable, through
 * `with`, by passing it to something that releases, or by calling a method that does. Flow is ignored: a class that
 * releases under a condition knows why.
 */
export function releasesAttribute(
  method: AnyFunction,
  name: string,
  row: AcquireRow,
  project: Project,
  options: Options = { skipHandlers: false },
  seen = new Set<AnyFunction>(),
): boolean {
  // Each method once for a question, whichever way it is reached: methods that call each other in circles are common.
  if (seen.has(method)) return false;
  seen.add(method);
  const scan = new AttributeScan(method, name, row, project, seen);
  if (method.kind === 'Lambda') scan.expression(method.body);
  else {
    // Twice, so that an alias made late in a loop body is known at its start.
    scan.block(method.body, options);
    scan.block(method.body, options);
  }
  return scan.found || (row.family === 'thread' && method.kind === 'FunctionDefinition' && signalsStop(method));
}

class AttributeScan {
  found = false;
  private readonly aliases = new Set<string>();
  private readonly self: string;

  constructor(
    method: AnyFunction,
    private readonly name: string,
    private readonly row: AcquireRow,
    private readonly project: Project,
    private readonly seen: Set<AnyFunction>,
  ) {
    this.self = method.parameters.find((parameter) => parameter.name !== '')?.name ?? 'self';
  }

  block(block: Block, options: Options): void {
    for (const statement of block.statements) this.statement(statement, options);
  }

  private statement(statement: Statement, options: Options): void {
    if (statement.kind === 'With') for (const { context, target } of statement.items) this.entered(context, target);
    if (statement.kind === 'Assign') {
      for (const target of statement.targets) {
        this.alias(target, statement.value);
        // `response.stream = self.file`: another object has it as well, and may end it.
        if (target.kind === 'Attribute' && this.isDirect(statement.value)) this.found ||= !this.isOnSelf(target.value);
      }
    }
    if (statement.kind === 'AnnotatedAssign' && statement.value !== undefined)
      this.alias(statement.target, statement.value);
    if (statement.kind === 'For') this.alias(statement.target, statement.iterable);
    for (const part of statementExpressions(statement)) this.expression(part);
    if (statement.kind === 'Try' && options.skipHandlers) {
      for (const block of [statement.body, statement.orelse, statement.finalbody])
        if (block !== undefined) this.block(block, options);
      return;
    }
    for (const block of childBlocks(statement)) this.block(block, options);
  }

  private isOnSelf(expression: Expression): boolean {
    return expression.kind === 'Name' && expression.id === this.self;
  }

  private entered(context: Expression, target: Expression | undefined): void {
    if (target !== undefined) this.alias(target, context);
    if (this.isExit('__exit__') && this.isDirect(context)) this.found = true;
  }

  /** `self.file.__exit__(…)` by hand; that of a connection ends a transaction. */
  private isExit(method: string): boolean {
    return method === '__exit__' && this.row.with !== 'transaction' && this.row.with !== 'none';
  }

  private alias(target: Expression, value: Expression): void {
    if (!this.mentions(value)) return;
    walkExpression(target, (part) => {
      if (part.kind === 'Name' && part.id !== this.self) this.aliases.add(part.id);
      return part.kind !== 'Attribute' && part.kind !== 'Subscript';
    });
  }

  expression(root: Expression): void {
    walkExpression(root, (part) => {
      switch (part.kind) {
        case 'Attribute':
          if ((this.row.release.includes(part.attr) || this.isExit(part.attr)) && this.mentions(part.value))
            this.found = true;
          return undefined;
        case 'Comprehension':
          for (const clause of part.clauses) this.alias(clause.target, clause.iterable);
          return undefined;
        case 'NamedExpression':
          this.alias(part.target, part.value);
          return undefined;
        case 'Call':
          this.call(part);
          return undefined;
        default:
          return undefined;
      }
    });
  }

  /** `closing(self.conn)`, `manager.cleanup(self.driver)`, `self._close_all()`. */
  private call(call: Extract<Expression, { kind: 'Call' }>): void {
    const { model, catalogue } = this.project;
    const method =
      call.func.kind === 'Attribute' ? call.func.attr : call.func.kind === 'Name' ? call.func.id : undefined;
    const isGiven = call.args.some(({ value }) => this.carries(value));
    // `to_close.append(self.fd)`: what becomes of the container becomes of the attribute.
    const container =
      call.func.kind === 'Attribute' && call.func.value.kind === 'Name' ? call.func.value.id : undefined;
    if (isGiven && container !== undefined && container !== this.self && (method === 'append' || method === 'add')) {
      this.aliases.add(container);
    }
    const qualified = model.qualifiedName(call.func);
    if (isGiven) {
      const rows = catalogue.effects(qualified, method);
      if (
        rows.some(
          ({ effect }) =>
            effect === 'owns' || effect === 'releases' || (effect === 'enters' && this.row.with !== 'transaction'),
        )
      ) {
        this.found ||= method !== 'append' && method !== 'add';
      }
      if (method !== undefined && RELEASE_NAMES.test(method)) this.found = true;
      if (method !== undefined && this.row.family === 'temp' && REMOVES.test(method)) this.found = true;
    }
    if (this.found || qualified === undefined) return;
    const definition = model.functionNamed(qualified);
    if (definition === undefined) return;
    const isOnSelf =
      call.func.kind === 'Attribute' && call.func.value.kind === 'Name' && call.func.value.id === this.self;
    if (isOnSelf)
      this.found ||= releasesAttribute(
        definition,
        this.name,
        this.row,
        this.project,
        { skipHandlers: false },
        this.seen,
      );
    if (isGiven && !this.found) {
      const isBound = model.classOf(definition) !== undefined && !isStatic(definition);
      const named = definition.parameters.filter(({ kind }) => kind === 'positional').slice(isBound ? 1 : 0);
      const index = call.args.findIndex(({ value }) => this.isDirect(value));
      const parameter = named[index]?.name;
      if (parameter !== undefined)
        this.found ||= this.project.parameterEffect(definition, parameter, this.row) === 'releases';
    }
  }

  /** The attribute itself, starred, or inside a display: `Finalize(self, os.close, (self.fd,))`. */
  private carries(value: Expression): boolean {
    if (value.kind === 'Starred') return this.carries(value.value);
    if (value.kind === 'Tuple' || value.kind === 'List') return value.elements.some((element) => this.carries(element));
    return this.isDirect(value);
  }

  private isDirect(expression: Expression): boolean {
    if (expression.kind === 'Name') return this.aliases.has(expression.id);
    // `getattr(self, "conn", None)`
    if (expression.kind === 'Call' && expression.func.kind === 'Name' && expression.func.id === 'getattr') {
      const [object, name] = expression.args;
      return (
        object?.value.kind === 'Name' &&
        object.value.id === this.self &&
        name?.value.kind === 'String' &&
        name.value.value === this.name
      );
    }
    return (
      expression.kind === 'Attribute' &&
      expression.attr === this.name &&
      expression.value.kind === 'Name' &&
      expression.value.id === this.self
    );
  }

  /** `self.name`, an alias of it, or something taken out of it (`self.name[k]`, `self.name.values()`). */
  private mentions(expression: Expression): boolean {
    let found = false;
    walkExpression(expression, (part) => {
      if (this.isDirect(part)) found = true;
      return !found;
    });
    return found;
  }
}

/** `rm_rf(self.path)`: names of functions that take a directory away. */
const REMOVES = /(^|_)(rm|rmdir|rmtree|remove|delete|unlink)(_|$)/i;

/** Methods that tell a thread to end: an event is set, a flag flipped, a server shut down, a sentinel queued. */
const SIGNALS = new Set([
  'set',
  'put',
  'put_nowait',
  'shutdown',
  'cancel',
  'stop',
  'close',
  'clear',
  'call_soon_threadsafe',
  'notify_all',
  'notify',
]);

function signalsStop(method: Extract<Statement, { kind: 'FunctionDefinition' }>): boolean {
  if (!RELEASE_NAMES.test(method.name.id)) return false;
  let signals = false;
  const visit = (block: Block): void => {
    for (const statement of block.statements) {
      if (statement.kind === 'Assign' && statement.value.kind === 'Constant') {
        signals ||= statement.targets.some((target) => target.kind === 'Attribute');
      }
      for (const part of statementExpressions(statement)) {
        walkExpression(part, (expression) => {
          if (expression.kind === 'Call' && expression.func.kind === 'Attribute' && SIGNALS.has(expression.func.attr))
            signals = true;
          return undefined;
        });
      }
      childBlocks(statement).forEach(visit);
    }
  };
  visit(method.body);
  return signals;
}
