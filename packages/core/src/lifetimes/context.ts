import type { AnyFunction, Call, ClassDefinition, Expression, Module, Statement } from '../syntax/ast';
import type { Catalogue } from '../resources/catalogue';
import type { AcquireRow } from '../resources/model';
import type { SemanticModel } from '../semantic/model';
import type { Outside } from '../summaries/project-index';
import type { ConditionContext } from './condition';
import type { State } from './state';

/** What a function of the file does with one of its parameters. */
export type ParameterEffect = 'releases' | 'stores' | 'borrows' | 'returns';

/** What a call of a function of the file means to its caller. */
export interface FunctionSummary {
  /** The row of what it returns and its caller must release; undefined when it returns nothing of the kind. */
  readonly returnsOwned: AcquireRow | undefined;
}

/** Answers about the functions and classes of the file, computed on demand. */
export interface Project {
  readonly model: SemanticModel;
  readonly catalogue: Catalogue;
  /** The other files of the project. */
  readonly outside: Outside;
  summary(definition: AnyFunction): FunctionSummary;
  parameterEffect(definition: AnyFunction, parameter: string, row: AcquireRow): ParameterEffect;
  /** Whether some way through the function gives the parameter back. */
  mayReturn(definition: AnyFunction, parameter: string, row: AcquireRow): boolean;
  /** True when calling this method releases `self.<attribute>`. */
  releasesAttribute(method: AnyFunction, attribute: string, row: AcquireRow): boolean;
  /** The row of a class of the file that extends a resource class (`class Worker(Thread)`). */
  resourceClass(definition: ClassDefinition): AcquireRow | undefined;
}

/** What happens to a resource that is passed to a call nothing is known about. */
export type UnknownCalls = 'escape' | 'borrow';

/** One run of the analysis: one site in one region. */
export interface SiteContext {
  readonly project: Project;
  readonly region: AnyFunction | Module;
  readonly row: AcquireRow;
  /** The constructor call; undefined when a parameter is followed instead. */
  readonly site: Call | undefined;
  readonly unknownCalls: UnknownCalls;
  /** Which element of the tuple that the call gives is followed. */
  readonly element: number | undefined;
  readonly conditions: ConditionContext;
  /** `yield` hands the value to a `with` block that gives control back (`@contextmanager`, fixtures). */
  readonly yieldsToCaller: boolean;
  /** What follows a `yield` always runs (pytest fixtures). */
  readonly alwaysResumes: boolean;
  /** Name of the parameter that is the instance, in methods. */
  readonly self: string | undefined;
  readonly names: RegionNames;
  /** An attribute that holds a live resource when the method begins. */
  readonly watched: Watched | undefined;
  readonly observed: Observations;
}

/** What is asked about an attribute that a method finds filled. */
export interface Watched {
  /** `self.conn` */
  readonly attribute: string;
  /** Another method of the class; `calls` gets the calls of it that are reached with the resource still there. */
  readonly callee: string | undefined;
  readonly calls: Set<Call>;
  /** Assignments that put something else in its place. */
  readonly replacedBy: Set<Statement>;
}

/** Names of a region that need care. */
export interface RegionNames {
  /** Declared `global`, or bound in the module itself. */
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  /** Read by a nested function or lambda; `true` when that function releases it. */
  readonly captured: ReadonlyMap<string, boolean>;
}

/** What a run saw on the way, path by path; filled during the run and read afterwards. */
export interface Observations {
  readonly releases: Set<Expression | Statement>;
  /** A release on a path on which nothing had raised: the function itself is the owner. */
  releasesNormally: boolean;
  readonly holders: string[];
  /** The call that acquired, where it is not the constructor. */
  acquiredBy: Call | undefined;
  /** `with` on the resource that does not release it. */
  enteredWithoutRelease: boolean;
}

export function newObservations(): Observations {
  return {
    releases: new Set(),
    releasesNormally: false,
    holders: [],
    acquiredBy: undefined,
    enteredWithoutRelease: false,
  };
}

/** Notes a release and gives the state back, for use in one expression. */
export function observeRelease(context: SiteContext, by: Expression | Statement, before: State): void {
  context.observed.releases.add(by);
  if (!before.raised) context.observed.releasesNormally = true;
}
