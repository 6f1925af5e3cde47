import type { Fixer } from '../fixer';
import { repairScope } from '../rewrites/repair';

/** Closes files at the end of the block that uses them. */
const fixer: Fixer = { ruleId: 'unclosed-file', fix: repairScope };

export default fixer;
