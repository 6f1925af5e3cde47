import type { Rule } from '@pylint-leaks/core';
import type { RunResult } from '../conclude';
import type { Engine } from '../engine';
import { requireParser } from '../require-parser';
import type { FileReport, Finding } from '../finding';
import type { Io } from '../io';
import type { LintCommand } from '../options';
import { count } from '../reporters/summary';
import { contentsWith, encodeContents, readSource } from '../source-text';
import { writeFixed } from '../write';
import { insertIgnores } from './insert';

/**
 * Suppresses all findings of a result by comments in the code. Findings about the comments themselves stay, and so does
 * everything in a file that Python refuses.
 *
 * @param reason - written behind each comment; undefined to do nothing.
 */
export async function addIgnores(result: RunResult, command: LintCommand, io: Io, engine: Engine): Promise<RunResult> {
  const reason = command.addIgnore;
  if (reason === undefined) return result;
  const parser = await requireParser(command, engine);
  const isSyntax = hasMeta(engine.rules, ({ meta }) => meta.concern?.kind === 'syntax');
  const isJudge = hasMeta(engine.rules, ({ meta }) => meta.judges !== undefined);
  const reports: FileReport[] = [];
  const notes = [...result.notes];
  for (const report of result.reports) {
    const unwanted = report.findings.filter((finding) => finding.fingerprint !== undefined && !isJudge(finding));
    if (report.source === undefined || unwanted.length === 0) {
      reports.push(report);
      continue;
    }
    const refuse = (why: string) => {
      notes.push(`${report.display}: no comments added, because ${why}`);
      reports.push(report);
    };
    if (report.findings.some(isSyntax)) {
      refuse('Python refuses the file');
      continue;
    }
    const bytes = await io.disk.read(report.path).catch(() => undefined);
    const decoded = bytes && readSource(report.path, bytes);
    if (bytes === undefined || decoded?.kind !== 'text' || decoded.text !== report.source.text) {
      refuse('it was changed meanwhile');
      continue;
    }
    const changed = insertIgnores(report.source, unwanted, reason, parser);
    const contents = changed && contentsWith(changed, decoded);
    const after = contents === undefined ? undefined : encodeContents(contents, decoded);
    if (after === undefined) {
      const isMisfit = contents !== undefined;
      refuse(isMisfit ? `the reason does not fit ${decoded.file.encoding}` : 'a comment would change code');
      continue;
    }
    const written = await writeFixed(report.path, bytes, after, io);
    if (written.kind === 'refused') {
      refuse(written.reason);
      continue;
    }
    notes.push(`${report.display}: ${count(unwanted.length, 'finding')} suppressed by comments`);
    reports.push({ ...report, findings: report.findings.filter((finding) => !unwanted.includes(finding)) });
  }
  return { ...result, reports, notes };
}

function hasMeta(rules: readonly Rule[], test: (rule: Rule) => boolean): (finding: Finding) => boolean {
  const ids = new Set(rules.filter(test).map(({ id }) => id));
  return ({ ruleId }) => ids.has(ruleId);
}
