import { CliError } from './cli-error';
import { didYouMean } from './suggest';

/** Options as yargs hands them out, by name. */
export type Values = Readonly<Record<string, unknown>>;

/** Typed access to the options; one that is given twice counts as given last. */
export function readValues(values: Values) {
  const last = (name: string): unknown => {
    const value = values[name];
    return Array.isArray(value) ? value.at(-1) : value;
  };
  const text = (name: string): string | undefined => {
    const value = last(name);
    return typeof value === 'string' ? value : undefined;
  };
  return {
    flag: (name: string): boolean => last(name) === true,
    text,
    /** Every value of a repeatable option. */
    texts: (name: string): readonly string[] => (values[name] === undefined ? [] : strings(values[name])),
    /** Comma-separated, and repeatable. */
    list: (name: string): readonly string[] | undefined => {
      const value = values[name];
      if (value === undefined) return undefined;
      return strings(value).flatMap((item) =>
        item
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      );
    },
  };
}

/**
 * The choice that a value names.
 * @throws CliError when it names none.
 */
export function oneOf<Choice extends string>(option: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw new CliError(
    `--${option} must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}, not "${value}"${didYouMean(value, choices)}`,
  );
}

/** The texts among the values of an option. */
export function strings(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}
