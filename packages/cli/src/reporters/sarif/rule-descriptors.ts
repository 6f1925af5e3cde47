import type { ReportingDescriptor } from 'sarif';
import { FILE_PROBLEMS, type Finding } from '../../finding';
import type { ReportContext } from '../reporter';

/** CWE-404: improper resource shutdown; CWE-772: missing release after effective lifetime. */
const LEAK_TAGS = ['reliability', 'resource-leak', 'external/cwe/cwe-404', 'external/cwe/cwe-772'];

/** What SARIF says of each rule that could have found something, and of problems with files that did occur. */
export function ruleDescriptors(
  findings: readonly Finding[],
  { rules, pages }: Pick<ReportContext, 'rules' | 'pages'>,
): readonly ReportingDescriptor[] {
  const occurring = new Set(findings.map(({ ruleId }) => ruleId));
  const known = rules.map(({ id, meta }): ReportingDescriptor => {
    const page = pages[id] ?? meta.summary;
    return {
      id,
      name: pascalCase(id),
      shortDescription: { text: meta.summary },
      fullDescription: { text: firstParagraph(page) ?? meta.summary },
      help: { text: page, markdown: page },
      defaultConfiguration: { level: meta.severity },
      properties: {
        tags: id === 'syntax-error' ? ['correctness'] : LEAK_TAGS,
        precision: 'high',
        'problem.severity': meta.severity,
      },
    };
  });
  const problems = Object.entries(FILE_PROBLEMS)
    .filter(([id]) => occurring.has(id))
    .map(([id, text]): ReportingDescriptor => ({
      id,
      name: pascalCase(id),
      shortDescription: { text },
      help: { text },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['files'] },
    }));
  return [...known, ...problems];
}

function pascalCase(id: string): string {
  return id
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/** The first paragraph of a Markdown page that is no heading. */
function firstParagraph(page: string): string | undefined {
  return page
    .split(/\n{2,}/)
    .map((part) => part.trim().replace(/\s*\n\s*/g, ' '))
    .find((part) => part !== '' && !part.startsWith('#'));
}
