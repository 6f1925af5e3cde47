import { tableRows } from './table';
import { VERDICTS, type TriagedFinding } from './summary';

/** The triage as one page that needs nothing else: the table, then the findings of each verdict, folded. */
export function htmlPage(findings: readonly TriagedFinding[]): string {
  const { head, rows } = tableRows(findings);
  const title = `Triage of ${findings.length} old findings`;
  const sections = VERDICTS.map((verdict) => {
    const own = findings.filter(({ judgement }) => judgement.verdict === verdict);
    if (own.length === 0) return '';
    const isOpen = verdict === 'confirmed' ? ' open' : '';
    const list = own.map(({ old, file, judgement }) => [
      file === undefined ? `${old.file} (line ${old.line} then)` : `${file}:${judgement.line}`,
      old.category,
      old.code ?? old.description,
      judgement.ruleId ?? '',
      judgement.reason,
    ]);
    const columns = ['Place', 'Category', 'Old code', 'Rule', 'Reason'];
    return `<details${isOpen}><summary>${escape(verdict)} (${own.length})</summary>\n${table(columns, list)}</details>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(title)}</h1>
${table(head, rows)}
${sections.join('\n')}
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
div { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); overflow-wrap: anywhere; }
summary { cursor: pointer; font-weight: 600; padding: .4rem 0; }
`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  return `<div><table>\n<thead>${line(head, 'th')}</thead>\n<tbody>\n${rows.map((row) => line(row, 'td')).join('\n')}\n</tbody></table></div>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
