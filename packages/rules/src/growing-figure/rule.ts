import {
  defineRule,
  ENDS_FIGURES,
  enclosingSites,
  findRunsOnce,
  MAKES_FIGURE,
  NAMES_FIGURE,
  PYPLOT,
  standsInCodeThatRunsOnce,
  visitSites,
  walkExpression,
  WRITES_FIGURE,
  type ast,
  type Expression,
  type RuleContext,
  type Site,
} from '@pylint-leaks/core';
import { growthEvidence } from '../growth-report';
import { isTestModule } from '../growth-when';

interface Made {
  readonly call: ast.Call;
  readonly name: string;
  readonly site: Site;
  /** Names the figure, or the tuple with the figure in it, is bound to. */
  readonly holders: readonly string[];
  /** The value goes straight to somebody else. */
  readonly isHandedOver: boolean;
}

/** Where figures are closed, and what else happens to names in each function. */
interface Ends {
  readonly sites: readonly Site[];
  readonly names: ReadonlyMap<object, Names>;
  /** Functions that write a figure to a file or a buffer; of others the figure is what they leave for the caller to show. */
  readonly written: ReadonlySet<object>;
}

interface Names {
  /** Returned, yielded or stored: whoever has the axes has the figure. */
  readonly leaving: Set<string>;
  /** Passed to a call. */
  readonly passed: Set<string>;
  /** Made of pyplot or of other names: `ax = figure.add_subplot()`. */
  readonly madeOf: Map<string, Set<string>>;
}

/** Stands for whatever figures there are. */
const EVERY_FIGURE = '*';

export default defineRule({
  id: 'growing-figure',
  meta: {
    summary: 'Matplotlib figures are made again and again and never closed.',
    severity: 'warning',
    recommended: true,
    fix: 'none',
    since: '0.1.0',
    concern: { kind: 'tree', mayFind: mayPlot },
  },
  messages: {
    'never-closed':
      '`{{resource}}` makes a figure{{when}} that is never closed; pyplot keeps every figure until `plt.close(figure)`',
  },
  check(context, report) {
    if (!mayPlot(context.file.text) || isTestModule(context)) return;
    const { made, ends } = collect(context);
    if (made.length === 0 || closesForAll(ends)) return;
    const runsOnce = findRunsOnce(context.tree.module, context.model);
    for (const { call, name, site, holders, isHandedOver } of made) {
      if (!ends.written.has(site.definition ?? context.model.module)) continue;
      if (isHandedOver || standsInCodeThatRunsOnce(site, runsOnce) || isClosed(site, ends, context)) continue;
      if (isGiven(holders, ends.names.get(site.definition ?? context.model.module))) continue;
      report({
        messageId: 'never-closed',
        span: call.span,
        data: {
          resource: name,
          path: 'all',
          impact: site.loops.length > 0 ? 'high' : 'medium',
          when: site.loops.length > 0 ? ' in each round of the loop' : ' with each call',
        },
        evidence: growthEvidence(context, site, name),
      });
    }
  },
});

function collect({ tree, model }: RuleContext): { readonly made: readonly Made[]; readonly ends: Ends } {
  const made: Made[] = [];
  const sites: Site[] = [];
  const kept = new Set<Expression>();
  const written = new Set<object>();
  const names = new Map<object, Names>();
  const namesAt = (site: Site): Names => {
    const key = site.definition ?? model.module;
    const known = names.get(key) ?? { leaving: new Set(), passed: new Set(), madeOf: new Map() };
    names.set(key, known);
    return known;
  };
  const mentioned = (value: Expression): readonly string[] => {
    const found: string[] = [];
    walkExpression(value, (part) => {
      // `return plt` leaves all figures to the caller.
      if (part.kind === 'Name') found.push(PYPLOT.has(model.qualifiedName(part) ?? '') ? EVERY_FIGURE : part.id);
      return undefined;
    });
    return found;
  };
  const leave = (value: Expression, site: Site): void => {
    for (const name of mentioned(value)) namesAt(site).leaving.add(name);
  };
  visitSites(tree.module, {
    statement: (statement, site) => {
      if (statement.kind === 'Return' && statement.value !== undefined) leave(statement.value, site);
      if (statement.kind !== 'Assign') return;
      const sources = mentioned(statement.value);
      for (const target of statement.targets) {
        if (!isLocal(target)) {
          leave(statement.value, site);
          kept.add(statement.value);
        }
        const { madeOf } = namesAt(site);
        for (const name of namesIn(target)) madeOf.set(name, new Set([...(madeOf.get(name) ?? []), ...sources]));
      }
    },
    expression: (expression, parents, statement, site) => {
      if (expression.kind === 'Yield' && expression.value !== undefined) leave(expression.value, site);
      if (expression.kind !== 'Call') return;
      const name = model.qualifiedName(expression.func);
      // `qplt.show()`: plotting libraries pass it on.
      const method = expression.func.kind === 'Attribute' ? expression.func.attr : undefined;
      if ((name !== undefined && ENDS_FIGURES.has(name)) || method === 'show') sites.push(site);
      if (method !== undefined && WRITES_FIGURE.has(method)) written.add(site.definition ?? model.module);
      if (name === undefined || !MAKES_FIGURE.has(name)) {
        // Only the figure itself counts: axes that are passed to a plotting function come back.
        for (const { value } of expression.args) if (value.kind === 'Name') namesAt(site).passed.add(value.id);
        return;
      }
      if (isNamed(expression, name)) return;
      const isHandedOver = parents.length > 0 || kept.has(expression);
      made.push({ call: expression, name, site, holders: holdersOf(expression, statement), isHandedOver });
    },
  });
  return { made, ends: { sites, names, written } };
}

