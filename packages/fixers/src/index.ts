export { applyFixes, chooseFixes } from './apply';
export type { Candidate } from './apply';
export { cellsAfter } from './cells';
export { fixSource, offerFixes } from './fix-source';
export type { AppliedFix, FixedDiagnostic, FixOutcome, FixSourceOptions } from './fix-source';
export type { Fixer, FixOptions } from './fixer';
export { fixers } from './registry.generated';
