import type { Fixer } from '../fixer';
import { repairScope } from '../rewrites/repair';

/** Closes connections at the end of the block that uses them; adds no commit and keeps every one there is. */
const fixer: Fixer = { ruleId: 'unclosed-sqlite-connection', fix: repairScope };

export default fixer;
