import type { Fixer } from '../fixer';
import { repairScope } from '../rewrites/repair';

/** Holds locks with a `with` block. */
const fixer: Fixer = { ruleId: 'unreleased-lock', fix: repairScope };

export default fixer;
