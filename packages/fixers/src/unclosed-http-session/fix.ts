import type { Fixer } from '../fixer';
import { repairScope } from '../rewrites/repair';

/** Closes sessions, connections and responses at the end of the block that uses them. */
const fixer: Fixer = { ruleId: 'unclosed-http-session', fix: repairScope };

export default fixer;
