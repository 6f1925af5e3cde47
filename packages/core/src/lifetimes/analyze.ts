import type { Catalogue } from '../resources/catalogue';
import type { SemanticModel } from '../semantic/model';
import type { Call, ClassDefinition, Expression, Module, Statement } from '../syntax/ast';
import { walkBlock } from '../syntax/walk';
import type { SourceFile } from '../text/source-file';
import { explainPath } from './explain-path';
import { holdingOf } from './holding';
import { isKept } from './kept';
import { isExcused, isKeptByElement } from './excused';
import { judge, type Judgement } from './judge';
import { containerUse } from './local-container';
import type { Lifetime, PathStep, Region } from './lifetime';
import { ownershipOf } from './ownership';
import { FileProject, type Acquisition } from './project';
import type { PlacedCall } from './region';
import { replacedBy } from './replaced';
import { runSite, type SiteRun } from './site';

/**
 * Finds every acquisition site of a file and judges it.
 *
 * @returns one lifetime per site, clean ones included, in source order.
 */
export function analyzeLifetimes(file: SourceFile, model: SemanticModel, catalogue: Catalogue): readonly Lifetime[] {
  return lifetimesOf(new FileProject(file, model, catalogue));
}

/**
 * The same for a file whose project is at hand.
 *
 * @param untilLoss - stop at the first site that something is wrong with.
 */
export function lifetimesOf(project: FileProject, untilLoss = false): readonly Lifetime[] {
  const { model } = project;
  const lifetimes: Lifetime[] = [];
  for (const region of regionsOf(model.module)) {
    if (region.kind === 'FunctionDefinition' && region.hasError) continue;
    for (const placed of project.scan(region).calls) {
      const acquisition = project.acquisition(placed.call);
      if (acquisition === undefined || placed.isExpectedToRaise || isPatched(placed, acquisition)) continue;
      const lifetime = analyzeSite(project, region, placed, acquisition);
      if (lifetime !== undefined) lifetimes.push(lifetime);
      if (untilLoss && lifetime?.verdict !== undefined) return lifetimes;
    }
  }
  return withoutRepeats(lifetimes.sort((a, b) => a.acquire.span.start - b.acquire.span.start));
}

/** Two constructors that one `start()` acquires are one site to a reader. */
function withoutRepeats(lifetimes: readonly Lifetime[]): readonly Lifetime[] {
  const isRepeat = (lifetime: Lifetime, i: number): boolean =>
    lifetime.verdict !== undefined &&
    lifetimes.slice(0, i).some((other) => other.acquire === lifetime.acquire && other.verdict !== undefined);
  return lifetimes.filter((lifetime, i) => lifetime.acquire === lifetime.constructor_ || !isRepeat(lifetime, i));
}

/** The module body, every function, every lambda. */
function regionsOf(module: Module): readonly Region[] {
  const regions: Region[] = [module];
  walkBlock(module.body, {
    statement: (statement: Statement) => {
      if (statement.kind === 'FunctionDefinition') regions.push(statement);
      return undefined;
    },
    expression: (expression: Expression) => {
      if (expression.kind === 'Lambda') regions.push(expression);
      return undefined;
    },
  });
  return regions;
}

/** `with patch("app.open", fake): open(…)`: what is called is the fake. */
function isPatched({ patched }: PlacedCall, { row }: Acquisition): boolean {
  return patched.includes(row.acquire.slice(row.acquire.lastIndexOf('.') + 1));
}

