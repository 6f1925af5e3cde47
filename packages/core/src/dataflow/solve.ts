/**
 * The one worklist of the repository. A forward analysis over sets of facts, joined by union, is solved as reachability:
 * a fact holds at a node iff the pair can be reached from the start (Reps, Horwitz, Sagiv 1995). The lattice is the
 * powerset of facts per node; union is commutative, associative and idempotent, and the worklist ends because every pair
 * is visited once.
 */

/** One reached pair of a place in the graph and a fact that holds there. */
export interface Reached<Fact> {
  readonly node: number;
  readonly fact: Fact;
  /** The pair it was first reached from: following it back gives a shortest path. */
  readonly from: Reached<Fact> | undefined;
}

/** What the solver needs to know about a fact: when two are the same. */
export interface Problem<Fact> {
  readonly start: { readonly node: number; readonly fact: Fact };
  key(fact: Fact): string;
  /** Facts that hold after a node, given one that holds before it, with the node where each holds. */
  transfer(node: number, fact: Fact): Iterable<{ readonly node: number; readonly fact: Fact }>;
  /** At most this many pairs are visited. */
  readonly limit: number;
}

/** All reachable pairs in breadth-first order; `complete` is false when the limit stopped the search. */
export interface Solution<Fact> {
  readonly reached: readonly Reached<Fact>[];
  readonly complete: boolean;
}

/** Solves a problem; the order of the result is deterministic. */
export function solve<Fact>(problem: Problem<Fact>): Solution<Fact> {
  const seen = new Set<string>();
  const worklist: Reached<Fact>[] = [];
  const visit = (node: number, fact: Fact, from: Reached<Fact> | undefined): void => {
    const key = `${String(node)}|${problem.key(fact)}`;
    if (seen.has(key)) return;
    seen.add(key);
    worklist.push({ node, fact, from });
  };
  visit(problem.start.node, problem.start.fact, undefined);
  // The loop also takes what is added while it runs.
  for (const pair of worklist) {
    if (worklist.length > problem.limit) return { reached: worklist, complete: false };
    for (const { node, fact } of problem.transfer(pair.node, pair.fact)) visit(node, fact, pair);
  }
  return { reached: worklist, complete: true };
}

/** The pairs from the start to `end`, in order. */
export function pathTo<Fact>(end: Reached<Fact>): readonly Reached<Fact>[] {
  const path: Reached<Fact>[] = [];
  for (let pair: Reached<Fact> | undefined = end; pair !== undefined; pair = pair.from) path.push(pair);
  return path.reverse();
}
