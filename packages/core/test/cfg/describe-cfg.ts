import { buildCfg } from '../../src/cfg/build';
import type { Cfg, CallFacts, Step } from '../../src/cfg/graph';
import type { AnyFunction, Expression, Module } from '../../src/syntax/ast';
import type { Parser } from '../../src/syntax/parser';

/** What the tests hold for true about calls: `quiet…` never raises, `exit` never returns, `suppress` swallows. */
const FACTS: CallFacts = {
  neverRaises: ({ func }) => func.kind === 'Name' && (func.id.startsWith('quiet') || func.id === 'suppress'),
  neverReturns: ({ func }) => func.kind === 'Name' && func.id === 'exit',
  loopsForever: ({ func }) => func.kind === 'Name' && func.id === 'loop',
  suppresses: (context) => context.kind === 'Call' && context.func.kind === 'Name' && context.func.id === 'suppress',
};

/** The region a snippet stands for: its only function, or the module. */
export function regionOf(module: Module): AnyFunction | Module {
  const [only, ...others] = module.body.statements;
  return only?.kind === 'FunctionDefinition' && others.length === 0 ? only : module;
}

/**
 * The graph of a snippet in a compact notation, one line for each block:
 *
 *     1: open(); file = | -> 2, raises -> 3
 *
 * Blocks are numbered in the order in which a walk from the entry meets them (normal edges first); a block in which nothing
 * happens and from which one edge leads is left out. `end` and `RAISE` are the two exits.
 */
export function describeCfg(parser: Parser, code: string): string {
  const { module } = parser.parse(code);
  const cfg = buildCfg(regionOf(module), FACTS);
  return cfg === undefined ? 'no graph' : describe(cfg, code);
}

function describe(cfg: Cfg, code: string): string {
  const text = (expression: Expression): string => code.slice(expression.span.start, expression.span.end);
  const follow = (id: number): number => {
    for (let at = id; ;) {
      const block = cfg.blocks[at];
      const [edge, ...others] = block?.edges ?? [];
      const isSilent = block?.steps.every((step) => show(step, text) === undefined) === true;
      if (!isSilent || edge?.kind !== 'normal' || others.length > 0) return at;
      at = edge.to;
    }
  };
  const numbers = new Map<number, number>();
  const order: number[] = [];
  const number = (id: number): string => {
    const at = follow(id);
    if (at === cfg.normalExit) return 'end';
    if (at === cfg.exceptionalExit) return 'RAISE';
    if (!numbers.has(at)) {
      numbers.set(at, numbers.size + 1);
      order.push(at);
    }
    return String(numbers.get(at));
  };
  number(cfg.entry);
  const lines: string[] = [];
  for (const id of order) {
    const block = cfg.blocks[id];
    if (block === undefined) continue;
    const steps = block.steps.flatMap((step) => show(step, text) ?? []);
    const edges = [...block.edges]
      .sort((a, b) => Number(a.kind === 'exceptional') - Number(b.kind === 'exceptional'))
      .map((edge) => {
        if (edge.kind === 'normal') return `-> ${number(edge.to)}`;
        if (edge.kind === 'exceptional') return `raises -> ${number(edge.to)}`;
        return `${edge.outcome ? '' : 'not '}${text(edge.condition)} -> ${number(edge.to)}`;
      });
    lines.push(`${number(id)}: ${[steps.join('; '), edges.join(', ')].filter(Boolean).join(' | ')}`);
  }
  return lines.join('\n');
}

/** What a step is called; undefined for those that only matter to the analysis of values. */
function show(step: Step, text: (expression: Expression) => string): string | undefined {
  switch (step.kind) {
    case 'call':
      return `${text(step.call.func)}()`;
    case 'assign':
      return `${text(step.target)} =`;
    case 'unbind':
      return `del ${step.name.id}`;
    case 'define':
      return step.definition.kind === 'FunctionDefinition' || step.definition.kind === 'ClassDefinition'
        ? `define ${step.definition.name.id}`
        : `define ${step.definition.kind.toLowerCase()}`;
    case 'enter':
      return `enter ${text(step.item.context)}`;
    case 'exit':
      return `exit ${text(step.item.context)}`;
    case 'return':
      return 'return';
    case 'yield':
      return 'yield';
    case 'may-raise':
      return step.what;
    case 'store-element':
      return `store ${text(step.element)}`;
    case 'exhaust':
    case 'forward':
    case 'end-statement':
      return undefined;
  }
}
