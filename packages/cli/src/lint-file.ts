import {
  fingerprintsOf,
  type Asked,
  type Learned,
  type LintOptions,
  type LintResult,
  type Outside,
  type Parser,
  type RelevantNames,
  type Screening,
} from '@pylint-leaks/core';
import type { FixOptions, FixOutcome, FixSourceOptions } from '@pylint-leaks/fixers';
import type { Target } from './discover';
import type { Engine } from './engine';
import { compareFindings, fileFinding, toFinding, type FileReport, type Finding } from './finding';
import { fingerprintId } from './fingerprint-id';
import { internalError } from './internal-error';
import type { LintCommand } from './options';
import { suppressedFindings } from './suppressed-findings';
import { runtimeNote } from './runtime-note';
import type { Settings } from './settings';
import { contentsWith, encodeContents, readSource, sourceFileOf, type SourceText } from './source-text';

/** What the pipeline says about one file as it is. */
export interface FileCheck {
  readonly report: FileReport;
  /** For the rest of the project; undefined for a file that could not be analysed. */
  readonly learned: Learned | undefined;
  /** How much of it was analysed. */
  readonly extent: 'nothing' | 'parts' | 'whole';
}

/** What fixing came to: the report of what is left, and the new text when fixes went in. */
export interface FileResult {
  readonly report: FileReport;
  readonly change: Change | undefined;
  /** What fixing came to, whether anything was changed or not; undefined when nothing was tried. */
  readonly outcome: FixOutcome | undefined;
  /** Fixes that were tried and taken back. */
  readonly notes: readonly string[];
}

/** What a file is looked at with. */
export interface FileContext {
  readonly settings: Settings;
  readonly parser: Parser;
  readonly engine: Engine;
  /** The rest of the project. */
  readonly outside: Outside;
  /** What other files want to know about this one. */
  readonly asked: Asked;
  /** Names that matter, for looking only at what can matter; undefined for looking at everything. */
  readonly relevant: RelevantNames | undefined;
}

/** A fixed text, in memory. */
export interface Change {
  readonly before: SourceText;
  /** Contents of the file, which for a notebook are more than the code. */
  readonly after: string;
  /** `after` in the file's encoding. */
  readonly bytes: Uint8Array;
  /** The report of the file as it is, for when the change cannot be written. */
  readonly unfixed: FileReport;
}

/** Files above this size are generated data, and would only exhaust the memory. */
export const MAX_BYTES = 50 * 1024 * 1024;

type Job = Pick<LintCommand, 'mode' | 'applicability'> & {
  /** The rest is neither fixed nor reported; undefined for everything. */
  readonly only?: ReadonlySet<string> | undefined;
};

/**
 * Runs the pipeline on the bytes of one file: decode, lint, offer fixes. Pure: nothing is read or written, and nothing is
 * thrown; a failure of our own is a finding that names it.
 */
export function checkFile(target: Target, bytes: Uint8Array, context: FileContext): FileCheck {
  const decoded = decodeFile(target, bytes);
  if (decoded.kind === 'unreadable') return failedCheck(target, decoded.finding);
  try {
    const { engine, relevant, asked } = context;
    const source = sourceFileOf(target.display, decoded);
    const options = lintOptions(context);
    // What others ask about is answered from the whole file.
    const screening =
      relevant === undefined || asked.names.length > 0 ? UNKNOWN : engine.screen(source, options, relevant);
    const clean: FileReport = { ...target, source, findings: [], fixed: 0 };
    switch (screening.kind) {
      case 'irrelevant':
        return { report: clean, learned: undefined, extent: 'nothing' };
      case 'clean':
        return { report: clean, learned: screening.learned, extent: 'parts' };
      case 'whole':
        return wholeCheck(target, screening.result, context);
      case 'unknown':
        return wholeCheck(target, engine.lint(source, options), context);
    }
  } catch (error) {
    return failedCheck(target, internalError(error));
  }
}

const UNKNOWN: Screening = { kind: 'unknown' };

function failedCheck(target: Target, finding: Finding): FileCheck {
  return { report: failed(target, finding), learned: undefined, extent: 'whole' };
}

