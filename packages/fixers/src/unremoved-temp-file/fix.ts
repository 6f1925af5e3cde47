import type { Fixer } from '../fixer';
import { repairScope } from '../rewrites/repair';

/** Removes temporary directories where they are removed today, also when an exception passes. */
const fixer: Fixer = { ruleId: 'unremoved-temp-file', fix: repairScope };

export default fixer;
