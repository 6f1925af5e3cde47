import type { ReportData } from '@pylint-leaks/report';

/** What goes into the page. */
export interface PageParts {
  readonly title: string;
  readonly withoutScript: string;
  readonly data: ReportData;
}

/**
 * Puts a report into the page. Nothing in it can become markup: data is JSON in a script element, in which `<` is written
 * as an escape of JSON, so that no tag and no comment can begin there; texts are escaped.
 */
export function fillPage(template: string, { title, withoutScript, data }: PageParts): string {
  const parts: Readonly<Record<string, string>> = {
    TITLE: escapeHtml(title),
    'WITHOUT SCRIPT': escapeHtml(withoutScript),
    DATA: JSON.stringify(data).replaceAll('<', '\\u003c'),
  };
  // One pass: what is filled in is not looked at again.
  return template.replace(/<!-- (TITLE|WITHOUT SCRIPT|DATA) -->/g, (whole, name: string) => parts[name] ?? whole);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
