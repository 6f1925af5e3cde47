import { resolve } from 'node:path';
import { explainLine, lineOfCell, type SourceFile } from '@pylint-leaks/core';
import { CliError } from './cli-error';
import { displayPath } from './discover';
import { failureReason } from './disk';
import type { Engine } from './engine';
import type { Io } from './io';
import { judgeProject } from './judge-project';
import { lintOptions } from './lint-file';
import type { WhyCommand } from './options';
import { shownPlace } from './reporters/place';
import { createSettings } from './settings';
import { readSource, sourceFileOf } from './source-text';

/**
 * Explains the acquisition sites on one line of a file, silent ones included.
 *
 * @returns the exit code: 0; the answer is no verdict.
 * @throws CliError when the place cannot be read.
 */
export async function why({ file, cell, line, lint }: WhyCommand, io: Io, engine: Engine): Promise<number> {
  const target = { path: resolve(io.cwd, file), display: displayPath(io.cwd, resolve(io.cwd, file)) };
  const show = (path: string) => displayPath(io.cwd, path);
  const settingsFor = createSettings(lint, engine.rules, { disk: io.disk, cwd: io.cwd, show });
  let bytes: Uint8Array;
  try {
    bytes = await io.disk.read(target.path);
  } catch (error) {
    throw new CliError(`${file}: ${failureReason(error)}`);
  }
  const decoded = readSource(target.path, bytes);
  if (decoded.kind !== 'text') throw new CliError(`${file}: ${decoded.message}`);
  const parser = await engine.loadParser({ prefer: lint.parser });
  const silently = {
    keep: () => false,
    keepsTexts: true,
    // What is explained may be a site that nothing is wrong with.
    looksAtRegions: false,
    step: () => undefined,
  };
  const { contextOf } = await judgeProject([target], { parser, engine, settingsFor, io, ...silently });
  const source = sourceFileOf(target.display, decoded);
  const number = lineIn(source, file, cell, line);
  const explanations = explainLine(engine.lint(source, lintOptions(await contextOf(target))), number);
  const place = (at: number) => `${target.display}:${shownPlace(source, { line: at, column: 1 }).replace(/:1$/, '')}`;
  if (explanations.length === 0) io.stdout.write(`${place(number)}: there is no call on this line\n`);
  for (const { call, line: at, facts } of explanations) {
    io.stdout.write(`${place(at)}: ${call}\n${facts.map((fact) => `  ${fact}\n`).join('')}`);
  }
  return 0;
}

/** The line of the text that was asked for. */
function lineIn(source: SourceFile, file: string, cell: number | undefined, line: number): number {
  if (source.notebook === undefined) {
    if (line <= source.lineStarts.length) return line;
    throw new CliError(`${file}: it has ${source.lineStarts.length} lines, not ${line}`);
  }
  if (cell === undefined) throw new CliError(`${file}: name a cell and a line of it, such as ${file}:3:${line}`);
  const found = lineOfCell(source, cell, line);
  if (found === undefined) throw new CliError(`${file}: there is no line ${line} of Python in cell ${cell}`);
  return found;
}
