import { resolve } from 'node:path';
import { createSourceFile, explainLine } from '@pylint-leaks/core';
import { CliError } from './cli-error';
import { decode } from './decode';
import { displayPath } from './discover';
import { failureReason } from './disk';
import type { Engine } from './engine';
import type { Io } from './io';
import { judgeProject } from './judge-project';
import { lintOptions } from './lint-file';
import type { WhyCommand } from './options';
import { createSettings } from './settings';

/**
 * Explains the acquisition sites on one line of a file, silent ones included.
 *
 * @returns the exit code: 0; the answer is no verdict.
 * @throws CliError when the place cannot be read.
 */
export async function why({ file, line, lint }: WhyCommand, io: Io, engine: Engine): Promise<number> {
  const target = { path: resolve(io.cwd, file), display: displayPath(io.cwd, resolve(io.cwd, file)) };
  const show = (path: string) => displayPath(io.cwd, path);
  const settingsFor = createSettings(lint, engine.rules, { disk: io.disk, cwd: io.cwd, show });
  let bytes: Uint8Array;
  try {
    bytes = await io.disk.read(target.path);
  } catch (error) {
    throw new CliError(`${file}: ${failureReason(error)}`);
  }
  const decoded = decode(bytes);
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
  const source = createSourceFile(target.display, decoded.text);
  if (line > source.lineStarts.length)
    throw new CliError(`${file}: it has ${source.lineStarts.length} lines, not ${line}`);
  const explanations = explainLine(engine.lint(source, lintOptions(await contextOf(target))), line);
  if (explanations.length === 0) io.stdout.write(`${target.display}:${line}: there is no call on this line\n`);
  for (const { call, line: at, facts } of explanations) {
    io.stdout.write(`${target.display}:${at}: ${call}\n${facts.map((fact) => `  ${fact}\n`).join('')}`);
  }
  return 0;
}
