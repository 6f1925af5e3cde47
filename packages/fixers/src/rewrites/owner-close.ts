import {
  walkBlock,
  type ast,
  type Diagnostic,
  type FixResult,
  type Lifetime,
  type LintResult,
} from '@pylint-leaks/core';
import { placesOf } from '../syntax/tree-index';
import { indentationOf } from '../text/indentation';
import { lineByIndex, lineEndOf } from '../text/lines';
import { lastLineOf } from './layout';
import { check, decide, refused, unsafe } from './objections';

/** Methods that the rewrite adds; a class that has one of them has its own idea of its end. */
const ADDED = ['close', '__enter__', '__exit__'];

/**
 * A class that keeps what it opened and has no way to let it go gets `close`, `__enter__` and `__exit__`. Never safe: who
 * uses the class has to call them, and what the class is for others changes.
 */
export function addClose(diagnostic: Diagnostic, lifetime: Lifetime, lint: LintResult): FixResult {
  const { holding, region, row } = lifetime;
  const owner = region.kind === 'FunctionDefinition' ? lint.model.classOf(region) : undefined;
  if (holding.kind !== 'attribute' || region.kind !== 'FunctionDefinition' || owner === undefined) {
    return refused('no attribute of a class of this file holds it');
  }
  const [receiver, attribute, ...deeper] = holding.path.split('.');
  if (attribute === undefined || deeper.length > 0 || receiver !== region.parameters[0]?.name) {
    return refused('it is held by an attribute of something else than the object itself');
  }
  if (owner.bases.some(({ value }) => value.kind !== 'Name' || value.id !== 'object')) {
    return refused('a base class may have its own way to release it');
  }
  const methods = owner.body.statements.filter((statement) => statement.kind === 'FunctionDefinition');
  const existing = methods.find(({ name }) => ADDED.includes(name.id));
  if (existing !== undefined)
    return refused(`${owner.name.id} has ${existing.name.id} already, and it must release it`);
  const constructor = methods.find(({ name }) => name.id === '__init__');
  if (constructor === undefined || assignments(constructor, attribute).length === 0) {
    return refused('the attribute is not there from the beginning');
  }
  const place =
    owner.body.statements[0] === undefined ? undefined : placesOf(lint.tree.module).get(owner.body.statements[0]);
  const indentation = place === undefined ? undefined : indentationOf(lint.file, place);
  if (indentation === undefined) return refused('the class is written on one line');
  const mayBeNone = methods.some((method) => assignments(method, attribute).some(isNone));
  const { base, unit } = indentation;
  const end = lineEndOf(lint.file);
  const release = `self.${attribute}.${row.release[0] ?? 'close'}()`;
  const lines = [
    `${base}def close(self):`,
    ...(mayBeNone ? [`${base}${unit}if self.${attribute} is not None:`] : []),
    `${base}${unit}${mayBeNone ? unit : ''}${release}`,
    '',
    `${base}def __enter__(self):`,
    `${base}${unit}return self`,
    '',
    `${base}def __exit__(self, *exc_info):`,
    `${base}${unit}self.close()`,
  ];
  const last = owner.body.statements[owner.body.statements.length - 1] as ast.Statement;
  const at = lineByIndex(lint.file, lastLineOf(lint, last, indentation)).end;
  const edits = [{ span: { start: at, end: at }, text: end + lines.map((line) => end + line).join('') }];
  const checks = [check('release-dominated', [unsafe('whoever uses the class has to close it')])];
  return decide(diagnostic.ruleId, { title: `Give ${owner.name.id} a close method`, edits, checks });
}

/** What is assigned to an attribute of the object in a method. */
function assignments(method: ast.FunctionDefinition, attribute: string): readonly ast.Expression[] {
  const values: ast.Expression[] = [];
  const receiver = method.parameters[0]?.name;
  walkBlock(method.body, {
    statement: (statement) => {
      const targets =
        statement.kind === 'Assign'
          ? statement.targets
          : statement.kind === 'AnnotatedAssign'
            ? [statement.target]
            : [];
      const value = statement.kind === 'Assign' || statement.kind === 'AnnotatedAssign' ? statement.value : undefined;
      for (const target of targets) {
        const isOwn =
          target.kind === 'Attribute' &&
          target.attr === attribute &&
          target.value.kind === 'Name' &&
          target.value.id === receiver;
        if (isOwn && value !== undefined) values.push(value);
      }
      return undefined;
    },
  });
  return values;
}

function isNone(value: ast.Expression): boolean {
  return value.kind === 'Constant' && value.value === 'None';
}
