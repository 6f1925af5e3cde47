import { CaseFormatError, type Case, type CaseConfig } from './case';
import { parseExpectations } from './expectations';
import { applyFenceAttributes, parseFenceAttributes, type FenceAttributes } from './fence';

interface Section {
  readonly name: string;
  readonly line: number;
  readonly lines: readonly string[];
}

interface CodeBlock {
  readonly attributes: FenceAttributes;
  readonly lines: readonly string[];
  /** 1-based line in the file of the first line inside the fence. */
  readonly line: number;
}

/**
 * Reads a file of literate cases. A `##` heading names a case; then come an optional `config: {…}` line, prose, one
 * ```` ```python ```` block, ```` ```python beside=db.py ```` blocks for other files of its project, and for fixers ```` ```python fixed ````, ```` ```python fixed-unsafe ```` blocks or
 * `no-fix: part of the reason` lines.
 *
 * @param markdown - text of the file.
 * @param file - its name, for messages.
 * @throws CaseFormatError for anything that does not follow the format, a file without cases included.
 */
export function parseCases(markdown: string, file: string): readonly Case[] {
  const sections = splitSections(markdown.split(/\r?\n/));
  if (sections.length === 0) throw new CaseFormatError(file, 1, 'there is no case ("## name" starts one)');
  const names = new Set<string>();
  return sections.map((section) => {
    if (names.has(section.name)) throw new CaseFormatError(file, section.line, `"${section.name}" is there already`);
    names.add(section.name);
    return parseSection(section, file);
  });
}

/** Headings inside fences are Python comments. */
function splitSections(lines: readonly string[]): readonly Section[] {
  const sections: { name: string; line: number; lines: string[] }[] = [];
  let inFence = false;
  lines.forEach((line, index) => {
    if (line.startsWith('```')) inFence = !inFence;
    const heading = inFence ? null : /^##\s+(.*\S)\s*$/.exec(line);
    if (heading?.[1] !== undefined) sections.push({ name: heading[1], line: index + 1, lines: [] });
    else sections.at(-1)?.lines.push(line);
  });
  return sections;
}

function parseSection(section: Section, file: string): Case {
  const { blocks, prose, config, refusals } = readLines(section, file);
  const problem = (line: number, message: string): CaseFormatError =>
    new CaseFormatError(file, line, `${message} (case "${section.name}")`);
  const only = (role: FenceAttributes['role']): CodeBlock | undefined => {
    const [first, second] = blocks.filter((block) => block.attributes.role === role);
    if (second !== undefined) throw problem(second.line - 1, `a case has one ${role} block, this is the second`);
    return first;
  };
  const code = only('code');
  if (code === undefined) throw problem(section.line, 'there is no ```python block');
  const expected = (role: FenceAttributes['role']): string | undefined => {
    const block = only(role);
    // An expected text has the line ends and tabs of the code unless its own fence says otherwise.
    const { eol = code.attributes.eol, tabs = code.attributes.tabs } = block?.attributes ?? {};
    const bom = code.attributes.bom;
    return block && applyFenceAttributes(block.lines, { ...block.attributes, eol, tabs, bom });
  };
  return {
    name: section.name,
    file,
    line: section.line,
    codeLine: code.line,
    config,
    prose: prose.join('\n').trim(),
    code: applyFenceAttributes(code.lines, code.attributes),
    beside: blocks.flatMap(({ attributes, lines }) =>
      attributes.path === undefined ? [] : [{ path: attributes.path, code: applyFenceAttributes(lines, attributes) }],
    ),
    expectations: code.lines.flatMap((text, index) =>
      parseExpectations(text, { file, fileLine: code.line + index, codeLine: index + 1 }),
    ),
    fixed: expected('fixed'),
    fixedUnsafe: expected('fixed-unsafe'),
    refusals,
  };
}

interface SectionParts {
  readonly blocks: readonly CodeBlock[];
  readonly prose: readonly string[];
  readonly config: CaseConfig;
  readonly refusals: readonly string[];
}

function readLines(section: Section, file: string): SectionParts {
  const blocks: { attributes: FenceAttributes; lines: string[]; line: number }[] = [];
  const prose: string[] = [];
  const refusals: string[] = [];
  let config: CaseConfig = {};
  let open: { attributes: FenceAttributes; lines: string[]; line: number } | undefined;
  section.lines.forEach((text, index) => {
    const line = section.line + index + 1;
    const fence = /^```(.*)$/.exec(text);
    if (open !== undefined) {
      if (fence === null) open.lines.push(text);
      else open = undefined;
    } else if (fence?.[1] !== undefined) {
      open = { attributes: readFence(fence[1], file, line), lines: [], line: line + 1 };
      blocks.push(open);
    } else if (text.startsWith('config:')) config = parseConfig(text.slice('config:'.length), file, line);
    else if (text.startsWith('no-fix:')) refusals.push(readReason(text.slice('no-fix:'.length), file, line));
    else if (blocks.length === 0) prose.push(text);
  });
  if (open !== undefined) throw new CaseFormatError(file, open.line - 1, 'this block is not closed');
  return { blocks, prose, config, refusals };
}

function readFence(info: string, file: string, line: number): FenceAttributes {
  const words = /^python\b(.*)$/.exec(info)?.[1];
  if (words === undefined) throw new CaseFormatError(file, line, `blocks are \`\`\`python, not \`\`\`${info}`);
  const attributes = parseFenceAttributes(words);
  if ('unknown' in attributes) throw new CaseFormatError(file, line, `cannot read "${attributes.unknown}" here`);
  return attributes;
}

function readReason(text: string, file: string, line: number): string {
  const reason = text.trim();
  if (reason === '') throw new CaseFormatError(file, line, 'no-fix: needs a part of the reason');
  return reason;
}

const CONFIG_KEYS: ReadonlySet<string> = new Set<keyof CaseConfig>([
  'targetVersion',
  'ownerCalls',
  'runtimeModule',
  'path',
  'strict',
]);

function parseConfig(text: string, file: string, line: number): CaseConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CaseFormatError(
      file,
      line,
      `config: is not JSON (${error instanceof Error ? error.message : 'unknown'})`,
    );
  }
  if (typeof value !== 'object' || value === null) throw new CaseFormatError(file, line, 'config: is not an object');
  const wrong = Object.keys(value).find((key) => !CONFIG_KEYS.has(key));
  if (wrong !== undefined) {
    throw new CaseFormatError(file, line, `config: "${wrong}" is none of ${[...CONFIG_KEYS].join(', ')}`);
  }
  return value;
}
