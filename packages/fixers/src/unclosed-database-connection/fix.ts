import type { Fixer } from '../fixer';
import { repairScope } from '../rewrites/repair';

/** Closes connections at the end of the block that uses them, by what `with` of the driver does. */
const fixer: Fixer = { ruleId: 'unclosed-database-connection', fix: repairScope };

export default fixer;
