import type { Fixer } from '../fixer';
import { repairScope } from '../rewrites/repair';

/** Shuts executors, pools and managers down where they are shut down today, also when an exception passes. */
const fixer: Fixer = { ruleId: 'unclosed-executor', fix: repairScope };

export default fixer;
