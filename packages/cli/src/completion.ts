import { CliError } from './cli-error';
import { FORMATS } from './formats';
import { optionTable, type OptionRow } from './option-table';
import { COLOR_CHOICES, PARSER_CHOICES } from './options';
import { didYouMean } from './suggest';

/** Shells that scripts can be made for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The first word on the command line, besides paths. */
const COMMANDS = {
  rule: 'Print the page of a rule',
  migrate: 'Fix a large tree in batches',
  compare: 'Say what came and went between two reports',
  merge: 'Make one report of the parts of a run',
  init: 'Write configuration, hook and baseline for a repository',
  restore: 'Put back what a run that was killed has left unchecked',
  why: 'Say why something at a place is or is not reported',
  completion: 'Print a script for a shell',
};

/** What the value of an option can be; others are free. */
type Values = readonly string[] | 'file';

function valuesOf(name: string, ruleIds: readonly string[]): Values | undefined {
  const table: Readonly<Record<string, Values>> = {
    format: Object.keys(FORMATS),
    color: COLOR_CHOICES,
    parser: PARSER_CHOICES,
    select: ['ALL', ...ruleIds],
    ignore: ruleIds,
    rule: ruleIds,
    by: ['rule', 'dir', 'owner', 'file'],
    config: 'file',
    'output-file': 'file',
    history: 'file',
    baseline: 'file',
    proof: 'file',
  };
  return table[name];
}

/**
 * A script that completes options, their values, commands and rule ids. It is made once and asks the program nothing, so
 * a key press costs nothing (what yargs has starts Node for each, knows no values and no fish).
 *
 * @throws CliError when the shell is not known.
 */
export function completionScript(shell: string, ruleIds: readonly string[]): string {
  const known = SHELLS.find((each) => each === shell);
  if (known === undefined)
    throw new CliError(`completion is for ${SHELLS.join(', ')}, not "${shell}"${didYouMean(shell, SHELLS)}`);
  switch (known) {
    case 'bash':
      return bash(ruleIds);
    case 'zsh':
      return zsh(ruleIds);
    case 'fish':
      return fish(ruleIds);
  }
}

const dashed = (name: string) => (name.length === 1 ? `-${name}` : `--${name}`);
const namesOf = ({ name, aliases }: OptionRow) => [name, ...aliases].map(dashed);

function bash(ruleIds: readonly string[]): string {
  const cases = optionTable().flatMap((option) => {
    if (!option.takesValue) return [];
    const values = valuesOf(option.name, ruleIds);
    const reply =
      values === undefined
        ? ''
        : values === 'file'
          ? 'compgen -f -- "$cur"'
          : `compgen -W "${values.join(' ')}" -- "$cur"`;
    return [`    ${namesOf(option).join('|')}) COMPREPLY=(${reply === '' ? '' : `$(${reply})`}); return ;;`];
  });
  const options = optionTable().flatMap(namesOf).join(' ');
  return `# pylint-leaks completion for bash: source it, or save it in ~/.local/share/bash-completion/completions/pylint-leaks
_pylint_leaks() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]}
  case $prev in
${cases.join('\n')}
    rule) [ "$COMP_CWORD" = 2 ] && COMPREPLY=($(compgen -W "${ruleIds.join(' ')}" -- "$cur")) && return ;;
    completion) [ "$COMP_CWORD" = 2 ] && COMPREPLY=($(compgen -W "${SHELLS.join(' ')}" -- "$cur")) && return ;;
  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "${options}" -- "$cur"))
  elif [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "${Object.keys(COMMANDS).join(' ')}" -- "$cur") $(compgen -f -- "$cur"))
  else
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
complete -o filenames -F _pylint_leaks pylint-leaks
`;
}

function zsh(ruleIds: readonly string[]): string {
  const specs = optionTable().map((option) => {
    const names = namesOf(option);
    const values = valuesOf(option.name, ruleIds);
    const action = values === undefined ? ' ' : values === 'file' ? '_files' : `(${values.join(' ')})`;
    const about = option.describe.replace(/[[\]\\:]/g, '\\$&').replaceAll("'", "'\\''");
    const spec = `[${about}]${option.takesValue ? `:${option.name}:${action}` : ''}`;
    return names.length === 1 ? `    '*${names[0] ?? ''}${spec}'` : `    '*'{${names.join(',')}}'${spec}'`;
  });
  const commands = Object.entries(COMMANDS).map(([name, about]) => `'${name}:${about}'`);
  return `#compdef pylint-leaks
# pylint-leaks completion for zsh: save it as _pylint-leaks in a directory of $fpath, or source it after compinit
_pylint_leaks_words() {
  if [[ $CURRENT -eq 2 ]]; then
    local -a commands=(${commands.join(' ')})
    _describe command commands
  elif [[ $CURRENT -eq 3 && $words[2] == rule ]]; then
    compadd ${ruleIds.join(' ')}
    return
  elif [[ $CURRENT -eq 3 && $words[2] == completion ]]; then
    compadd ${SHELLS.join(' ')}
    return
  fi
  _files
}
_pylint_leaks() {
  _arguments -s \\
${specs.map((spec) => `${spec} \\`).join('\n')}
    '*:path:_pylint_leaks_words'
}
if [ "$funcstack[1]" = "_pylint-leaks" ]; then _pylint_leaks "$@"; else compdef _pylint_leaks pylint-leaks; fi
`;
}

function fish(ruleIds: readonly string[]): string {
  const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
  const options = optionTable().map((option) => {
    const names = [option.name, ...option.aliases].map((name) => (name.length === 1 ? `-s ${name}` : `-l ${name}`));
    const values = valuesOf(option.name, ruleIds);
    const value = !option.takesValue
      ? ''
      : values === 'file'
        ? ' -r -F'
        : values === undefined
          ? ' -x'
          : ` -x -a ${quoted(values.join(' '))}`;
    return `complete -c pylint-leaks ${names.join(' ')}${value} -d ${quoted(option.describe)}`;
  });
  const commands = Object.entries(COMMANDS).map(
    ([name, about]) => `complete -c pylint-leaks -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`,
  );
  return `# pylint-leaks completion for fish: save it as ~/.config/fish/completions/pylint-leaks.fish
${[...options, ...commands].join('\n')}
complete -c pylint-leaks -n '__fish_seen_subcommand_from rule' -x -a ${quoted(ruleIds.join(' '))}
complete -c pylint-leaks -n '__fish_seen_subcommand_from completion' -x -a ${quoted(SHELLS.join(' '))}
`;
}
