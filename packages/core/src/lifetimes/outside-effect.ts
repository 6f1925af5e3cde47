import type { AcquireRow } from '../resources/model';
import type { Outside } from '../summaries/project-index';
import type { FunctionFacts, ParameterFacts } from '../summaries/summary';
import type { Argument, Call } from '../syntax/ast';
import type { ParameterEffect } from './context';

/**
 * What a function of another file does with a resource that is passed to it.
 *
 * @param name - qualified name of the function as this file sees it.
 * @param position - index of the argument among those of the call.
 * @returns undefined when nothing is known of the function or of the parameter.
 */
export function outsideEffect(
  outside: Outside,
  name: string,
  argument: Argument,
  position: number,
  row: AcquireRow,
): ParameterEffect | undefined {
  const parameter = parameterOf(outside.functionFacts(name), argument, position);
  return parameter === undefined ? undefined : effectOn(parameter, row);
}

/** What a parameter's facts mean for a resource of this kind. */
function effectOn({ releases, enters, otherwise }: ParameterFacts, row: AcquireRow): ParameterEffect {
  if (row.release.some((method) => releases.includes(method))) return 'releases';
  if (row.finishedBy?.some((method) => releases.includes(method)) === true) return 'stores';
  const isReleasedByWith = row.with === 'closes' || row.with === 'closes-and-more' || row.with === 'async';
  return enters && isReleasedByWith ? 'releases' : otherwise;
}

function parameterOf(
  facts: FunctionFacts | undefined,
  argument: Argument,
  position: number,
): ParameterFacts | undefined {
  if (facts === undefined) return undefined;
  if (argument.kind === 'keyword') return facts.parameters.find(({ name }) => name === argument.name);
  if (argument.kind !== 'positional') return undefined;
  return facts.parameters.filter(({ kind }) => kind === 'positional')[position];
}

/** Index of an argument among those of its call. */
export function positionOf(call: Call, argument: Argument): number {
  return argument.kind === 'positional' ? call.args.indexOf(argument) : 0;
}
