/**
 * What the tables say about a resource. Rows are plain data: a user's configuration adds rows of the same types.
 */

/** The kind of thing that is held; each rule covers one or more families. */
export type Family =
  | 'async'
  | 'database'
  | 'executor'
  | 'file'
  | 'http'
  | 'lock'
  | 'other'
  | 'process'
  | 'socket'
  | 'sqlite'
  | 'task'
  | 'temp'
  | 'thread';

/**
 * What `with <acquisition>` does on exit.
 * - `closes`: exactly the release.
 * - `closes-and-more`: the release and something else observable (waits, commits, sends QUIT).
 * - `transaction`: ends a transaction and does NOT release.
 * - `binds-other`: releases, but `as` binds another object than the acquisition returns.
 * - `none`: no context manager.
 * - `async`: only `async with` releases.
 */
export type WithBehaviour = 'closes' | 'closes-and-more' | 'transaction' | 'binds-other' | 'none' | 'async';

/** What leaving a `with` block does when that is not just the first of the releases. */
export interface ExitBehaviour {
  /** Ends the sentence "leaving the block also …". */
  readonly also: string;
  /** Releases by hand that do just the same: method names with their arguments as people write them, `; ` between. */
  readonly equals: readonly string[];
  /** Releases by hand that leave nothing to do, so that they may stay in the block. */
  readonly idleAfter?: readonly string[];
  /** Releases by hand that do nearly the same; `also` says what is different. */
  readonly nearly?: readonly string[];
  /** `contextlib.closing` leaves out what is done besides, or `finally` where the release is awaited. */
  readonly avoidedBy?: 'closing';
  /** All this only happens to what is opened for writing; the index of the mode among the arguments. */
  readonly onlyWhenWriting?: number;
}

/** What CPython does with a dropped reference. */
export type Reclaim = 'refcount' | 'cycle' | 'never';

/** Arguments with which the call owns nothing: `open(fd, closefd=False)`, `tarfile.open(fileobj=stream)`. */
export interface UnownedWhen {
  readonly keyword: string;
  /** Index when it is passed by position. */
  readonly position?: number;
  /** The literal it must be; without it any argument but `None` counts. */
  readonly value?: 'False' | 'True';
  /** A text that is written down is a path, and no object of somebody else. */
  readonly unlessText?: true;
  /** The argument must be an instance of one of these; without it any will do. */
  readonly types?: readonly string[];
}

/** Another behaviour in older versions of the package that a row is about. */
export interface OlderVersion {
  /** Name of the package on PyPI. */
  readonly package: string;
  /** First version in which it is as the row says: `1.0`. */
  readonly below: string;
  readonly with: WithBehaviour;
  /** `as` bound another object (a cursor). */
  readonly bindsOther?: true;
}

/** One constructor or function whose result must be released. */
export interface AcquireRow {
  /** Qualified name as resolved: `sqlite3.connect`, `builtins.open`, `pathlib.Path.open`. */
  readonly acquire: string;
  readonly family: Family;
  /** Methods of the resource that release it; the first is the canonical one. */
  readonly release: readonly string[];
  readonly with: WithBehaviour;
  readonly reclaim: Reclaim;
  /** Name of the type of the result, for method calls on it and for messages: `sqlite3.Connection`. */
  readonly type: string;
  /** What `with` does, where `closes-and-more` or `async` does not say enough. */
  readonly exit?: ExitBehaviour;
  /** It works, or is of use, while it is open, even where nothing mentions it: a server, a directory. */
  readonly works?: true;
  /** Whether the first release is a coroutine function, where that is not so just if there is an `async with`. */
  readonly awaitsRelease?: boolean;
  /** `async with` takes what `await` gives; without it the call itself is what `async with` takes. */
  readonly entered?: 'result';
  /** Methods that belong to the end of its use beside the releases: they stop it, or wait until it has ended. */
  readonly ending?: readonly string[];
  /** Releases and endings that wait for something that runs on, unless one of `ending` has stopped it before. */
  readonly waits?: readonly string[];
  /** Releases that may raise after a failure, so that the first exception would be lost: they talk to others, or find it in use. */
  readonly mayFail?: { readonly releases: readonly string[]; readonly when: 'always' | 'handed-on' };
  /** Another function of the module, with the same arguments, whose result a `with` block takes and removes: `mkdtemp`. */
  readonly blockCall?: string;
  /** The release by a function of a module: `os.close(fd)`. */
  readonly releasedBy?: string;
  /** The result is a tuple, and these elements of it are the resources: `os.pipe()`, `socket.accept()[0]`. */
  readonly elements?: readonly number[];
  /** The receiver is the resource: `lock.acquire()`. */
  readonly of?: 'receiver';
  /** The obligation is to keep the result, not to end it: a task nobody refers to is collected while it runs. */
  readonly obligation?: 'keep';
  /** Made to live as long as the program: only a site in a loop is reported. */
  readonly lifetime?: 'program';
  /** Methods that read it to its end, which closes it: a picture of Pillow has its file only until it is loaded. */
  readonly finishedBy?: readonly string[];
  /** Methods that give it back, so that calls can be chained. */
  readonly returnsItself?: readonly string[];
  /** Methods that open it: the constructor only takes down where to, and nothing is open before one of them is called. */
  readonly openedBy?: readonly string[];
  /** It closes itself when an iteration over it comes to its end. */
  readonly endsWithIteration?: true;
  /** Dropped after a call of one of these in the same function, it takes the place of what they closed: a standard stream. */
  readonly replacesAfter?: readonly string[];
  /** Whatever is passed here ends it: the server whose method the thread of a factory runs. */
  readonly endedThrough?: UnownedWhen;
  /** Another element of the result keeps it and ends it: the protocol of a transport. */
  readonly keptByElement?: number;
  /** Where the row comes from, when it is not one of the built-in tables. */
  readonly source?: 'configuration' | 'project-class';
  /** What an instance of a class of the project opens and keeps, for messages. */
  readonly owns?: string;
  /** No ResourceWarning ever tells of a leak of it. */
  readonly silent?: true;
  /** A method of the result that acquires (`start` of a thread); without it the call itself acquires. */
  readonly acquiredBy?: string;
  readonly unless?: readonly UnownedWhen[];
  /** The oldest first. */
  readonly older?: readonly OlderVersion[];
  /** `as` of its `with` binds another object than the acquisition returns, though that is released (or not) as `with` says. */
  readonly bindsOther?: true;
  /** Reading from a file object that is passed in: closing closes nothing of it (`zipfile.ZipFile(stream)`). */
  readonly readsGivenFile?: { readonly file: number; readonly mode: number };
}

/** Which argument of a call a row speaks of; `any` is every positional and keyword argument. */
export type ArgumentSelector = number | 'any' | 'receiver';

/**
 * What a call does with a resource that is passed to it.
 * - `owns`: takes the obligation over. `borrows`: uses it only. `releases`: ends it.
 * - `enters`: does what `with` does, at the end of an exit stack.
 * - `aliases`: the result is a second handle; releasing either releases both.
 *
 * `call` is a qualified name, or `*.name` for a method of that name on any receiver that is not better known.
 */
export interface EffectRow {
  readonly call: string;
  readonly argument: ArgumentSelector;
  readonly effect: 'owns' | 'borrows' | 'releases' | 'enters' | 'aliases';
}