function wholeCheck(target: Target, lint: LintResult, context: FileContext): FileCheck {
  // Only these two: the rest of a result is the tree and all that was made of it.
  const { summary, lookups } = lint;
  return { report: describe(target, lint, 0, context), learned: { summary, lookups }, extent: 'whole' };
}

/** The whole result of linting a file; undefined when it cannot be analysed. */
export function lintBytes(target: Target, bytes: Uint8Array, context: FileContext): LintResult | undefined {
  const decoded = decodeFile(target, bytes);
  if (decoded.kind === 'unreadable') return undefined;
  try {
    return context.engine.lint(sourceFileOf(target.display, decoded), lintOptions(context));
  } catch {
    return undefined;
  }
}

/** What a file that is not judged says to the questions of others; undefined when it cannot be analysed. */
export function answerFor(target: Target, bytes: Uint8Array, context: FileContext): FileCheck['learned'] {
  const decoded = decodeFile(target, bytes);
  if (decoded.kind === 'unreadable') return undefined;
  try {
    const { summary, lookups } = context.engine.answer(sourceFileOf(target.display, decoded), lintOptions(context));
    return { summary, lookups };
  } catch {
    // What goes wrong with this file is told when it is judged itself.
    return undefined;
  }
}

/**
 * Fixes the bytes of a file that `checkFile` has reported on. Pure in the same way.
 *
 * @param unfixed - the report of `checkFile`.
 */
export function fixFile(
  target: Target,
  bytes: Uint8Array,
  unfixed: FileReport,
  job: Job,
  context: FileContext,
): FileResult {
  const unchanged = { report: unfixed, change: undefined, outcome: undefined, notes: [] };
  if (job.mode === 'check' || !unfixed.findings.some((finding) => isApplicable(finding, job.applicability)))
    return unchanged;
  const decoded = decodeFile(target, bytes);
  if (decoded.kind === 'unreadable') return unchanged;
  try {
    return fixText(target, decoded, unfixed, job, context);
  } catch (error) {
    return { ...unchanged, report: withFinding(unfixed, internalError(error)) };
  }
}

/** What the pipeline is run with for a file. */
export function lintOptions({ settings, parser, engine, outside, asked }: FileContext): LintOptions {
  const { rules, ruleOptions, targetVersion, runtimeModule, strict, rows, packages } = settings;
  return {
    parser,
    rules,
    ruleOptions,
    targetVersion,
    ownerCalls: ownerCalls(runtimeModule),
    ...(rows === undefined ? {} : { rows }),
    ...(packages === undefined ? {} : { packages }),
    strict,
    outside,
    asked,
    knownRules: engine.rules.map(({ id }) => id),
  };
}

function fixOptions({ settings: { targetVersion, runtimeModule } }: FileContext): FixOptions {
  return { targetVersion, runtimeModule };
}

function describe(target: Target, lint: LintResult, fixed: number, context: FileContext): FileReport {
  const { engine, settings } = context;
  const fingerprints = fingerprintsOf(lint);
  const findings = engine.offer(lint, fixOptions(context)).map((offered) => {
    const { diagnostic } = offered;
    return toFinding(lint.file, offered, settings.severities.get(diagnostic.ruleId), fingerprints.get(diagnostic));
  });
  const hidden = suppressedFindings(lint, settings.severities);
  return { ...target, source: lint.file, findings: findings.sort(compareFindings), ...hidden, fixed };
}

