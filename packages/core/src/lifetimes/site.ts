import type { AcquireRow } from '../resources/model';
import { ALWAYS_RESUMES } from '../resources/tables/decorators';
import type { AnyFunction, Call, Module } from '../syntax/ast';
import { contains } from '../text/span';
import { capturedInRegion } from './capture';
import {
  newObservations,
  type Observations,
  type ParameterEffect,
  type SiteContext,
  type UnknownCalls,
  type Watched,
} from './context';
import { denote } from './denote';
import type { FileProject } from './project';
import type { RegionFacts } from './region';
import { follow, type Exits } from './run';
import { INITIAL, store, type State } from './state';
import { isSurelyTrue } from './surely-true';

/** The exits of a region for one site, and what was seen on the way. */
export interface SiteRun {
  readonly exits: Exits;
  readonly observed: Observations;
}

/**
 * Follows one acquisition through its region. Unknown calls borrow when the function itself releases the resource on an
 * ordinary path (then it is the owner); otherwise they take it over.
 *
 * @returns undefined when the region has no graph or too many paths.
 */
export function runSite(
  project: FileProject,
  region: AnyFunction | Module,
  call: Call,
  row: AcquireRow,
  element?: number,
): SiteRun | undefined {
  const owner = run(project, region, call, row, 'borrow', { element });
  if (owner === undefined || owner.observed.releasesNormally || project.strict) return owner;
  return run(project, region, call, row, 'escape', { element });
}

/** What else a run may follow: one element of the call's result, or a parameter. */
interface Followed {
  readonly element?: number | undefined;
  readonly parameter?: string;
  readonly watched?: Watched;
}

function run(
  project: FileProject,
  region: AnyFunction | Module,
  call: Call | undefined,
  row: AcquireRow,
  unknownCalls: UnknownCalls,
  { element, parameter, watched }: Followed,
): SiteRun | undefined {
  const cfg = project.cfg(region);
  if (cfg === undefined) return undefined;
  const observed = newObservations();
  const context = { ...createContext(project, region, call, row, unknownCalls, observed), element, watched };
  const start = startOf(parameter, watched);
  const exits = follow(cfg, start, context);
  return exits === undefined ? undefined : { exits, observed };
}

function startOf(parameter: string | undefined, watched: Watched | undefined): State {
  if (watched !== undefined) return store({ ...INITIAL, status: 'live' }, watched.attribute);
  return parameter === undefined ? INITIAL : { ...INITIAL, status: 'live', holders: [parameter] };
}

/** Follows what an attribute holds when a method begins; what is seen is noted in `watched`. */
export function watchAttribute(project: FileProject, method: AnyFunction, row: AcquireRow, watched: Watched): void {
  run(project, method, undefined, row, 'escape', { watched });
}

function createContext(
  project: FileProject,
  region: AnyFunction | Module,
  site: Call | undefined,
  row: AcquireRow,
  unknownCalls: UnknownCalls,
  observed: Observations,
): Omit<SiteContext, 'element' | 'watched'> {
  const scope = project.model.scopeOf(region);
  const relevant = relevantFor(site, row, project.scan(region));
  const owner = region.kind === 'FunctionDefinition' ? project.model.classOf(region) : undefined;
  const isStatic =
    region.kind === 'FunctionDefinition' &&
    region.decorators.some((decorator) => decorator.kind === 'Name' && decorator.id === 'staticmethod');
  return {
    project,
    region,
    row,
    site,
    unknownCalls,
    conditions: {
      textOf: project.text,
      isRelevant: (key) => relevant.has(key),
      isHandle: (expression, state) => denote(expression, state) === 'handle',
      isParameter: site === undefined,
      // What is passed from other files may be a path or a number.
      isObject: !/^(int$|str$|<)/.test(row.type),
      isSurelyTrue: (name) => isSurelyTrue(name, project.model, project.catalogue),
    },
    yieldsToCaller: project.yieldsToCaller(region),
    alwaysResumes: region.kind !== 'Module' && project.isDecoratedBy(region, ALWAYS_RESUMES),
    self:
      owner === undefined || isStatic
        ? undefined
        : region.kind === 'FunctionDefinition'
          ? region.parameters[0]?.name
          : undefined,
    names: { globals: scope.globals, nonlocals: scope.nonlocals, captured: capturedInRegion(region, row.release) },
    observed,
  };
}

/**
 * Conditions that can matter to a site: those around its acquisition, and those around calls that may release it. Keeping
 * every condition of a long function multiplies its paths for nothing.
 */
function relevantFor(site: Call | undefined, row: AcquireRow, facts: RegionFacts): ReadonlySet<string> {
  const held = site === undefined ? [] : namesBoundWith(site, facts);
  const decisive = facts.calls
    .map(({ call }) => call)
    .filter(({ func, args }) => {
      if (func.kind === 'Attribute' && row.release.includes(func.attr)) return true;
      // `close()` after `close = file.close`, and functions that are given the handle.
      return (
        (func.kind === 'Name' && args.length === 0) ||
        args.some(({ value }) => value.kind === 'Name' && held.includes(value.id))
      );
    });
  const places = [...(site === undefined ? [] : [site]), ...decisive].map(({ span }) => span);
  const relevant = facts.decisions.filter(({ span }) => places.some((place) => contains(span, place)));
  const keys = [...relevant.map(({ key }) => key), ...outcomes(row, facts)];
  return new Set(keys.filter((key) => facts.relevantConditions.has(key)));
}

/** `status` in `status = child.poll()`: while it is what it was before, nothing has been released. */
function outcomes(row: AcquireRow, facts: RegionFacts): readonly string[] {
  return facts.calls.flatMap(({ call: { func }, statement }) =>
    func.kind === 'Attribute' && row.release.includes(func.attr) && statement.kind === 'Assign'
      ? statement.targets.flatMap((target) => (target.kind === 'Name' ? [target.id] : []))
      : [],
  );
}

/** The names that the statement of an acquisition binds. */
function namesBoundWith(site: Call, facts: RegionFacts): readonly string[] {
  const statement = facts.calls.find(({ call }) => call === site)?.statement;
  if (statement?.kind !== 'Assign') return [];
  return statement.targets.flatMap((target) => (target.kind === 'Name' ? [target.id] : []));
}

/** What a function does with a parameter that holds a resource of this kind. */
export function runParameter(
  project: FileProject,
  definition: AnyFunction,
  parameter: string,
  row: AcquireRow,
): ParameterEffect {
  const borrowing = run(project, definition, undefined, row, 'borrow', { parameter });
  if (borrowing === undefined) return 'stores';
  if (borrowing.exits.normal.some(({ fact }) => fact.status === 'released')) return 'releases';
  const escaping = run(project, definition, undefined, row, 'escape', { parameter });
  if (escaping === undefined) return 'stores';
  const ends = escaping.exits.normal.map(({ fact }) => fact);
  if (ends.some(({ status, handOver }) => (status === 'gone' && handOver !== 'returned') || status === 'stored'))
    return 'stores';
  return ends.some(({ handOver }) => handOver === 'returned') ? 'returns' : 'borrows';
}

/** Whether some way through a function returns what it was given for a parameter. */
export function mayReturnParameter(
  project: FileProject,
  definition: AnyFunction,
  parameter: string,
  row: AcquireRow,
): boolean {
  const escaping = run(project, definition, undefined, row, 'escape', { parameter });
  return escaping?.exits.normal.some(({ fact }) => fact.handOver === 'returned') === true;
}
