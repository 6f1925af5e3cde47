import type { Fixer } from '../fixer';
import { repairScope } from '../rewrites/repair';

/** Waits for child processes where the program waits for them today, also when an exception passes. */
const fixer: Fixer = { ruleId: 'unreaped-process', fix: repairScope };

export default fixer;