function fixText(target: Target, decoded: SourceText, unfixed: FileReport, job: Job, context: FileContext): FileResult {
  const outcome = context.engine.fix(sourceFileOf(target.display, decoded), lintOptions(context), {
    ...fixOptions(context),
    applicability: job.applicability,
    watching: context.engine.rules,
    ...(job.only === undefined ? {} : { accepts: acceptOnly(job.only) }),
  });
  const note = runtimeNote(outcome, context.settings);
  const notes = [...troubles(target, outcome), ...(note === undefined ? [] : [note])];
  if (outcome.text === decoded.text) return { report: unfixed, change: undefined, outcome, notes };
  const contents = contentsWith(outcome.lint.file, decoded);
  const encoded = contents === undefined ? undefined : encodeContents(contents, decoded);
  // What was written is read again: a notebook must give the very code that was verified.
  const written = encoded && readSource(target.path, encoded);
  if (contents === undefined || encoded === undefined || written?.kind !== 'text' || written.text !== outcome.text) {
    const reason = contents !== undefined && encoded === undefined ? decoded.file.encoding : 'its cells';
    return {
      report: withFinding(unfixed, unwritable('encoding', `the fixed text does not fit ${reason}`)),
      change: undefined,
      outcome,
      notes,
    };
  }
  const change: Change = { before: decoded, after: contents, bytes: encoded, unfixed };
  const lint = { ...outcome.lint, file: sourceFileOf(target.display, written) };
  const after = describe(target, lint, outcome.applied.length, context);
  return { report: onlyThose(after, job.only), change, outcome, notes };
}

/** Findings of other passes are recognised by their fingerprints. */
function acceptOnly(ids: ReadonlySet<string>): NonNullable<FixSourceOptions['accepts']> {
  return (lint) => {
    const fingerprints = fingerprintsOf(lint);
    return (diagnostic) => {
      const fingerprint = fingerprints.get(diagnostic);
      return fingerprint !== undefined && ids.has(fingerprintId(fingerprint));
    };
  };
}

function onlyThose(report: FileReport, ids: ReadonlySet<string> | undefined): FileReport {
  if (ids === undefined) return report;
  const isWanted = ({ fingerprint }: Finding) => fingerprint === undefined || ids.has(fingerprintId(fingerprint));
  return { ...report, findings: report.findings.filter(isWanted) };
}

/** True when a run that applies fixes of this kind would apply the finding's. */
export function isApplicable({ fix }: Finding, applicability: Job['applicability']): boolean {
  return (
    fix !== undefined &&
    (fix.applicability === 'safe' || (fix.applicability === 'unsafe' && applicability === 'unsafe'))
  );
}

/** The finding for a fix that could not be written; the file is as it was. */
export function unwritable(messageId: string, reason: string): Finding {
  return fileFinding('unwritable-file', messageId, `The fixes were not written: ${reason}.`);
}

/** The report with one more finding, in its place. */
export function withFinding(report: FileReport, finding: Finding): FileReport {
  return { ...report, findings: [...report.findings, finding].sort(compareFindings) };
}

type Decoding = SourceText | { readonly kind: 'unreadable'; readonly finding: Finding };

function decodeFile({ path }: Target, bytes: Uint8Array): Decoding {
  if (bytes.length > MAX_BYTES) return { kind: 'unreadable', finding: tooLarge(bytes.length) };
  const decoded = readSource(path, bytes);
  if (decoded.kind === 'text') return decoded;
  const message = `The file cannot be read: ${decoded.message}.`;
  return { kind: 'unreadable', finding: fileFinding('unreadable-file', decoded.messageId, message, decoded.at) };
}

/** The finding for a file above the size limit. */
export function tooLarge(size: number): Finding {
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const message = `The file cannot be read: it has ${megabytes(size)}, and the limit is ${megabytes(MAX_BYTES)}.`;
  return fileFinding('unreadable-file', 'too-large', message);
}

function failed(target: Target, finding: Finding): FileReport {
  return { ...target, source: undefined, findings: [finding], fixed: 0 };
}

function troubles({ display }: Target, { rejected, converged, passes }: FixOutcome): readonly string[] {
  const taken = rejected.map(
    ({ diagnostic, reason }) => `${display}: a fix of ${diagnostic.ruleId} was taken back: ${reason}`,
  );
  return converged ? taken : [...taken, `${display}: not everything was tried in ${passes} passes; run it again`];
}

/** The runtime package's calls that take a thread over; the module is configurable, so no table can hold them. */
export function ownerCalls(runtimeModule: string): readonly string[] {
  return [`${runtimeModule}.thread_manager.track`, `${runtimeModule}.ThreadManager.track`];
}
