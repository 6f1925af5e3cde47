import type { ast, LintResult } from '@pylint-leaks/core';
import type { EvaluationContext, LocalCall } from './evaluate';
import type { Holds } from './kinds';
import { containsYield } from '../syntax/statement-facts';
import { scanRetention } from './scan';

/** How deep calls of functions of the file are followed. */
const MAX_DEPTH = 4;

/**
 * What calls of functions of this file do with what they are handed: when the function keeps nothing of its parameter,
 * the call gives what the function returns of it. Unknown (undefined) when the function stores it, hands it on to code
 * that cannot be seen, or may be overridden in a way that cannot be seen.
 */
export function localCalls(lint: LintResult, depth = 0): EvaluationContext['localCall'] {
  return (call, holding) => {
    if (depth >= MAX_DEPTH) return undefined;
    const name = lint.model.qualifiedName(call.func);
    const definition = name === undefined ? undefined : lint.model.functionNamed(name);
    if (definition?.kind !== 'FunctionDefinition' || definition.hasError) return undefined;
    const isMethod = call.func.kind === 'Attribute' && isBound(lint, definition);
    const parameters = definition.parameters.filter(({ kind }) => kind === 'positional' || kind === 'keyword-only');
    const seeds = new Map<string, Holds>();
    for (const [argument, holds] of holding) {
      const position = call.args.indexOf(argument) + (isMethod ? 1 : 0);
      const parameter =
        argument.kind === 'keyword'
          ? parameters.find((candidate) => candidate.name === argument.name)
          : argument.kind === 'positional' && !call.args.slice(0, position).some(({ kind }) => kind === 'star')
            ? parameters.filter(({ kind }) => kind === 'positional')[position]
            : undefined;
      if (parameter === undefined) return undefined;
      seeds.set(parameter.name, holds);
    }
    return resultOf(lint, definition, seeds, depth);
  };
}

function isBound(lint: LintResult, definition: ast.FunctionDefinition): boolean {
  return (
    lint.model.classOf(definition) !== undefined &&
    !definition.decorators.some((decorator) => decorator.kind === 'Name' && decorator.id === 'staticmethod')
  );
}

/** Generators and decorated functions run in ways this does not follow. */
function resultOf(
  lint: LintResult,
  definition: ast.FunctionDefinition,
  seeds: ReadonlyMap<string, Holds>,
  depth: number,
): LocalCall | undefined {
  const plain = ['staticmethod', 'classmethod'];
  if (definition.decorators.some((decorator) => decorator.kind !== 'Name' || !plain.includes(decorator.id)))
    return undefined;
  if (containsYield(definition.body)) return undefined;
  const scope = lint.model.scopeOf(definition);
  const shared = { has: (name: string) => scope.globals.has(name) || scope.nonlocals.has(name) };
  const retention = scanRetention(
    definition.body.statements,
    { names: seeds, acquisitions: new Map() },
    lint.model,
    shared,
    localCalls(lint, depth + 1),
  );
  if (retention.escapes.some(({ how }) => how !== 'returned' && how !== 'raised')) return { kind: 'keeps' };
  if (retention.unknownCalls.length > 0) return undefined;
  return { kind: 'gives', holds: retention.escapes.length > 0 ? 'opaque' : 'nothing' };
}
