import { buildCfg } from '../cfg/build';
import { reaches } from '../dataflow/reach';
import type { CallFacts, Cfg } from '../cfg/graph';
import type { Catalogue } from '../resources/catalogue';
import type { AcquireRow } from '../resources/model';
import { KEEPS_RESULT, YIELDS_TO_CALLER } from '../resources/tables/decorators';
import { LOCAL, type SemanticModel } from '../semantic/model';
import { NOTHING_OUTSIDE, type Outside } from '../summaries/project-index';
import type { AnyFunction, Call, ClassDefinition, Expression, FunctionDefinition, Module } from '../syntax/ast';
import { walkBlock } from '../syntax/walk';
import { textOf, type SourceFile } from '../text/source-file';
import { releasesAttribute } from './attribute-use';
import type { FunctionSummary, ParameterEffect, Project } from './context';
import { dependenciesOf } from './dependencies';
import { factoryRow, mayGiveOther } from './factory-row';
import { ownerRow } from './owner-class';
import { scanRegion, type RegionFacts } from './region';
import { mayReturnParameter, runParameter, runSite } from './site';
import { subclassRow } from './subclass-row';
import { ownsNothing } from './unowned';

/** What a call acquires, and through which function of the file. */
export interface Acquisition {
  readonly row: AcquireRow;
  readonly factory: string | undefined;
}

const NOTHING: FunctionSummary = { returnsOwned: undefined };

/** What a file is looked at with, besides its own text. */
export interface Surroundings {
  readonly outside: Outside;
  /** Calls that nothing is known about only borrow, and what a module opens must be released too. */
  readonly strict: boolean;
}

const ALONE: Surroundings = { outside: NOTHING_OUTSIDE, strict: false };

/** Everything about one file that is computed once and asked often. Summaries are computed on demand; cycles end. */
export class FileProject implements Project {
  readonly outside: Outside;
  readonly strict: boolean;
  private readonly cfgs = new Map<object, Cfg | undefined>();
  private readonly facts = new Map<object, RegionFacts>();
  private readonly endless = new Map<AnyFunction, boolean>();
  private readonly summaries = new Map<AnyFunction, FunctionSummary>();
  /** Null for calls that acquire nothing. */
  private readonly acquisitions = new Map<Call, Acquisition | null>();
  /** Summaries that are being made, one inside of the other. */
  private unfinished = 0;
  private readonly parameterEffects = new Map<string, ParameterEffect>();
  private readonly resourceClasses = new Map<ClassDefinition, AcquireRow | undefined>();
  private dependencies: ReadonlySet<AnyFunction> | undefined;
  private readonly callFacts: CallFacts;
  private readonly expectsRaise: (call: Call) => boolean;

  constructor(
    readonly file: SourceFile,
    readonly model: SemanticModel,
    readonly catalogue: Catalogue,
    { outside, strict }: Surroundings = ALONE,
  ) {
    this.outside = outside;
    this.strict = strict;
    const ask = (test: Catalogue['neverRaises']) => (call: Call) =>
      test.call(catalogue, model.qualifiedName(call.func), call.func.kind === 'Attribute' ? call.func.attr : undefined);
    this.expectsRaise = ask(catalogue.expectsRaise);
    this.callFacts = {
      neverRaises: ask(catalogue.neverRaises),
      neverReturns: ask(catalogue.neverReturns),
      loopsForever: (call) => this.loopsForever(call),
      suppresses: (context) => context.kind === 'Call' && ask(catalogue.suppresses)(context),
    };
  }

  readonly text = (expression: Expression): string => textOf(this.file, expression.span);

  cfg(region: AnyFunction | Module): Cfg | undefined {
    if (!this.cfgs.has(region)) this.cfgs.set(region, buildCfg(region, this.callFacts));
    return this.cfgs.get(region);
  }

