import type { Fixer } from '../fixer';
import { repairScope } from '../rewrites/repair';

/** Closes what asyncio opens at the end of the block that uses it. */
const fixer: Fixer = { ruleId: 'unclosed-async-resource', fix: repairScope };

export default fixer;
