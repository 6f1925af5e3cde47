import fc from 'fast-check';
import { pathTo, solve, type Problem } from '../../src/dataflow/solve';

/** A random flow problem: each node sends each fact to some nodes, shifted by a constant; facts are small numbers. */
interface Flow {
  readonly nodes: number;
  readonly edges: readonly { readonly from: number; readonly to: number; readonly shift: number }[];
}

const FACTS = 5;

const flows: fc.Arbitrary<Flow> = fc.integer({ min: 1, max: 8 }).chain((nodes) => {
  const node = fc.integer({ min: 0, max: nodes - 1 });
  const edge = fc.record({ from: node, to: node, shift: fc.integer({ min: 0, max: FACTS - 1 }) });
  return fc.record({ nodes: fc.constant(nodes), edges: fc.array(edge, { maxLength: 20 }) });
});

function problemOf({ edges }: Flow, limit = Infinity): Problem<number> {
  return {
    start: { node: 0, fact: 0 },
    key: String,
    *transfer(node, fact) {
      for (const { from, to, shift } of edges) if (from === node) yield { node: to, fact: (fact + shift) % FACTS };
    },
    limit,
  };
}

const pairs = (reached: readonly { readonly node: number; readonly fact: number }[]): string[] =>
  reached.map(({ node, fact }) => `${String(node)}:${String(fact)}`);

/** The same by brute force: sets of facts per node, joined by union until nothing changes. */
function fixpoint({ edges }: Flow): Set<string> {
  const known = new Set(['0:0']);
  for (let size = 0; size !== known.size;) {
    size = known.size;
    for (const pair of [...known]) {
      const [node = 0, fact = 0] = pair.split(':').map(Number);
      for (const { from, to, shift } of edges)
        if (from === node) known.add(`${String(to)}:${String((fact + shift) % FACTS)}`);
    }
  }
  return known;
}

it('finds exactly the least fixpoint, each pair once', () => {
  fc.assert(
    fc.property(flows, (flow) => {
      const { reached, complete } = solve(problemOf(flow));
      expect(complete).toBe(true);
      expect(new Set(pairs(reached)).size).toBe(reached.length);
      expect(new Set(pairs(reached))).toEqual(fixpoint(flow));
    }),
  );
});

// Union does not care in which order, how often or in which groups facts arrive: so must the solution not.
it('does not depend on the order or repetition of edges', () => {
  fc.assert(
    fc.property(flows, fc.nat(), (flow, seed) => {
      const turned = flow.edges.map((_, i) => flow.edges[(i + seed) % flow.edges.length] as Flow['edges'][0]);
      const other = { ...flow, edges: [...turned.reverse(), ...turned] };
      expect(pairs(solve(problemOf(other)).reached).sort()).toEqual(pairs(solve(problemOf(flow)).reached).sort());
    }),
  );
});

it('grows with the graph (more edges never lose a fact)', () => {
  fc.assert(
    fc.property(flows, fc.nat(), (flow, count) => {
      const fewer = { ...flow, edges: flow.edges.slice(0, count % (flow.edges.length + 1)) };
      const all = new Set(pairs(solve(problemOf(flow)).reached));
      for (const pair of pairs(solve(problemOf(fewer)).reached)) expect(all).toContain(pair);
    }),
  );
});

it('gives a shortest path to everything it reaches', () => {
  fc.assert(
    fc.property(flows, (flow) => {
      const problem = problemOf(flow);
      const distance = new Map([['0:0', 0]]);
      const { reached } = solve(problem);
      for (const end of reached) {
        const path = pathTo(end);
        expect(path[0]).toMatchObject({ node: 0, fact: 0, from: undefined });
        for (let i = 1; i < path.length; i++) {
          const [before, after] = [path[i - 1], path[i]];
          const next = [...problem.transfer(before?.node ?? -1, before?.fact ?? -1)];
          expect(pairs(next)).toContain(pairs([after as (typeof path)[0]])[0]);
        }
        distance.set(pairs([end])[0] ?? '', path.length - 1);
      }
      // No edge may lead to a pair by a way that is shorter than the one that was found.
      for (const { node, fact } of reached) {
        for (const next of problem.transfer(node, fact)) {
          const [here, there] = [pairs([{ node, fact }])[0] ?? '', pairs([next])[0] ?? ''];
          expect(distance.get(there)).toBeLessThanOrEqual((distance.get(here) ?? 0) + 1);
        }
      }
    }),
  );
});

it('is the same every time', () => {
  fc.assert(
    fc.property(flows, (flow) => {
      expect(pairs(solve(problemOf(flow)).reached)).toEqual(pairs(solve(problemOf(flow)).reached));
    }),
  );
});

it('stops at its limit, and says so', () => {
  const endless: Problem<number> = {
    start: { node: 0, fact: 0 },
    key: String,
    transfer: (node, fact) => [{ node, fact: fact + 1 }],
    limit: 100,
  };
  const { reached, complete } = solve(endless);
  expect(complete).toBe(false);
  expect(reached.length).toBe(101);
});

it('is complete when it ends at its limit exactly', () => {
  const flow: Flow = { nodes: 2, edges: [{ from: 0, to: 1, shift: 0 }] };
  expect(solve(problemOf(flow, 2)).complete).toBe(true);
  expect(solve(problemOf(flow, 1)).complete).toBe(false);
});
