import type { Fixer } from '../fixer';
import { repairScope } from '../rewrites/repair';

/** Closes sockets, servers and clients of protocols at the end of the block that uses them. */
const fixer: Fixer = { ruleId: 'unclosed-socket', fix: repairScope };

export default fixer;