  /** A function of the file whose end cannot be reached. */
  private loopsForever(call: Call): boolean {
    const name = this.model.qualifiedName(call.func);
    if (name?.startsWith(LOCAL) !== true) return false;
    const definition = this.model.functionNamed(name);
    if (definition?.kind !== 'FunctionDefinition' || definition.hasError) return false;
    const known = this.endless.get(definition);
    if (known !== undefined) return known;
    this.endless.set(definition, false);
    const { hasInfiniteLoop, hasYield } = this.scan(definition);
    const cfg = hasInfiniteLoop && !hasYield ? this.cfg(definition) : undefined;
    const isEndless = cfg !== undefined && !reaches(cfg, cfg.normalExit);
    this.endless.set(definition, isEndless);
    return isEndless;
  }

  scan(region: AnyFunction | Module): RegionFacts {
    let facts = this.facts.get(region);
    if (facts === undefined) {
      const callsIn = (call: Call) => this.callsIn(call);
      facts = scanRegion(region, { textOf: this.text, expectsRaise: this.expectsRaise, callsIn });
      this.facts.set(region, facts);
    }
    return facts;
  }

  private callsIn({ func }: Call): readonly Call[] {
    const name = func.kind === 'Name' ? this.model.qualifiedName(func) : undefined;
    const definition = name?.startsWith(LOCAL) === true ? this.model.functionNamed(name) : undefined;
    const calls: Call[] = [];
    if (definition?.kind === 'FunctionDefinition') {
      walkBlock(definition.body, { expression: (part) => (part.kind === 'Call' ? void calls.push(part) : undefined) });
    }
    return calls;
  }

  /** What a call acquires: from the tables, from a class of the file, or from a factory of the file. */
  acquisition(call: Call): Acquisition | undefined {
    const known = this.acquisitions.get(call);
    if (known !== undefined) return known ?? undefined;
    const acquisition = this.findAcquisition(call);
    // While a summary is being made, answers about what it depends on are provisional.
    if (this.unfinished === 0) this.acquisitions.set(call, acquisition ?? null);
    return acquisition;
  }

  private findAcquisition(call: Call): Acquisition | undefined {
    const name = this.model.qualifiedName(call.func);
    if (name === undefined) return undefined;
    const row = this.catalogue.acquire(name);
    if (row !== undefined) {
      // `acquire(timeout=1)` may or may not acquire: its caller looks at the result.
      const isConditional = row.of === 'receiver' && call.args.length > 0;
      return isConditional || ownsNothing(call, row, this.model) ? undefined : { row, factory: undefined };
    }
    if (!name.startsWith(LOCAL)) return this.acquiredOutside(name, call);
    const definition = this.model.classNamed(name);
    if (definition !== undefined) {
      const classRow = this.resourceClass(definition);
      return classRow === undefined || ownsNothing(call, classRow, this.model)
        ? undefined
        : { row: classRow, factory: undefined };
    }
    const factory = this.model.functionNamed(name);
    const owned = factory === undefined ? undefined : this.summary(factory).returnsOwned;
    return owned === undefined || ownsNothing(call, owned, this.model)
      ? undefined
      : { row: owned, factory: name.slice(LOCAL.length) };
  }

  /** A factory or a resource class of another file. */
  private acquiredOutside(name: string, call: Call): Acquisition | undefined {
    if (name.startsWith('builtins.')) return undefined;
    const row = this.outside.acquires(name);
    if (row === undefined || ownsNothing(call, row, this.model)) return undefined;
    const isClass = row.acquire.startsWith(LOCAL) && lastName(row.acquire) === lastName(name);
    return { row, factory: isClass ? undefined : lastName(name) };
  }

  /** Classes, and functions that can be named from outside: those of the module and of its classes. */
  definitions(): readonly (ClassDefinition | FunctionDefinition)[] {
    const found: (ClassDefinition | FunctionDefinition)[] = [];
    walkBlock(this.model.module.body, {
      statement: (statement) => {
        if (statement.kind === 'ClassDefinition') found.push(statement);
        if (statement.kind !== 'FunctionDefinition') return undefined;
        found.push(statement);
        return false;
      },
    });
    return found;
  }

  /** Some call in the function acquires. */
  mayAcquire(definition: AnyFunction): boolean {
    return this.scan(definition).calls.some(({ call }) => this.acquisition(call) !== undefined);
  }

