import type { Fixer } from '../fixer';
import { refused } from '../rewrites/objections';
import { trackThread } from '../rewrites/track-thread';

/** Hands threads that nobody joins to the thread manager. */
const fixer: Fixer = {
  ruleId: 'unjoined-thread',
  fix: (diagnostic, lint, options) =>
    diagnostic.evidence.kind === 'lifetime'
      ? trackThread(diagnostic, diagnostic.evidence.lifetime, lint, options)
      : refused('the finding has no lifetime'),
};

export default fixer;
