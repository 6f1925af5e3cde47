import type { Fixer } from '../fixer';
import { repairScope } from '../rewrites/repair';

/** Releases everything else at the end of the block that uses it. */
const fixer: Fixer = { ruleId: 'unclosed-resource', fix: repairScope };

export default fixer;
