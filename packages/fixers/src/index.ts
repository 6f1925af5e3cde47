export { applyFixes, chooseFixes } from './apply';
export type { Candidate } from './apply';
export { fixSource, offerFixes } from './fix-source';
export type { FixedDiagnostic, FixOutcome } from './fix-source';
export type { Fixer, FixOptions } from './fixer';
export { fixers } from './registry.generated';
