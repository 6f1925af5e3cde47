import type { LintCommand } from '../options';

/** What a batch is made of. */
export const GROUPINGS = ['rule', 'dir', 'owner', 'file'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What becomes of batches. */
export type MigrateOutput =
  /** One commit each. */
  | { readonly kind: 'commits'; readonly hooks: boolean }
  /** One patch file each; the files stay as they are. */
  | { readonly kind: 'patches'; readonly directory: string }
  /** The plan is printed. */
  | { readonly kind: 'plan' };

/** A migration as asked for. */
export interface MigrateCommand {
  readonly kind: 'migrate';
  /** Files, rules and settings, as a linting run would take them. */
  readonly lint: LintCommand;
  readonly paths: readonly string[];
  readonly by: Grouping;
  /** Files that a batch has at most. */
  readonly maxFiles: number | undefined;
  readonly output: MigrateOutput;
  readonly resume: boolean;
  readonly allowDirty: boolean;
  /** Where to remember what is done, unless in the git directory. */
  readonly stateFile: string | undefined;
}