  summary(definition: AnyFunction): FunctionSummary {
    const known = this.summaries.get(definition);
    if (known !== undefined) return known;
    this.summaries.set(definition, NOTHING);
    this.unfinished++;
    const summary = this.summarize(definition);
    this.unfinished--;
    this.summaries.set(definition, summary);
    return summary;
  }

  private summarize(definition: AnyFunction): FunctionSummary {
    if (
      definition.kind === 'FunctionDefinition' &&
      (definition.hasError || this.isDecoratedBy(definition, KEEPS_RESULT))
    )
      return NOTHING;
    const { calls, hasYield } = this.scan(definition);
    if (hasYield) return NOTHING;
    for (const placed of calls) {
      const acquisition = this.acquisition(placed.call);
      if (acquisition === undefined) continue;
      const run = runSite(this, definition, placed.call, acquisition.row);
      if (run?.exits.normal.some(({ fact }) => fact.handOver === 'returned') !== true) continue;
      const { acquiredBy, ...started } = acquisition.row;
      // What must only be kept has been kept when the function stores it, at least if the caller asks for it.
      const isKeptHere = run.exits.normal.some(
        ({ fact }) => fact.handOver !== undefined && fact.handOver !== 'returned',
      );
      if (started.obligation === 'keep' && isKeptHere) continue;
      if (mayGiveOther(definition, this)) return NOTHING;
      const isStarted = acquiredBy !== undefined && run.observed.acquiredBy !== undefined;
      return { returnsOwned: factoryRow(definition, placed.call, isStarted ? started : acquisition.row, this) };
    }
    return NOTHING;
  }

  parameterEffect(definition: AnyFunction, parameter: string, row: AcquireRow): ParameterEffect {
    const key = `${String(definition.span.start)}:${parameter}:${row.acquire}`;
    const known = this.parameterEffects.get(key);
    if (known !== undefined) return known;
    // A recursive call finds this: what the rest of the function does decides.
    this.parameterEffects.set(key, 'borrows');
    const effect = runParameter(this, definition, parameter, row);
    this.parameterEffects.set(key, effect);
    return effect;
  }

  mayReturn(definition: AnyFunction, parameter: string, row: AcquireRow): boolean {
    return mayReturnParameter(this, definition, parameter, row);
  }

  releasesAttribute(method: AnyFunction, attribute: string, row: AcquireRow): boolean {
    return releasesAttribute(method, attribute.replace(/^\w+\./, '').replace(/\[\]$/, ''), row, this);
  }

  resourceClass(definition: ClassDefinition): AcquireRow | undefined {
    if (this.resourceClasses.has(definition)) return this.resourceClasses.get(definition);
    this.resourceClasses.set(definition, undefined);
    this.unfinished++;
    const row = subclassRow(definition, this) ?? ownerRow(definition, this);
    this.unfinished--;
    this.resourceClasses.set(definition, row);
    return row;
  }

  /** Whether a region calls a release method on one of these names, wherever else the resource is kept. */
  releasesByName(region: AnyFunction, names: readonly string[], row: AcquireRow): boolean {
    return this.scan(region).calls.some(
      ({ call: { func } }) =>
        func.kind === 'Attribute' &&
        row.release.includes(func.attr) &&
        func.value.kind === 'Name' &&
        names.includes(func.value.id),
    );
  }

  isDecoratedBy(definition: AnyFunction, names: ReadonlySet<string>): boolean {
    if (definition.kind === 'Lambda') return false;
    return definition.decorators.some((decorator) => {
      const name = this.model.qualifiedName(decorator.kind === 'Call' ? decorator.func : decorator);
      return name !== undefined && names.has(name);
    });
  }

  yieldsToCaller(region: AnyFunction | Module): boolean {
    if (region.kind === 'Module') return false;
    return this.isDecoratedBy(region, YIELDS_TO_CALLER) || this.isDependency(region);
  }

  /** `Depends(get_db)` somewhere in the file. */
  private isDependency(region: AnyFunction): boolean {
    if (region.kind === 'Lambda' || !this.scan(region).hasYield) return false;
    this.dependencies ??= dependenciesOf(this.model);
    return this.dependencies.has(region);
  }
}

function lastName(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
}
