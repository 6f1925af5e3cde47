import { dirname, resolve } from 'node:path';
import type { LintResult } from '@pylint-leaks/core';
import { CliError } from '../cli-error';
import { byDisplay as byName, discover, displayPath, type Target } from '../discover';
import { failureReason } from '../disk';
import type { Engine } from '../engine';
import type { Io } from '../io';
import { judgeProject, readBytes } from '../judge-project';
import { lintBytes } from '../lint-file';
import type { LintCommand } from '../options';
import { startProgress } from '../progress';
import { createSettings } from '../settings';
import { categoryOf } from './categories';
import { judge, prepare, type PreparedFile } from './judge';
import { locate, matchFile } from './locate';
import { readOldReport, type OldFinding } from './old-report';
import { renderTriage, type TriageFormat } from './render';
import type { TriagedFinding } from './summary';

/** What `pylint-leaks triage` was asked for. */
export interface TriageCommand {
  readonly kind: 'triage';
  /** The old report. */
  readonly report: string;
  readonly outputs: readonly { readonly format: TriageFormat; readonly file: string | undefined }[];
  /** How the tree is linted; `input` says where it is. */
  readonly lint: LintCommand;
}

/**
 * Compares an old report with what is found in the tree today.
 *
 * @returns the exit code: 0, whatever the verdicts are.
 * @throws CliError when the report cannot be read, or a result not be written.
 */
export async function triage(command: TriageCommand, io: Io, engine: Engine): Promise<number> {
  const findings = await readReport(command.report, io);
  const { input } = command.lint;
  const show = (path: string) => displayPath(io.cwd, path);
  const settingsFor = createSettings(command.lint, engine.rules, { disk: io.disk, cwd: io.cwd, show });
  const roots = input.kind === 'paths' ? input.paths : ['.'];
  const found = await discover(roots, command.lint, settingsFor, io);
  const parser = await engine.loadParser({ prefer: command.lint.parser });
  const wanted = filesOf(findings, found.targets, roots, io);
  const targets = [...new Set([...wanted.values()].map(({ target }) => target))].sort(byName);
  const progress = startProgress(targets.length, io);
  const steps = { keep: () => false, keepsTexts: false, looksAtRegions: false, step: progress.step };
  const workshop = { parser, engine, settingsFor, io, ...steps };
  const judged = await judgeProject(targets, workshop);
  progress.stop();

  const prepared = new Map<Target, PreparedFile | undefined>();
  for (const target of targets) {
    const bytes = await readBytes(target, io);
    const context = await judged.contextOf(target);
    const lint: LintResult | undefined = 'findings' in bytes ? undefined : lintBytes(target, bytes, context);
    const { targetVersion } = await settingsFor(dirname(target.path));
    prepared.set(target, lint && prepare(lint, targetVersion));
  }
  const ruleIds = engine.rules.filter(({ meta }) => meta.judges === undefined).map(({ id }) => id);
  const files = [...new Set(findings.map(({ file }) => file))];
  const triaged = files.flatMap((file) => {
    const match = wanted.get(file);
    const own = findings.filter((finding) => finding.file === file);
    return triageFile(own, match, match && prepared.get(match.target), ruleIds);
  });
  for (const { format, file } of command.outputs) await write(renderTriage(triaged, format), file, io);
  return 0;
}

async function readReport(report: string, io: Io): Promise<readonly OldFinding[]> {
  let content: Uint8Array;
  try {
    content = await io.disk.read(resolve(io.cwd, report));
  } catch (error) {
    throw new CliError(`${report}: the report cannot be read: ${failureReason(error)}`);
  }
  const parsed = readOldReport(Buffer.from(content).toString('utf8'));
  if (parsed.kind === 'invalid') throw new CliError(`${report}: ${parsed.problem}`);
  return parsed.findings;
}

/** A file of today, and whether that it is the old one needs a second look. */
interface FoundFile {
  readonly target: Target;
  readonly isGuess: boolean;
}

/** The file of today for each file of the report; one that stands where it stood counts also when git ignores it. */
function filesOf(
  findings: readonly OldFinding[],
  targets: readonly Target[],
  roots: readonly string[],
  io: Io,
): ReadonlyMap<string, FoundFile> {
  const byDisplay = new Map(targets.map((target) => [target.display, target]));
  const paths = [...byDisplay.keys()];
  const found = new Map<string, FoundFile>();
  for (const file of new Set(findings.map((finding) => finding.file))) {
    const inPlace = roots.map((root) => resolve(io.cwd, root, file)).find((path) => io.disk.hasFile(path));
    const match =
      inPlace === undefined ? matchFile(file, paths) : { path: displayPath(io.cwd, inPlace), by: 'path' as const };
    if (match === undefined) continue;
    const target = byDisplay.get(match.path) ?? { path: resolve(io.cwd, match.path), display: match.path };
    byDisplay.set(match.path, target);
    found.set(file, { target, isGuess: match.by === 'name' });
  }
  return found;
}

/** All old findings of one file. */
function triageFile(
  findings: readonly OldFinding[],
  found: FoundFile | undefined,
  prepared: PreparedFile | undefined,
  ruleIds: readonly string[],
): readonly TriagedFinding[] {
  const noFile = (old: OldFinding) => goneFinding(old, undefined, 'there is no such file any more');
  if (found === undefined) return findings.map(noFile);
  const { display } = found.target;
  if (prepared === undefined) {
    const reason = 'the file cannot be read';
    return findings.map((old) => ({
      old,
      file: display,
      how: undefined,
      judgement: { verdict: 'cannot parse', reason, ruleId: undefined, line: old.line },
    }));
  }
  const lines = prepared.lint.file.text.split(/\r\n|\r|\n/);
  const located = findings.map((old) => ({ old, at: locate(old, lines) }));
  // A file that has only the name in common is the old one when its code is there.
  const share = located.filter(({ at }) => at.kind === 'here').length / located.length;
  if (found.isGuess && share <= 0.5) return findings.map(noFile);
  return located.map(({ old, at }) => {
    if (at.kind === 'gone') return goneFinding(old, display, 'the code is not in the file any more');
    const judgement = judge(prepared, at.line, old.code, categoryOf(old.category, ruleIds));
    return { old, file: display, how: at.how, judgement };
  });
}

function goneFinding(old: OldFinding, file: string | undefined, reason: string): TriagedFinding {
  return { old, file, how: undefined, judgement: { verdict: 'gone', reason, ruleId: undefined, line: old.line } };
}

async function write(text: string, file: string | undefined, io: Io): Promise<void> {
  if (file === undefined) {
    io.stdout.write(text);
    return;
  }
  try {
    await io.disk.create(resolve(io.cwd, file), text);
  } catch (error) {
    throw new CliError(`${file}: the report cannot be written: ${failureReason(error)}`);
  }
}
