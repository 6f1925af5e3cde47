import {
  logicalLines,
  overlaps,
  type Edit,
  type FixResult,
  type LintResult,
  type LogicalLine,
  type Span,
} from '@pylint-leaks/core';
import { refused } from '../rewrites/objections';
import { lineAt, lineByIndex } from '../text/lines';
import { readWithLine, type WithLine } from './with-line';

/** A broken line with those that follow it in its block. */
interface Damage {
  readonly line: LogicalLine;
  readonly written: WithLine;
  /** What follows with the same or a deeper indentation. */
  readonly following: readonly LogicalLine[];
  readonly all: readonly LogicalLine[];
}

/**
 * Repairs what search and replace makes of `self.conn = connect(p)` and `conn = connect(p)`: `self.with connect(p) as conn:`,
 * `with connect(str(p) as conn:)`, and a `with` line whose body stands beside it. Never safe: the file did not run, so what
 * was meant is read from the lines that follow. Undefined when the damage is something else.
 *
 * @param span - where Python finds the file wrong.
 */
export function repairWith(ruleId: string, span: Span, lint: LintResult): FixResult | undefined {
  const { file } = lint;
  const all = logicalLines(file.text);
  const at = all.findIndex((each) => each.start <= span.start && span.start <= each.end);
  const damage = damageAt(all, at, file.text) ?? damageAt(all, at - 1, file.text);
  if (damage === undefined) return undefined;
  const { line } = damage;
  if (lint.tree.comments.some((comment) => overlaps(comment, line)))
    return refused('a comment stands in the broken line');
  const [next] = damage.following;
  const isIndented = next !== undefined && next.indentation.length > line.indentation.length;
  if (isIndented)
    return damage.written.receiver === undefined ? withOnly(ruleId, damage) : refused('a block belongs to it');
  return damage.written.receiver === undefined
    ? withoutBody(ruleId, damage, lint)
    : attribute(ruleId, damage, damage.written.receiver);
}

function damageAt(all: readonly LogicalLine[], index: number, text: string): Damage | undefined {
  const line = all[index];
  const written = line === undefined ? undefined : readWithLine(line, text);
  if (line === undefined || written === undefined) return undefined;
  const rest = all.slice(index + 1);
  const end = rest.findIndex(({ indentation }) => !indentation.startsWith(line.indentation));
  return { line, written, following: end < 0 ? rest : rest.slice(0, end), all };
}

/** `self.with connect(p) as conn:` → `self.conn = connect(p)`. */
function attribute(ruleId: string, { line, written, following, all }: Damage, receiver: string): FixResult {
  const others = all.filter((each) => each !== line);
  const isUsed = (name: string): boolean =>
    others.some((each) => attributesOf(each, receiver).some((use) => use.name === name));
  const name =
    written.name !== undefined && isUsed(written.name) ? written.name : onlyUnset(following, others, receiver);
  if (name === undefined) return refused(`nothing later says which attribute of ${receiver} it was`);
  const text = `${receiver}.${name} = ${written.context}`;
  return guess(ruleId, `Assign it to ${receiver}.${name} again`, [{ span: line, text }]);
}

/** The one attribute that the lines read and nothing in the file sets. */
function onlyUnset(
  following: readonly LogicalLine[],
  others: readonly LogicalLine[],
  receiver: string,
): string | undefined {
  const set = new Set(
    others.flatMap((each) => attributesOf(each, receiver).filter(({ isSet }) => isSet)).map(({ name }) => name),
  );
  const read = following.flatMap((each) => attributesOf(each, receiver)).filter(({ isCalled }) => !isCalled);
  const candidates = new Set(read.map(({ name }) => name).filter((name) => !set.has(name)));
  const [first] = candidates;
  return candidates.size === 1 ? first : undefined;
}

function attributesOf(
  { tokens }: LogicalLine,
  receiver: string,
): readonly { readonly name: string; readonly isSet: boolean; readonly isCalled: boolean }[] {
  return tokens.flatMap((token, index) => {
    const name = tokens[index + 2];
    const isAttribute = token.kind === 'name' && token.text === receiver && tokens[index + 1]?.text === '.';
    if (!isAttribute || name?.kind !== 'name' || tokens[index - 1]?.text === '.') return [];
    const next = tokens[index + 3]?.text;
    return [{ name: name.text, isSet: next === '=' || next === ':', isCalled: next === '(' }];
  });
}

/** `with connect(str(p) as conn:)` over a body that is there. */
function withOnly(ruleId: string, { line, written }: Damage): FixResult | undefined {
  if (!written.isUnbalanced) return undefined;
  return guess(ruleId, 'Close the brackets before as', [{ span: line, text: headerOf(written) }]);
}

function headerOf({ context, name }: WithLine): string {
  return name === undefined ? `with ${context}:` : `with ${context} as ${name}:`;
}

/** A release by hand below says that it was an assignment; else what uses the name belongs into the block. */
function withoutBody(ruleId: string, { line, written, following }: Damage, lint: LintResult): FixResult {
  const { name, context } = written;
  if (name === undefined) return refused('nothing says what belongs into the with block');
  const isReleased = following.some(
    ({ indentation, tokens }) =>
      indentation === line.indentation &&
      tokens
        .map(({ text }) => text)
        .join('')
        .startsWith(`${name}.close(`),
  );
  if (isReleased) return guess(ruleId, `Assign it to ${name} again`, [{ span: line, text: `${name} = ${context}` }]);
  const uses = following.map(({ tokens }) => tokens.some(({ kind, text }) => kind === 'name' && text === name));
  const last = following[uses.lastIndexOf(true)];
  if (last === undefined) return refused(`nothing below uses ${name}`);
  const body = following.slice(0, uses.lastIndexOf(true) + 1);
  const edits: Edit[] = [
    ...(written.isUnbalanced ? [{ span: { start: line.start, end: line.end }, text: headerOf(written) }] : []),
    ...indentEdits(lint, line, body),
  ];
  return guess(ruleId, 'Indent the body of the with block', edits);
}

function indentEdits(
  { file }: LintResult,
  { indentation, end }: LogicalLine,
  body: readonly LogicalLine[],
): readonly Edit[] {
  const strings = body.flatMap((each) => each.strings);
  const unit = indentation.includes('\t') ? '\t' : unitOf(indentation);
  const edits: Edit[] = [];
  const lastLine = lineAt(file, body[body.length - 1]?.end ?? end).index;
  for (let index = lineAt(file, end).index + 1; index <= lastLine; index++) {
    const line = lineByIndex(file, index);
    const isBlank = file.text.slice(line.start, line.end).trim() === '';
    if (isBlank || strings.some((string) => string.start < line.start && line.start < string.end)) continue;
    edits.push({ span: { start: line.start, end: line.start }, text: unit });
  }
  return edits;
}

/** Four spaces, or two where the line stands in a way that only two explain. */
function unitOf(indentation: string): string {
  return indentation.length % 4 === 0 ? '    ' : '  ';
}

function guess(ruleId: string, title: string, edits: readonly Edit[]): FixResult {
  const sorted = edits.map(({ span: { start, end }, text }) => ({ span: { start, end }, text }));
  return {
    kind: 'fix',
    fix: {
      ruleId,
      applicability: 'unsafe',
      title,
      edits: sorted,
      checked: [
        {
          precondition: 'meaning-known',
          holds: false,
          detail: 'the file never ran: what was meant is read from later lines',
        },
        { precondition: 'no-comment-moved', holds: true },
      ],
    },
  };
}
