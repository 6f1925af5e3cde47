import type { Fixer } from '../fixer';
import { keepTask } from '../rewrites/keep-task';
import { refused } from '../rewrites/objections';

/** Keeps a reference to tasks until they are done. */
const fixer: Fixer = {
  ruleId: 'dangling-async-task',
  fix: (diagnostic, lint, options) =>
    diagnostic.evidence.kind === 'lifetime'
      ? keepTask(diagnostic, diagnostic.evidence.lifetime, lint, options)
      : refused('the finding has no lifetime'),
};

export default fixer;
