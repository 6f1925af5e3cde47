import type { SyntaxTree } from '../ast';
import { StatementChecker } from './check-statements';
import { isSuspicious } from './suspicion';
import type { Tokens } from './token';

/**
 * True when `findSyntaxProblems` would certainly find nothing in a grammatical text, whatever the target version. Nearly
 * always the tokens tell; where they look suspicious, the checker walks the tree.
 *
 * @param tokens - see `grammaticalTokens`.
 * @param tree - makes the tree; undefined when it cannot be made of the tokens.
 */
export function surelyCompiles(tokens: Tokens, tree: () => SyntaxTree | undefined): boolean {
  if (!isSuspicious(tokens)) return true;
  const module = tree()?.module;
  return module !== undefined && new StatementChecker(module, tokens.text).check(module.body.statements).length === 0;
}
