import type { ast, SyntaxTree } from '@pylint-leaks/core';

/** A tree written like `dump_ast.py` writes CPython's: one line for each statement, and the values of plain strings. */
export interface Notation {
  readonly lines: readonly string[];
  /** Values of string literals by the place they start at (`line:column`). */
  readonly values: ReadonlyMap<string, string>;
}

/** Writes a syntax tree in the notation of `dump_ast.py`; `text` must have `\n` line ends. */
export function notationOf(tree: SyntaxTree, text: string): Notation {
  const writer = new Writer(text);
  writer.block('module', tree.module.body);
  return { lines: writer.lines, values: writer.values };
}

class Writer {
  readonly lines: string[] = [];
  readonly values = new Map<string, string>();
  private readonly starts: number[] = [0];
  private readonly isAscii: boolean;
  private inString = 0;

  constructor(private readonly text: string) {
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === 10) this.starts.push(i + 1);
    // eslint-disable-next-line no-control-regex -- the range of ASCII
    this.isAscii = /^[\x00-\x7f]*$/.test(text);
  }

  private place(offset: number): string {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const start = this.starts[low] ?? 0;
    const column = this.isAscii ? offset - start : [...this.text.slice(start, offset)].length;
    return `${String(low + 1)}:${String(column)}`;
  }

  private at(node: { readonly span: { readonly start: number; readonly end: number } }): string {
    return this.inString > 0 ? '' : `@${this.place(node.span.start)}-${this.place(node.span.end)}`;
  }

  private form(node: ast.Expression, ...parts: readonly string[]): string {
    return `(${node.kind}${this.at(node)} ${parts.join(' ')})`;
  }

  private many(nodes: readonly ast.Expression[]): string {
    return nodes.map((node) => this.expression(node)).join(' ');
  }

  private optional(node: ast.Expression | undefined): string {
    return node === undefined ? '-' : this.expression(node);
  }

  private expression(node: ast.Expression): string {
    switch (node.kind) {
      case 'Name':
        return this.form(node, node.id);
      case 'Attribute':
        return this.form(node, this.expression(node.value), node.attr);
      case 'Call':
        return this.form(node, this.expression(node.func), this.arguments(node.args));
      case 'Subscript':
        return this.form(node, this.expression(node.value), this.expression(node.index));
      case 'Slice':
        return this.form(node, this.many(node.parts));
      case 'Constant':
        return this.form(node, node.value);
      case 'Number':
        return this.form(node);
      case 'String':
        return this.string(node);
      case 'Tuple':
      case 'List':
      case 'Set':
        return this.form(node, this.many(node.elements));
      case 'Dict':
        return this.form(
          node,
          ...node.entries.map(({ key, value }) =>
            key === undefined
              ? `(** ${this.expression(value)})`
              : `(${this.expression(key)}: ${this.expression(value)})`,
          ),
        );
      case 'Comprehension':
        return this.form(
          node,
          node.form,
          this.expression(node.element),
          this.optional(node.value),
          ...node.clauses.map(
            (clause) =>
              `(${clause.isAsync ? 'async ' : ''}for ${this.expression(clause.target)} ` +
              `${this.expression(clause.iterable)} [${this.many(clause.conditions)}])`,
          ),
        );
      case 'Lambda':
        return this.form(node, this.parameters(node.parameters), this.expression(node.body));
      case 'Conditional':
        return this.form(node, this.expression(node.test), this.expression(node.body), this.expression(node.orelse));
      case 'BooleanOperation':
        return this.form(node, node.operator, ...this.flat(node, node.operator));
      case 'UnaryOperation':
        return this.form(node, node.operator, this.expression(node.operand));
      case 'BinaryOperation':
        return this.form(node, node.operator, this.expression(node.left), this.expression(node.right));
      case 'Comparison': {
        const [first, ...rest] = node.operands.map((operand) => this.expression(operand));
        return this.form(node, first ?? '', ...rest.map((operand, i) => `${node.operators[i] ?? '?'} ${operand}`));
      }
      case 'NamedExpression':
        return this.form(node, this.expression(node.target), this.expression(node.value));
      case 'Await':
      case 'Starred':
        return this.form(node, this.expression(node.value));
      case 'Yield':
        return this.form(node, ...(node.from ? ['from'] : []), this.optional(node.value));
      case 'ErrorExpression':
        return this.form(node, this.many(node.children));
    }
  }

  private string(node: ast.StringLiteral): string {
    const at = this.at(node);
    if (this.inString === 0 && node.value !== undefined) this.values.set(this.place(node.span.start), node.value);
    this.inString++;
    const inner = this.many(node.interpolations);
    this.inString--;
    return `(String${at} ${inner})`;
  }

  private flat(node: ast.BooleanOperation, operator: 'and' | 'or'): string[] {
    return [node.left, node.right].flatMap((side) =>
      side.kind === 'BooleanOperation' && side.operator === operator
        ? this.flat(side, operator)
        : [this.expression(side)],
    );
  }

  private arguments(args: readonly ast.Argument[]): string {
    const parts = args.map((argument) => {
      const value = this.expression(argument.value);
      switch (argument.kind) {
        case 'positional':
          return value;
        case 'star':
          return `(Starred${this.at(argument)} ${value})`;
        case 'keyword':
          return `(${argument.name ?? '?'}= ${value})`;
        case 'double-star':
          return `(**= ${value})`;
      }
    });
    return `[${parts.join(' ')}]`;
  }

  private parameters(parameters: readonly ast.Parameter[]): string {
    const parts = parameters.map((parameter) => {
      if (parameter.kind === 'positional-only-mark') return '/';
      if (parameter.kind === 'keyword-only-mark') return '*';
      return `(${parameter.kind} ${parameter.name} ${this.optional(parameter.annotation)} ${this.optional(parameter.default)})`;
    });
    return `[${parts.join(' ')}]`;
  }

  private line(node: ast.Statement, ...parts: readonly string[]): void {
    this.lines.push(`${node.kind}${this.at(node)} ${parts.join(' ')}`.trimEnd());
  }

  block(name: string, block: ast.Block | undefined): void {
    if (block === undefined || block.statements.length === 0) return;
    this.lines.push(`${name}{`);
    for (const statement of block.statements) this.statement(statement);
    this.lines.push('}');
  }

  private imported(names: readonly ast.ImportedName[]): string {
    return names.map((name) => `${name.name}>${name.alias ?? '-'}`).join(' ');
  }

  private statement(node: ast.Statement): void {
    switch (node.kind) {
      case 'ExpressionStatement':
        return this.line(node, this.expression(node.value));
      case 'Assign':
        return this.line(node, this.many(node.targets), '=', this.expression(node.value));
      case 'AugmentedAssign':
        return this.line(node, this.expression(node.target), node.operator, this.expression(node.value));
      case 'AnnotatedAssign':
        return this.line(
          node,
          this.expression(node.target),
          ':',
          this.expression(node.annotation),
          '=',
          this.optional(node.value),
        );
      case 'Return':
        return this.line(node, this.optional(node.value));
      case 'Raise':
        return this.line(node, this.optional(node.exception), this.optional(node.cause));
      case 'Delete':
        return this.line(node, this.many(node.targets));
      case 'Assert':
        return this.line(node, this.expression(node.test), this.optional(node.message));
      case 'Pass':
      case 'Break':
      case 'Continue':
        return this.line(node);
      case 'Global':
      case 'Nonlocal':
        return this.line(node, ...node.names.map((name) => name.id));
      case 'Import':
        return this.line(node, this.imported(node.names));
      case 'ImportFrom':
        return this.line(node, String(node.level), node.module, node.isStar ? '*>-' : this.imported(node.names));
      case 'If':
      case 'While':
        this.line(node, this.expression(node.test));
        this.block('body', node.body);
        return this.block('orelse', node.orelse);
      case 'For':
        this.line(node, ...this.async(node), this.expression(node.target), this.expression(node.iterable));
        this.block('body', node.body);
        return this.block('orelse', node.orelse);
      case 'Try':
        this.line(node);
        this.block('body', node.body);
        for (const handler of node.handlers) {
          this.lines.push(
            `except${handler.isGroup ? '*' : ''} ${this.optional(handler.type)} ${handler.name?.id ?? '-'}`,
          );
          this.block('body', handler.body);
        }
        this.block('orelse', node.orelse);
        return this.block('finally', node.finalbody);
      case 'With':
        this.line(
          node,
          ...this.async(node),
          ...node.items.map((item) => `(${this.expression(item.context)} as ${this.optional(item.target)})`),
        );
        return this.block('body', node.body);
      case 'Match':
        this.line(node, this.expression(node.subject));
        for (const clause of node.cases) {
          const captures = clause.captures.map((name) => name.id).join(' ');
          const always = clause.isIrrefutable ? 'always ' : '';
          this.lines.push(`case ${always}[${captures}] [${this.many(clause.values)}] ${this.optional(clause.guard)}`);
          this.block('body', clause.body);
        }
        return;
      case 'FunctionDefinition':
        this.line(
          node,
          ...this.async(node),
          node.name.id,
          `[${this.many(node.decorators)}]`,
          this.parameters(node.parameters),
          this.optional(node.returns),
        );
        return this.block('body', node.body);
      case 'ClassDefinition':
        this.line(node, node.name.id, `[${this.many(node.decorators)}]`, this.arguments(node.bases));
        return this.block('body', node.body);
      case 'TypeAlias':
        return this.line(node, this.expression(node.name), this.expression(node.value));
      case 'Print':
      case 'Exec':
        return this.line(node, this.many(node.values));
      case 'ErrorStatement':
        this.line(node);
        return this.block('body', { span: node.span, statements: node.statements });
    }
  }

  private async(node: { readonly isAsync: boolean }): string[] {
    return node.isAsync ? ['async'] : [];
  }
}
