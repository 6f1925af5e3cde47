import { logicalLines } from '../syntax/compile-errors/logical-lines';
import type { SyntaxTree } from '../syntax/ast';
import { cellAt } from '../text/notebook';
import type { SourceFile } from '../text/source-file';
import type { Span } from '../text/span';

/** A comment that takes findings out of the report: `# pylint-leaks: ignore[unclosed-file] -- closed by the caller`. */
export interface Suppression {
  /** From its `#` to the end of the reason; the comment may say other things besides. */
  readonly span: Span;
  /** Where the comment that holds it starts and ends. */
  readonly comment: Span;
  readonly rules: readonly string[];
  /** What it covers: a logical line (of a compound statement the header), or the whole file. */
  readonly covers: Span;
  readonly isFileWide: boolean;
  /** What stands behind `--`; for people. */
  readonly reason?: string;
}

/** A comment that is addressed to us and cannot be understood. */
export interface MalformedSuppression {
  readonly span: Span;
  /** What is wrong, as the end of a sentence. */
  readonly problem: string;
}

/** All that the comments of a file ask for. */
export interface Suppressions {
  readonly valid: readonly Suppression[];
  readonly malformed: readonly MalformedSuppression[];
}

/** How the tool may be spelt in a comment: a file without any of these has no comment for us. */
export const ADDRESSES: readonly string[] = ['pylint-leak', 'pylint_leak', 'pylint leak', 'pylintleak', 'Pylint-leak'];

/** The part of a comment that is addressed to us, up to the next comment in the same line. */
const ADDRESSED = /#\s*(?:pylint[-_ ]?|Pylint-)leaks?\s*:(?:(?!\s#).)*/g;

const FORM = /^#\s*pylint-leaks:\s*(ignore|ignore-file)\s*\[([^\][]*)\]\s*(.*)$/;

/** Reads the suppressing comments of a file. Comments inside strings are no comments. */
export function readSuppressions(file: SourceFile, tree: Pick<SyntaxTree, 'comments'>): Suppressions {
  const valid: Suppression[] = [];
  const malformed: MalformedSuppression[] = [];
  if (!ADDRESSES.some((address) => file.text.includes(address))) return { valid, malformed };
  const lines = logicalLines(file.text);
  for (const { start: from, end: to } of tree.comments) {
    // The parser counts the first half of a Windows line end in.
    const text = file.text.slice(from, to).trimEnd();
    const comment = { start: from, end: from + text.length };
    for (const match of text.matchAll(ADDRESSED)) {
      const start = comment.start + match.index;
      const span = { start, end: start + match[0].trimEnd().length };
      const read = readOne(match[0].trimEnd(), ownLine(file.text, comment));
      if (typeof read === 'string') malformed.push({ span, problem: read });
      else {
        const covers = read.isFileWide ? { start: 0, end: file.text.length } : coveredLine(lines, comment, file);
        valid.push({ ...read, span, comment, covers });
      }
    }
  }
  return { valid, malformed };
}

function readOne(text: string, isAlone: boolean): Pick<Suppression, 'rules' | 'isFileWide' | 'reason'> | string {
  const [, word, list, rest = ''] = FORM.exec(text) ?? [];
  if (word === undefined || list === undefined) return formProblem(text);
  const rules = list.split(',').map((id) => id.trim());
  if (rules.includes(''))
    return list.trim() === '' ? 'the brackets name no rule' : 'there is an empty place between commas';
  if (rest !== '' && !/^--\s*\S/.test(rest)) return 'only a reason may follow, as in `-- reason`';
  const isFileWide = word === 'ignore-file';
  if (isFileWide && !isAlone) return '`ignore-file` stands on a line of its own';
  const reason = rest.replace(/^--\s*/, '').trim();
  return { rules: [...new Set(rules)], isFileWide, ...(reason === '' ? {} : { reason }) };
}

function formProblem(text: string): string {
  if (/:\s*ignore(?:-file)?\s*(?:--.*)?$/.test(text))
    return 'name the rules in brackets, as in `ignore[unclosed-file]`';
  return 'write `# pylint-leaks: ignore[rule-id] -- reason`';
}

/** True when nothing but blanks stands before a comment in its line. */
export function ownLine(text: string, comment: Span): boolean {
  const lineStart = Math.max(text.lastIndexOf('\n', comment.start - 1), text.lastIndexOf('\r', comment.start - 1)) + 1;
  return text.slice(lineStart, comment.start).trim() === '';
}

/** The logical line around or before a comment; for one that stands alone between lines, the next one. */
function coveredLine(lines: readonly Span[], comment: Span, file: SourceFile): Span {
  const around = lines.find(({ start, end }) => start <= comment.start && comment.end <= end);
  if (around !== undefined) return around;
  if (ownLine(file.text, comment)) {
    const next = lines.find(({ start }) => start >= comment.end);
    return next !== undefined && isOneCell(file, comment, next) ? next : comment;
  }
  return lines.findLast(({ end }) => end <= comment.start) ?? comment;
}

/** A comment at the end of a cell does not speak of the next cell. */
function isOneCell({ notebook }: SourceFile, comment: Span, line: Span): boolean {
  return notebook === undefined || cellAt(notebook, comment.start) === cellAt(notebook, line.start);
}
