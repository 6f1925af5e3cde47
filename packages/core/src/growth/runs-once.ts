import type { FunctionDefinition, Module } from '../syntax/ast';
import { ONE_SHOT_DECORATORS, ONE_SHOT_NAMES } from '../resources/tables/running';
import { LOCAL, type SemanticModel } from '../semantic/model';
import { enclosingSites, visitSites, type Site } from './visit-sites';

/** Whether a function is seen to run only once in a program. */
export type RunsOnce = (definition: FunctionDefinition) => boolean;

/**
 * Looks for functions that a program runs once: entry points, and functions that nothing in the file mentions but calls
 * outside of loops at module level or in a function that itself runs once.
 */
export function findRunsOnce(module: Module, model: SemanticModel): RunsOnce {
  const uses = new Map<string, (Site | 'mention')[]>();
  visitSites(module, {
    expression: (expression, parents, _, site) => {
      if (expression.kind !== 'Name') return;
      const name = model.qualifiedName(expression);
      if (name?.startsWith(LOCAL) !== true) return;
      const [parent] = parents;
      const isCall = parent?.kind === 'Call' && parent.func === expression && site.loops.length === 0;
      const known = uses.get(name);
      if (known === undefined) uses.set(name, [isCall ? site : 'mention']);
      else known.push(isCall ? site : 'mention');
    },
  });
  const answers = new Map<FunctionDefinition, boolean>();
  const runsOnce: RunsOnce = (definition) => {
    const known = answers.get(definition);
    if (known !== undefined) return known;
    // Recursion is running more than once.
    answers.set(definition, false);
    const answer = isEntryPoint(definition, model) || isCalledOnce(definition);
    answers.set(definition, answer);
    return answer;
  };
  const isCalledOnce = (definition: FunctionDefinition): boolean => {
    if (definition.decorators.length > 0 || model.classOf(definition) !== undefined) return false;
    const calls = uses.get(LOCAL + model.scopeOf(definition).qualifiedName) ?? [];
    return calls.length > 0 && calls.every((call) => call !== 'mention' && standsInCodeThatRunsOnce(call, runsOnce));
  };
  return runsOnce;
}

/** Code outside of loops in which every surrounding function runs once. */
export function standsInCodeThatRunsOnce(site: Site, runsOnce: RunsOnce): boolean {
  return enclosingSites(site).every(
    ({ definition, loops }) =>
      loops.length === 0 &&
      (definition === undefined || (definition.kind === 'FunctionDefinition' && runsOnce(definition))),
  );
}

/** A function that a program starts with: `main`, a command. */
export function isEntryPoint(definition: FunctionDefinition, model: SemanticModel): boolean {
  if (ONE_SHOT_NAMES.has(definition.name.id) && model.classOf(definition) === undefined) return true;
  return definition.decorators.some((decorator) => {
    const called = decorator.kind === 'Call' ? decorator.func : decorator;
    const name = model.qualifiedName(called);
    return name !== undefined && ONE_SHOT_DECORATORS.has(name);
  });
}
