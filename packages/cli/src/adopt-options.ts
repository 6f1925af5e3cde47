import { CliError } from './cli-error';
import { DEFAULT_BASELINE } from './baseline/file';

/** Which baseline counts: the configured one, this file, or none. */
export type BaselineChoice =
  { readonly kind: 'configured' } | { readonly kind: 'file'; readonly path: string } | { readonly kind: 'none' };

/** Which findings are reported: all, or those that a change touches. */
export type ChangeChoice =
  | { readonly kind: 'all' }
  /** Changes of the work tree since this commit. */
  | { readonly kind: 'since'; readonly ref: string }
  /** Changes in the index; its text is linted. */
  | { readonly kind: 'staged' };

/** What is asked of accepted findings and of old code. */
export interface AdoptOptions {
  readonly baseline: BaselineChoice;
  /** Besides reading it: take all findings in, or drop what is out of date. */
  readonly baselineTask: 'none' | 'write' | 'prune';
  /** Never write the baseline. */
  readonly frozen: boolean;
  readonly changes: ChangeChoice;
  /** Suppress all findings by comments with this reason. */
  readonly addIgnore: string | undefined;
}

/** Reads the values of options. */
export interface OptionReader {
  readonly flag: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
}

/**
 * Reads the options for adopting the tool.
 *
 * @param run - what else is asked for.
 * @throws CliError when they contradict each other.
 */
export function adoptOptions(
  { flag, text }: OptionReader,
  run: { readonly mode: 'check' | 'fix' | 'diff'; readonly isStdin: boolean },
): AdoptOptions {
  const tasks = ['write-baseline', 'prune-baseline'].filter(flag);
  const [task] = tasks;
  if (tasks.length > 1) throw new CliError('--write-baseline and --prune-baseline exclude each other');
  if (task !== undefined) {
    const against = [
      ...(flag('frozen') ? ['--frozen'] : []),
      ...(flag('no-baseline') ? ['--no-baseline'] : []),
      ...(text('since') === undefined ? [] : ['--since']),
      ...(flag('staged') ? ['--staged'] : []),
      ...(run.mode === 'diff' ? ['--diff'] : []),
      ...(run.isStdin ? ['standard input'] : []),
    ];
    if (against[0] !== undefined) throw new CliError(`--${task} cannot be combined with ${against[0]}`);
  }
  if (text('add-ignore') !== undefined) {
    const against = [
      ...(task === undefined ? [] : [`--${task}`]),
      ...(flag('staged') ? ['--staged'] : []),
      ...(run.mode === 'check' ? [] : [`--${run.mode}`]),
      ...(run.isStdin ? ['standard input'] : []),
    ];
    if (against[0] !== undefined) throw new CliError(`--add-ignore cannot be combined with ${against[0]}`);
  }
  return {
    baseline: baselineChoice(text('baseline'), flag('no-baseline')),
    baselineTask: task === undefined ? 'none' : task === 'write-baseline' ? 'write' : 'prune',
    frozen: flag('frozen'),
    addIgnore: reasonOf(text('add-ignore')),
    changes: changeChoice(text('since'), flag('staged'), run.isStdin),
  };
}

/** What a comment can hold: one line, in which no other comment starts. */
function reasonOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const reason = text.trim();
  if (reason === '' || /[\r\n#]/.test(reason))
    throw new CliError(`--add-ignore needs a reason of one line without #, not "${text}"`);
  return reason;
}

function baselineChoice(path: string | undefined, isOff: boolean): BaselineChoice {
  if (path === undefined) return isOff ? { kind: 'none' } : { kind: 'configured' };
  if (isOff) throw new CliError('--baseline and --no-baseline exclude each other');
  if (path === '') throw new CliError(`--baseline needs the name of a file, such as ${DEFAULT_BASELINE}`);
  return { kind: 'file', path };
}

function changeChoice(ref: string | undefined, isStaged: boolean, isStdin: boolean): ChangeChoice {
  if (ref === undefined && !isStaged) return { kind: 'all' };
  if (ref !== undefined && isStaged) throw new CliError('--since and --staged exclude each other');
  const option = isStaged ? '--staged' : '--since';
  if (isStdin) throw new CliError(`${option} cannot be combined with standard input`);
  if (ref === undefined) return { kind: 'staged' };
  // git would read it as an option.
  if (ref === '' || ref.startsWith('-')) throw new CliError(`--since needs a commit, branch or tag, not "${ref}"`);
  return { kind: 'since', ref };
}
