import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTestParser } from '@pylint-leaks/testkit';
import { buildCfg } from '../../src/cfg/build';
import type { Parser } from '../../src/syntax/parser';
import { describeCfg, regionOf } from './describe-cfg';

let parser: Parser;
beforeAll(async () => {
  parser = await loadTestParser();
});

/** Name, Python, and the graph in the notation of `describeCfg`. */
const GRAPHS = [
  ...readFileSync(join(__dirname, 'graphs.md'), 'utf8').matchAll(
    /^## (.+)\n\n```python\n([^]*?)```\n\n```text\n([^]*?)```$/gm,
  ),
].map(([, name = '', code = '', graph = '']) => [name, code, graph] as const);

it('reads every section of graphs.md', () => {
  const headings = readFileSync(join(__dirname, 'graphs.md'), 'utf8').match(/^## .+/gm) ?? [];
  expect(GRAPHS.map(([name]) => `## ${name}`)).toEqual(headings);
  expect(headings.length).toBeGreaterThan(40);
});

it.each(GRAPHS)('%s', (_, code, graph) => {
  expect(describeCfg(parser, code)).toBe(graph.trim());
});

const WILD = {
  neverRaises: () => false,
  neverReturns: () => false,
  suppresses: () => false,
  loopsForever: () => false,
} as const;

/** A try in a finally in a finally …: each level doubles the number of copies. */
function nestedFinally(depth: number): string {
  const lines = ['def region():'];
  for (let i = 1; i <= depth; i++) {
    const indent = ' '.repeat(i);
    lines.push(`${indent}try:`, `${indent} if x: return`, `${indent}finally:`);
  }
  return [...lines, `${' '.repeat(depth + 1)}g()`, ''].join('\n');
}

it('gives a region up when copies of finally explode', () => {
  const build = (depth: number) => buildCfg(regionOf(parser.parse(nestedFinally(depth)).module), WILD);
  expect(build(4)?.blocks.length).toBeLessThan(200);
  expect(build(18)).toBeUndefined();
});

it('keeps every edge inside the graph, and branches in pairs', () => {
  for (const [, code] of GRAPHS) {
    const cfg = buildCfg(regionOf(parser.parse(code).module), WILD);
    expect(cfg).toBeDefined();
    for (const { edges } of cfg?.blocks ?? []) {
      for (const edge of edges) expect(cfg?.blocks[edge.to]?.id).toBe(edge.to);
      const outcomes = edges.flatMap((edge) => (edge.kind === 'branch' ? [edge.outcome] : []));
      expect(outcomes.filter(Boolean).length * 2).toBe(outcomes.length);
    }
  }
});
