import { CaseFormatError, type Expectation } from './case';

/** Where a comment that looks like an expectation starts. */
const START = /#\s*(?:error|warning|false-positive|false-negative)\b/g;
const WELL_FORMED = /^#\s*(error|warning|false-positive|false-negative): \[([a-z][a-z0-9-]*)\](.*)$/;

/**
 * Reads the expectation comments of one line of code: `# error: [rule-id] some messageId=lost`, several on one line.
 *
 * @param where - for messages: the file, the line of the file and the line of the code.
 * @throws CaseFormatError when a comment starts like an expectation and is none, so that no typing mistake is silent.
 */
export function parseExpectations(
  text: string,
  where: { readonly file: string; readonly fileLine: number; readonly codeLine: number },
): readonly Expectation[] {
  const starts = [...text.matchAll(START)].map((match) => match.index);
  return starts.map((start, index) => {
    const comment = text.slice(start, starts[index + 1] ?? text.length).trim();
    const problem = (message: string): CaseFormatError =>
      new CaseFormatError(where.file, where.fileLine, `${message} in "${comment}"`);
    const [, kind, ruleId, rest = ''] = WELL_FORMED.exec(comment) ?? [];
    if (kind === undefined || ruleId === undefined) throw problem('expected "# error: [rule-id]" or the like');
    if (kind === 'error' || kind === 'warning') {
      return { kind, ruleId, line: where.codeLine, ...parseDetails(rest, problem) };
    }
    const reason = rest.trim();
    if (reason === '') throw problem('a known mistake needs a reason');
    return { kind: kind as 'false-positive' | 'false-negative', ruleId, line: where.codeLine, reason };
  });
}

type Details = Pick<Extract<Expectation, { kind: 'error' | 'warning' }>, 'path' | 'messageId'>;

function parseDetails(rest: string, problem: (message: string) => CaseFormatError): Details {
  let details: Details = { path: undefined, messageId: undefined };
  for (const word of rest.split(/\s+/).filter(Boolean)) {
    const messageId = /^messageId=([A-Za-z][\w-]*)$/.exec(word)?.[1];
    if (word === 'all' || word === 'some' || word === 'exception') details = { ...details, path: word };
    else if (messageId !== undefined) details = { ...details, messageId };
    else throw problem(`cannot read "${word}" (all, some, exception or messageId=… may follow)`);
  }
  return details;
}