function analyzeSite(
  project: FileProject,
  region: Region,
  placed: PlacedCall,
  acquisition: Acquisition,
): Lifetime | undefined {
  const { row } = acquisition;
  if (row.obligation === 'keep') return keptSite(project, region, placed, acquisition);
  // What the module itself opens lives as long as the program, and so do clients that are made once to be kept, unless
  // a loop opens it again and again.
  if (((region.kind === 'Module' && !project.strict) || row.lifetime === 'program') && !placed.inLoop) {
    return lifetimeOf(project, region, placed, acquisition, undefined, programLifetime());
  }
  const lifetimes = (row.elements ?? [undefined]).map((element) => {
    const run = runSite(project, region, placed.call, row, element);
    if (run === undefined) return lifetimeOf(project, region, placed, acquisition, undefined, undefined);
    const exits = region.kind === 'Module' && !project.strict ? lostOnly(run) : run.exits;
    const judgement = judge(exits, run.observed, project.scan(region).hasInfiniteLoop);
    if (row.acquiredBy !== undefined && run.observed.acquiredBy === undefined && judgement.attribute === undefined) {
      return undefined; // Constructed, and not started here: nothing to release yet.
    }
    if (row.of === 'receiver' && !run.observed.releasesNormally) {
      // A lock that is taken here and released elsewhere is a protocol between functions.
      return lifetimeOf(project, region, placed, acquisition, run, {
        ...programLifetime(),
        handOver: 'passed-to-owner',
      });
    }
    if (isKeptByElement(project, region, placed, row)) return undefined;
    if (judgement.verdict !== undefined && isExcused(project, region, placed, row, run.observed.holders))
      return undefined;
    return lifetimeOf(project, region, placed, acquisition, run, judgement);
  });
  return worst(lifetimes);
}

const RANK: Readonly<Record<string, number>> = { all: 3, some: 2, exception: 1 };

/** The elements of one result give one verdict: that of the one that fares worst. */
function worst(lifetimes: readonly (Lifetime | undefined)[]): Lifetime | undefined {
  return lifetimes.reduce((a, b) => ((RANK[b?.verdict ?? ''] ?? 0) > (RANK[a?.verdict ?? ''] ?? 0) ? b : a));
}

function programLifetime(): Judgement {
  return {
    verdict: undefined,
    loss: undefined,
    handOver: 'program-lifetime',
    attribute: undefined,
    witness: undefined,
  };
}

/** A result that must be kept: dropped, or bound to a name that nobody reads, it is lost. */
function keptSite(
  project: FileProject,
  region: Region,
  placed: PlacedCall,
  acquisition: Acquisition,
): Lifetime | undefined {
  const clean = lifetimeOf(project, region, placed, acquisition, undefined, undefined);
  // Whoever awaits a task keeps it until it is done.
  if (placed.around.at(-1)?.kind === 'Await') return clean;
  if (clean === undefined || isKept(clean.holding, region, project.model.scopeOf(region))) return clean;
  const path: PathStep[] = [{ kind: 'acquired', span: placed.call.span, message: 'made here' }];
  return { ...clean, verdict: 'all', loss: 'discarded', path };
}

/** In a loop at module level only what nobody holds any more is lost; the rest lives as long as the program. */
function lostOnly({ exits }: SiteRun): SiteRun['exits'] {
  const normal = exits.normal.filter(
    ({ fact }) => fact.status !== 'live' || (fact.holders.length === 0 && fact.managed.length === 0),
  );
  return { ...exits, normal, exceptional: [] };
}

function lifetimeOf(
  project: FileProject,
  region: Region,
  placed: PlacedCall,
  { row, factory }: Acquisition,
  run: SiteRun | undefined,
  judgement: Judgement | undefined,
): Lifetime | undefined {
  const cfg = run === undefined ? undefined : project.cfg(region);
  const acquire = judgement?.witness?.fact.acquiredBy ?? run?.observed.acquiredBy ?? placed.call;
  const base = {
    row,
    acquire,
    constructor_: placed.call,
    factory,
    region,
    statement: placed.statement,
    holding: holdingOf(placed),
    releases: run === undefined ? [] : [...run.observed.releases],
    holders: run?.observed.holders ?? [],
    inLoop: placed.inLoop,
    qualifiedName: project.model.scopeOf(region).qualifiedName,
  };
  const clean = { ...base, verdict: undefined, loss: undefined, handOver: judgement?.handOver, path: [] };
  if (judgement === undefined) return clean;
  if (judgement.verdict === undefined) {
    const owner = judgement.attribute;
    if (owner === undefined) return clean;
    return owner.includes('.')
      ? ownedByClass(project, region, owner, clean)
      : keptInContainer(project, region, owner.replace(/\[\]$/, ''), clean);
  }
  const path =
    cfg === undefined || judgement.witness === undefined ? [] : explainPath(cfg, judgement.witness, acquire, region);
  return { ...base, verdict: judgement.verdict, loss: judgement.loss, handOver: undefined, path };
}

