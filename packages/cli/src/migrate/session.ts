import { join } from 'node:path';
import type { Parser } from '@pylint-leaks/core';
import type { Engine } from '../engine';
import type { Io } from '../io';
import { checkFile, fixFile, type FileContext, type FileResult } from '../lint-file';
import type { FileProof } from '../proof';
import type { SettingsFor } from '../settings';
import type { VerifyCommand } from '../verify-command';
import type { MigrateCommand } from './command';
import type { Repository } from './repository';
import type { MigrateState } from './state';

/** What a migration stands on. */
export interface Ground {
  readonly command: MigrateCommand;
  readonly io: Io;
  readonly engine: Engine;
  readonly parser: Parser;
  readonly settingsFor: SettingsFor;
  readonly repository: Repository;
  /** Name and address for commits and patches. */
  readonly author: string;
  readonly say: (line: string) => void;
}

/** What the stages of a migration share. */
export interface Session extends Ground {
  readonly verify: VerifyCommand | undefined;
  /** What a file of the plan is linted with. */
  readonly contextOf: (file: string) => Promise<FileContext>;
  /** Texts as the patches so far make them, by path; commits leave theirs on disk. */
  readonly patched: Map<string, Uint8Array>;
  readonly proofs: FileProof[];
  /** Puts down what has happened. */
  readonly save: (state: MigrateState) => Promise<void>;
}

/** Where a file of the plan is. */
export function placeOf({ repository }: Pick<Ground, 'repository'>, file: string): string {
  return join(repository.root, file);
}

/** Runs the pipeline on one file with one of the rules that hold there, or with all, fixing what they find. */
export async function fixWith(
  file: string,
  bytes: Uint8Array,
  rule: string | undefined,
  session: Session,
): Promise<FileResult> {
  const whole = await session.contextOf(file);
  const chosen = whole.settings.rules.filter(({ id }) => rule === undefined || rule === id);
  const context = { ...whole, settings: { ...whole.settings, rules: chosen } };
  const target = { path: placeOf(session, file), display: file };
  const { report } = checkFile(target, bytes, context);
  return fixFile(target, bytes, report, { mode: 'fix', applicability: session.command.lint.applicability }, context);
}
