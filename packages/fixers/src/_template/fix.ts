import type { Fixer } from '../fixer';

const fixer: Fixer = {
  ruleId: 'template-rule',
  fix: () => ({ kind: 'refused', reason: 'this fixer is not written yet' }),
};

export default fixer;
