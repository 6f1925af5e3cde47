import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { CliError } from '../cli-error';
import type { RunResult } from '../conclude';
import { failureReason } from '../disk';
import type { Finding } from '../finding';
import type { Io } from '../io';
import type { LintCommand } from '../options';
import { byWorst, isAboutResource, observe } from './observe';
import { readRecording } from './record';

/** What was recorded, ready to be put beside the findings of a run. */
export interface Evidence {
  readonly join: (result: RunResult) => Promise<RunResult>;
}

/**
 * Reads the evidence files of a run, before anything is linted.
 *
 * @throws CliError when one cannot be read or is no such file.
 */
export async function openEvidence(command: LintCommand, io: Io): Promise<Evidence> {
  if (command.evidence.length === 0) return { join: (result) => Promise.resolve(result) };
  const texts: string[] = [];
  for (const file of command.evidence) texts.push(await readText(file, io));
  const recording = readRecording(texts);
  if (recording.processes === 0) {
    const files = command.evidence.join(', ');
    throw new CliError(`${files}: no evidence in it; python -m pylint_leaks_runtime run writes such files`);
  }
  const recorded = new Set(recording.sites.map(({ path }) => path.replace(/^.*[\\/]/, '')));
  return {
    join: async (result) => {
      const hashes = new Map<string, string>();
      for (const { path } of result.reports) {
        if (!recorded.has(path.replace(/^.*[\\/]/, ''))) continue;
        const bytes = await io.disk.read(path).catch(() => undefined);
        if (bytes !== undefined) hashes.set(path, createHash('sha256').update(bytes).digest('hex'));
      }
      const { reports, notes } = observe(result.reports, recording, hashes);
      const isKept = (finding: Finding) => finding.observation?.label === 'confirmed' || !isAboutResource(finding);
      return {
        ...result,
        reports: command.onlyConfirmed
          ? reports.map((report) => ({ ...report, findings: report.findings.filter(isKept) }))
          : reports,
        notes: [...result.notes, ...notes],
        order: byWorst,
      };
    },
  };
}

async function readText(file: string, io: Io): Promise<string> {
  try {
    return Buffer.from(await io.disk.read(resolve(io.cwd, file))).toString('utf8');
  } catch (error) {
    throw new CliError(`${file}: the evidence cannot be read: ${failureReason(error)}`);
  }
}
