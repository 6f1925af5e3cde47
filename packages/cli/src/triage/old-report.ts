import { z } from 'zod';

/** A finding of an old report, whatever tool wrote it. */
export interface OldFinding {
  /** As written there, with `/`. */
  readonly file: string;
  /** From 1; as stale as the report. */
  readonly line: number;
  /** Category, or id of the rule. */
  readonly category: string;
  /** In upper case: HIGH, MEDIUM, LOW, or what the report has. */
  readonly severity: string;
  /** The code it is about, when the report quotes it. */
  readonly code: string | undefined;
  readonly description: string;
}

/** What a report says, or why it cannot be read. */
export type OldReport =
  | { readonly kind: 'valid'; readonly format: 'issues' | 'eslint' | 'sarif'; readonly findings: readonly OldFinding[] }
  | { readonly kind: 'invalid'; readonly problem: string };

const line = z.number().catch(1);
const text = z.string().catch('');

/** The first user's analyzers: `{"detailed_issues": [{file, line, type, severity, description, code}]}`. */
const ISSUES = z.object({
  detailed_issues: z.array(
    z.object({ file: z.string(), line, type: text, severity: text, description: text, code: z.string().optional() }),
  ),
});

const ESLINT = z.array(
  z.object({
    filePath: z.string(),
    source: z.string().optional(),
    messages: z.array(
      z.object({
        ruleId: z.string().nullish(),
        line,
        severity: z.union([z.number(), z.string()]).catch(2),
        message: text,
        source: z.string().nullish(),
      }),
    ),
  }),
);

const SARIF = z.object({
  runs: z.array(
    z.object({
      results: z
        .array(
          z.object({
            ruleId: text,
            level: z.string().catch('warning'),
            message: z.object({ text }).catch({ text: '' }),
            locations: z
              .array(
                z.object({
                  physicalLocation: z.object({
                    artifactLocation: z.object({ uri: text }),
                    region: z.object({ startLine: line, snippet: z.object({ text }).optional() }).optional(),
                  }),
                }),
              )
              .catch([]),
          }),
        )
        .nullish(),
    }),
  ),
});

/** Reads a report in one of the known shapes. */
export function readOldReport(content: string): OldReport {
  let value: unknown;
  try {
    value = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    return {
      kind: 'invalid',
      problem: `it is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`,
    };
  }
  const issues = ISSUES.safeParse(value);
  if (issues.success) return { kind: 'valid', format: 'issues', findings: issues.data.detailed_issues.map(fromIssue) };
  const eslint = ESLINT.safeParse(value);
  if (eslint.success) return { kind: 'valid', format: 'eslint', findings: eslint.data.flatMap(fromEslint) };
  const sarif = SARIF.safeParse(value);
  if (sarif.success)
    return {
      kind: 'valid',
      format: 'sarif',
      findings: sarif.data.runs.flatMap(({ results }) => (results ?? []).flatMap(fromSarif)),
    };
  const known = '{"detailed_issues": […]}, an ESLint report [{"filePath", "messages"}], or SARIF {"runs": […]}';
  return { kind: 'invalid', problem: `it has none of the known shapes: ${known}` };
}

function fromIssue(issue: z.infer<typeof ISSUES>['detailed_issues'][number]): OldFinding {
  const { file, type, severity, description, code } = issue;
  return { file: slashed(file), line: issue.line, category: type, severity: severity.toUpperCase(), code, description };
}

function fromEslint({ filePath, messages }: z.infer<typeof ESLINT>[number]): readonly OldFinding[] {
  return messages.map(({ ruleId, severity, message, source, ...place }) => ({
    file: slashed(filePath),
    line: place.line,
    category: ruleId ?? 'none',
    severity: severity === 2 ? 'ERROR' : severity === 1 ? 'WARNING' : String(severity).toUpperCase(),
    code: source ?? undefined,
    description: message,
  }));
}

type SarifResult = NonNullable<z.infer<typeof SARIF>['runs'][number]['results']>[number];

function fromSarif({ ruleId, level, message, locations }: SarifResult): readonly OldFinding[] {
  return locations.slice(0, 1).map(({ physicalLocation: { artifactLocation, region } }) => ({
    file: fromUri(artifactLocation.uri),
    line: region?.startLine ?? 1,
    category: ruleId,
    severity: level.toUpperCase(),
    code: region?.snippet?.text,
    description: message.text,
  }));
}

function fromUri(uri: string): string {
  const path = uri.replace(/^file:\/\//, '');
  try {
    return slashed(decodeURIComponent(path));
  } catch {
    return slashed(path);
  }
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\.\//, '');
}
