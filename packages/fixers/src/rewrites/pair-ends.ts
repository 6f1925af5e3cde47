import { textOf, walkBlock, type ast, type Lifetime, type LintResult } from '@pylint-leaks/core';
import { enclosingDefinition } from '../syntax/tree-index';
import type { Acquisition } from './acquisition';
import type { Body } from './body';
import { isReleasedBy } from './ending';
import { refuse, type Objection } from './objections';
import { isReleaseOf } from './release-statement';

/**
 * What speaks against one block around both ends of `r, w = os.pipe()`: it can take the place of releases that stand
 * together, not of one here and one there, which is an order that the program may need (the reader sees the end of what was
 * written only after the writer is closed).
 */
export function pairObjections(
  lint: LintResult,
  { row }: Lifetime,
  { name, companions, place }: Acquisition,
  { ending }: Body,
): Objection[] {
  if ((row.elements?.length ?? 1) < 2) return [];
  const ended = ending?.names ?? [];
  const open = [name, ...companions].filter((each) => !ended.includes(each));
  const elsewhere = open.find((each) => isReleasedIn(lint, row, enclosingDefinition(place)?.body, each));
  if (elsewhere !== undefined && ending !== undefined)
    return [refuse(`${elsewhere} is released in another place than ${ended[0] ?? name}`)];
  return [];
}

function isReleasedIn(lint: LintResult, row: Lifetime['row'], body: ast.Block | undefined, name: string): boolean {
  let found = false;
  walkBlock(body ?? lint.tree.module.body, {
    statement: (statement) => {
      found ||= isReleaseOf(statement, name, row.release);
      return undefined;
    },
    expression: (expression) => {
      if (expression.kind === 'Call' && isReleasedBy(lint, { row }, expression))
        found ||= expression.args.some(({ value }) => textOf(lint.file, value.span) === name);
      return undefined;
    },
  });
  return found;
}