/** A local list, dict or set has it: something must release what is in it, or see it. */
function keptInContainer(project: FileProject, region: Region, name: string, clean: Lifetime): Lifetime | undefined {
  const { row, holders } = clean;
  const isUnstarted = row.acquiredBy !== undefined && clean.acquire === clean.constructor_;
  const use =
    region.kind === 'FunctionDefinition' && !project.releasesByName(region, holders, row)
      ? containerUse(region, name, row, project)
      : undefined;
  if (use?.kind !== 'abandoned') return isUnstarted ? undefined : clean;
  const acquire = isUnstarted ? use.start : clean.acquire;
  if (acquire === undefined) return undefined;
  const path: PathStep[] = [
    { kind: 'acquired', span: acquire.span, message: 'opened here' },
    {
      kind: 'note',
      span: clean.statement.span,
      message: `only the local \`${name}\` has it, and nothing releases what is in it`,
    },
  ];
  return { ...clean, acquire, verdict: 'all', loss: 'never-released', handOver: undefined, path };
}

/** An attribute of `self` has it: the class must release it somewhere. */
function ownedByClass(project: FileProject, region: Region, attribute: string, clean: Lifetime): Lifetime | undefined {
  const definition = region.kind === 'FunctionDefinition' ? project.model.classOf(region) : undefined;
  if (definition === undefined) return clean;
  const name = attribute.replace(/^\w+\./, '');
  let acquire: Call = clean.acquire;
  if (clean.row.acquiredBy !== undefined && acquire === clean.constructor_) {
    const start = startOf(definition.body.statements, name, clean.row.acquiredBy);
    if (start === undefined) return undefined;
    acquire = start;
  }
  const owner = ownershipOf(definition, name, clean.row, region.kind === 'Module' ? undefined : region, project);
  if (owner.kind === 'released') return replaced(project, region, definition, name, { ...clean, acquire });
  if (owner.kind === 'unknown') return { ...clean, acquire };
  const shown = attribute.replace(/\[\]$/, '');
  const message =
    owner.kind === 'only-in-del'
      ? `\`${definition.name.id}\` releases \`${shown}\` only in \`__del__\``
      : `no method of \`${definition.name.id}\` releases \`${shown}\``;
  const path: PathStep[] = [
    { kind: 'acquired', span: acquire.span, message: 'opened here' },
    { kind: 'note', span: definition.name.span, message },
  ];
  return { ...clean, acquire, verdict: 'all', loss: 'owner-never-releases', handOver: undefined, path };
}

/** The class releases it, unless a method opens the attribute anew in the meantime. */
function replaced(
  project: FileProject,
  region: Region,
  definition: ClassDefinition,
  name: string,
  clean: Lifetime,
): Lifetime {
  if (region.kind !== 'FunctionDefinition' || clean.holding.kind !== 'attribute') return clean;
  const statement = replacedBy(definition, region, name, clean.row, project);
  if (statement === undefined) return clean;
  const path: PathStep[] = [
    { kind: 'acquired', span: clean.acquire.span, message: 'opened here' },
    { kind: 'overwritten', span: statement.span, message: 'another one takes its place, and it is still open' },
  ];
  return { ...clean, verdict: 'some', loss: 'overwritten', isPossible: true, handOver: undefined, path };
}

/** The call that starts what an attribute holds: `self.thread.start()` in any method. */
function startOf(statements: readonly Statement[], name: string, method: string): Call | undefined {
  let found: Call | undefined;
  walkBlock(
    { span: { start: 0, end: 0 }, statements },
    {
      expression: (expression) => {
        if (expression.kind !== 'Call' || expression.func.kind !== 'Attribute' || expression.func.attr !== method)
          return undefined;
        const { value } = expression.func;
        if (value.kind === 'Attribute' && value.attr === name) found ??= expression;
        return undefined;
      },
    },
  );
  return found;
}
