import { compare } from './compare/command';
import { CliError } from './cli-error';
import { completionScript } from './completion';
import type { Engine } from './engine';
import type { Io } from './io';
import { init } from './init/init';
import { migrate } from './migrate/migrate';
import { parseArguments } from './options';
import { rulePage } from './rule-page';
import { run } from './run';
import { merge } from './shard/merge';
import { why } from './why';
import { triage } from './triage/run';
import { restore } from './unfinished/restore';
import { watch } from './watch';

/** Width of the help page where there is no terminal. */
const DEFAULT_COLUMNS = 100;

/**
 * The whole program as a function of its surroundings: nothing else prints, and nothing exits.
 *
 * @param argv - arguments without the interpreter and the script.
 * @returns the exit code: 0 clean, 1 findings, 2 could not run, 130 interrupted.
 */
export async function main(argv: readonly string[], io: Io, engine: Engine): Promise<number> {
  try {
    const command = parseArguments(argv, io.stdout.columns ?? DEFAULT_COLUMNS);
    switch (command.kind) {
      case 'print':
        io.stdout.write(command.text);
        return 0;
      case 'rule':
        io.stdout.write(rulePage(command.id, engine));
        return 0;
      case 'compare':
        return await compare(command, io);
      case 'merge':
        return await merge(command, io, engine);
      case 'why':
        return await why(command, io, engine);
      case 'completion':
        io.stdout.write(
          completionScript(
            command.shell,
            engine.rules.map(({ id }) => id),
          ),
        );
        return 0;
      case 'triage':
        return await triage(command, io, engine);
      case 'lint':
        return command.watch && command.input.kind === 'paths'
          ? await watch(command, command.input.paths, io, engine)
          : await run(command, io, engine);
      case 'migrate':
        return await migrate(command, io, engine);
      case 'restore':
        return await restore(io);
      case 'init':
        return await init(command, io, engine);
    }
  } catch (error) {
    if (error instanceof CliError) {
      for (const line of error.message.split('\n')) io.stderr.write(`error: ${line}\n`);
      return 2;
    }
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(`error: pylint-leaks failed, which is a bug in pylint-leaks; please report it:\n${what}\n`);
    return 2;
  }
}