/** Only names of the function: no attribute, no element of something. */
function isLocal(target: Expression): boolean {
  if (target.kind === 'Tuple' || target.kind === 'List') return target.elements.every(isLocal);
  return target.kind === 'Name';
}

function namesIn(target: Expression): readonly string[] {
  if (target.kind === 'Name') return [target.id];
  return target.kind === 'Tuple' || target.kind === 'List' ? target.elements.flatMap(namesIn) : [];
}

/** The figure is passed on, or something of it leaves the function: axes, a canvas, pyplot itself. */
function isGiven(holders: readonly string[], names: Names | undefined): boolean {
  if (names === undefined) return false;
  const [figure] = holders;
  if (figure !== undefined && names.passed.has(figure)) return true;
  const seen = new Set(names.leaving);
  for (const name of seen) {
    if (name === EVERY_FIGURE || holders.includes(name)) return true;
    for (const source of names.madeOf.get(name) ?? []) seen.add(source);
  }
  return false;
}

/** `plt.figure("overview")` gives the same figure each time. */
function isNamed(call: ast.Call, name: string): boolean {
  const keyword = call.args.find((argument) => argument.name === NAMES_FIGURE.keyword);
  const first = call.args[NAMES_FIGURE.position];
  const given = keyword ?? (name.endsWith(`.${NAMES_FIGURE.call}`) && first?.kind === 'positional' ? first : undefined);
  return given !== undefined && !(given.value.kind === 'Constant' && given.value.value === 'None');
}

/** Names that the figure, and axes made with it, are bound to; the figure first. */
function holdersOf(call: ast.Call, statement: ast.Statement): readonly string[] {
  return statement.kind === 'Assign' && statement.value === call ? statement.targets.flatMap(namesIn) : [];
}

/** Something that runs after all of it, or around each part, closes figures: module code, a fixture, a tear-down. */
function closesForAll({ sites }: Ends): boolean {
  return sites.some(({ definition }) => {
    if (definition === undefined) return true;
    if (definition.kind === 'Lambda') return false;
    return /tear_?down|clean_?up|setup|^_?close/i.test(definition.name.id) || definition.decorators.length > 0;
  });
}

/** A function around the site closes figures, or one of the file that is called there, or one that calls it. */
function isClosed(site: Site, { sites }: Ends, { model, tree }: RuleContext): boolean {
  const closing = new Set(sites.flatMap((end) => enclosingSites(end).map(({ definition }) => definition)));
  const own = enclosingSites(site).map(({ definition }) => definition);
  if (own.some((definition) => definition !== undefined && closing.has(definition))) return true;
  let found = false;
  visitSites(tree.module, {
    expression: (expression, _, __, at) => {
      if (found || expression.kind !== 'Call') return;
      const name = model.qualifiedName(expression.func);
      const called = name === undefined ? undefined : model.functionNamed(name);
      if (called === undefined) return;
      const isHere = at.definition !== undefined && own.includes(at.definition);
      found = (isHere && closing.has(called)) || (own.includes(called) && closing.has(at.definition));
    },
  });
  return found;
}

function mayPlot(text: string): boolean {
  return /\bpyplot\b|\bpylab\b/.test(text);
}
