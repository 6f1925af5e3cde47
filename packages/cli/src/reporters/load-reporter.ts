import type { Format } from '../formats';
import { concise } from './concise';
import { full } from './full';
import { json } from './json';
import type { Reporter } from './reporter';

/** One reporter for each format. Those with libraries of their own are loaded when they are asked for. */
const REPORTERS: Readonly<Record<Format, () => Reporter | Promise<Reporter>>> = {
  full: () => full,
  concise: () => concise,
  grouped: async () => (await import('./grouped')).grouped,
  json: () => json,
  jsonl: async () => (await import('./jsonl')).jsonl,
  sarif: async () => (await import('./sarif')).sarif,
  'sarif-all': async () => (await import('./sarif')).sarifAll,
  github: async () => (await import('./github')).github,
  gitlab: async () => (await import('./gitlab')).gitlab,
  junit: async () => (await import('./junit')).junit,
  checkstyle: async () => (await import('./checkstyle')).checkstyle,
  pylint: async () => (await import('./pylint')).pylint,
  azure: async () => (await import('./azure')).azure,
  rdjson: async () => (await import('./rdjson')).rdjson,
  markdown: async () => (await import('./markdown')).markdown,
  part: async () => (await import('./part')).part,
  html: async () => {
    const [{ createHtmlReporter }, { pageTemplate }] = await Promise.all([
      import('./html'),
      import('./html/page-template'),
    ]);
    return createHtmlReporter(pageTemplate());
  },
};

/** The reporter of a format. */
export async function loadReporter(format: Format): Promise<Reporter> {
  return REPORTERS[format]();
}

/** The counts of the rules in a format that has them: JSON, or lines for people. */
export async function loadStatistics(format: Format): Promise<Reporter> {
  const { statistics, statisticsJson } = await import('./statistics');
  return format === 'json' ? statisticsJson : statistics;
}
