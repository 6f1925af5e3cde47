/**
 * What one file tells the others about its functions and classes. Plain data: a worker can send it and a cache keep it.
 */
import type { AcquireRow } from '../resources/model';

/** What a call does with a resource that is passed for a parameter. */
export interface ParameterFacts {
  readonly name: string;
  readonly kind: 'positional' | 'keyword' | 'other';
  /** Release methods that it calls on every ordinary way through (`close`), whatever the resource is. */
  readonly releases: readonly string[];
  /** It enters the parameter with `with`: releases whatever a `with` releases. */
  readonly enters: boolean;
  /** What it does with a resource that it does not release. */
  readonly otherwise: 'stores' | 'borrows' | 'returns';
}

/** A function that another file passes a resource to. */
export interface FunctionFacts {
  /** Without the instance or class that a method is bound to. */
  readonly parameters: readonly ParameterFacts[];
}

/** A class, as its subclasses and users in other files need to know it. */
export interface ClassFacts {
  /** Qualified names of its bases, as this file would write them; null for a base that is not known. */
  readonly bases: readonly (string | null)[];
  /** What constructing it acquires; absent when that is nothing. */
  readonly row?: AcquireRow;
}

/** Attributes of a class that some method of it, other than `__del__`, releases. */
export interface AttributeFacts {
  /** Release methods by attribute; a method name stands for a resource that has it as a release. */
  readonly released: Readonly<Record<string, readonly string[]>>;
}

/** What other files want to know about a file. */
export interface Asked {
  /** Definitions that the summary must speak of: what they acquire. Sorted. */
  readonly names: readonly string[];
  /** Those whose parameters or attributes matter, too; finding these out costs a search for each. Sorted. */
  readonly detailed: readonly string[];
}

/** For a file that nobody has a question about. */
export const NOTHING_ASKED: Asked = { names: [], detailed: [] };

/** Everything other files may ask about a file. Keys are names as defined there: `connect`, `Store.open`. */
export interface ModuleSummary {
  /** Path of the file with `/`, absolute or relative to one root for the whole project. */
  readonly path: string;
  /** The definitions that the summary speaks of: all, or those that were asked about. */
  readonly covers: 'all' | readonly string[];
  /** What the names that the module imports stand for, as written: `.db.connect`. */
  readonly imports: Readonly<Record<string, string>>;
  /** Modules of `from m import *`, as written. */
  readonly stars: readonly string[];
  /** Functions and methods whose caller must release what they return. */
  readonly factories: Readonly<Record<string, AcquireRow>>;
  readonly classes: Readonly<Record<string, ClassFacts>>;
  /** Answers about functions that were asked about. */
  readonly functions: Readonly<Record<string, FunctionFacts>>;
  /** Answers about classes that were asked about. */
  readonly attributes: Readonly<Record<string, AttributeFacts>>;
}

/** The word by which other files import the module of a path: of `a/db.py` and of `db/__init__.py` it is `db`. */
export function moduleWord(path: string): string {
  const [, word = ''] = /([^/]*?)(?:\/__init__)?\.pyi?$/.exec(path) ?? [];
  return word;
}

/** A property that the object itself has; names such as `constructor` come from users' code. */
export function ownValue<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
