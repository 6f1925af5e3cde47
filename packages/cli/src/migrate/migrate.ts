import { loadCodeowners } from '../codeowners';
import { CliError } from '../cli-error';
import { discover, displayPath } from '../discover';
import type { Engine } from '../engine';
import type { Io } from '../io';
import { writeProof } from '../proof';
import { printable } from '../reporters/printable';
import { count } from '../reporters/summary';
import { requireParser } from '../require-parser';
import { checkRuleIds, createSettings } from '../settings';
import { noticeUnfinished } from '../unfinished/restore';
import { createVerifyCommand } from '../verify-command';
import { runBatch } from './batch';
import type { MigrateCommand } from './command';
import { leftSites } from './left';
import { openNotebook } from './notebook';
import { planBatches, titleOf } from './plan';
import { replayPatches } from './replay';
import { findRepository, identity, requireClean, type Repository } from './repository';
import type { Ground, Session } from './session';
import type { MigrateSettings, MigrateState, PlannedBatch } from './state';
import { fixableFiles, surveyTargets, type Found, type Survey } from './survey';
import { planTable, resultTable } from './table';

/**
 * A migration: find what can be fixed, divide it into batches, take each through fix, check and commit (or patch), and
 * say what is fixed, what is left and why.
 *
 * @returns the exit code: 0 nothing is left at error level and nothing failed, 1 something is, 2 a path does not exist,
 *   130 interrupted.
 * @throws CliError when it cannot start.
 */
export async function migrate(command: MigrateCommand, io: Io, engine: Engine): Promise<number> {
  checkRuleIds(
    '--rule',
    command.lint.select ?? [],
    engine.rules.map(({ id }) => id),
  );
  const repository = await findRepository(io);
  const notebook = await openNotebook(command, settingsOf(command), repository, io);
  const makes = command.output.kind !== 'plan';
  if (makes && !command.allowDirty) await requireClean(repository);
  await noticeUnfinished(makes, io);
  const ground = await prepareGround(command, repository, io, engine);

  const { targets, missing, notes, unreadable } = await discover(command.paths, command.lint, ground.settingsFor, io);
  for (const note of notes) ground.say(`note: ${note}`);
  for (const path of missing) ground.say(`error: ${path}: no such file or directory`);
  if (missing.length > 0) return 2;
  const survey = await surveyTargets(targets, ground);
  const found = [...survey.found, ...unreadable.map((report) => ({ file: undefined, report }))];
  if (survey.interrupted) return interrupted(ground);
  if (!makes) {
    io.stdout.write(planTable((await begin(found, ground)).batches));
    return 0;
  }

  const session = openSession(ground, survey, notebook.save);
  if (notebook.begun !== undefined) await replayPatches(notebook.begun, session);
  const state = await runAll(notebook.begun ?? (await begin(found, session)), session);
  const left = await leftSites(found, state, session);
  io.stdout.write(resultTable(state, left, command.output));
  const { proofFile, verify } = command.lint;
  if (proofFile !== undefined) await writeProof(proofFile, session.proofs, verify?.line, io);
  if (state.batches.some(({ result }) => result === undefined)) return interrupted(session);
  return left.some(({ failed, finding }) => failed || finding.severity === 'error') ? 1 : 0;
}

/** @throws CliError when git could not commit, or there is no parser. */
async function prepareGround(command: MigrateCommand, repository: Repository, io: Io, engine: Engine): Promise<Ground> {
  const author = await identity(repository);
  if (author === undefined && command.output.kind === 'commits')
    throw new CliError('git cannot commit: it knows neither user.name nor user.email');
  const show = (path: string) => displayPath(io.cwd, path);
  return {
    command,
    io,
    engine,
    repository,
    settingsFor: createSettings(command.lint, engine.rules, { disk: io.disk, cwd: io.cwd, show }),
    parser: await requireParser(command.lint, engine),
    author: author ?? 'pylint-leaks <pylint-leaks@localhost>',
    say: (line) => io.stderr.write(`${printable(line)}\n`),
  };
}

function openSession(ground: Ground, { contextOf }: Survey, save: Session['save']): Session {
  const { verify } = ground.command.lint;
  return {
    ...ground,
    contextOf,
    save,
    verify: verify === undefined ? undefined : createVerifyCommand(verify, ground.io),
    patched: new Map(),
    proofs: [],
  };
}

/** The plan of a new migration. */
async function begin(found: readonly Found[], { command, io, repository }: Ground): Promise<MigrateState> {
  const owners = command.by === 'owner' ? await loadCodeowners(repository.root, io.disk) : undefined;
  if (command.by === 'owner' && owners === undefined) throw new CliError('--by owner: there is no CODEOWNERS file');
  const files = fixableFiles(found, command.lint.applicability);
  const batches = planBatches(files, command.by, command.maxFiles, owners?.ownersOf ?? (() => []));
  return {
    version: 1,
    settings: settingsOf(command),
    batches: batches.map((batch) => ({ ...batch, files: [...batch.files] })),
    inFlight: [],
  };
}

/** Does what is still to be done, and puts down each batch when it is done. */
async function runAll(first: MigrateState, session: Session): Promise<MigrateState> {
  let state = first;
  await session.save(state);
  const total = state.batches.length;
  for (const [index, batch] of state.batches.entries()) {
    if (batch.result !== undefined) continue;
    if (session.io.signal.aborted) break;
    const outcome = await runBatch(batch, index + 1, state, session);
    if (outcome.kind === 'stopped') {
      await session.save(state);
      break;
    }
    const done = { ...batch, result: outcome.result };
    state = { ...state, batches: state.batches.with(index, done) };
    await session.save(state);
    session.say(`[${index + 1}/${total}] ${titleOf(batch)}: ${progressOf(done)}`);
  }
  return state;
}

function progressOf({ result }: PlannedBatch): string {
  const fixed = (result?.files ?? []).filter(({ kind }) => kind === 'fixed');
  const sites = fixed.reduce((sum, { fixes }) => sum + fixes.length, 0);
  const made = result?.made === undefined ? [] : [result.made.replace(/^([0-9a-f]{10})[0-9a-f]+$/, 'commit $1')];
  const problems = (result?.files ?? []).filter(({ reason }) => reason !== undefined);
  const failures = problems.map(({ file, reason }) => `${file}: ${reason ?? ''}`);
  return [`${count(sites, 'site')} in ${count(fixed.length, 'file')} fixed`, ...made, ...failures].join(', ');
}

function interrupted({ say }: Ground): number {
  say('note: interrupted; the same command with --resume goes on');
  return 130;
}

function settingsOf({ paths, by, maxFiles, output, lint }: MigrateCommand): MigrateSettings {
  return {
    paths: [...paths],
    rules: [...(lint.select ?? [])],
    by,
    ...(maxFiles === undefined ? {} : { maxFiles }),
    unsafeFixes: lint.applicability === 'unsafe',
    output: output.kind === 'patches' ? `patches in ${output.directory}` : output.kind,
  };
}
