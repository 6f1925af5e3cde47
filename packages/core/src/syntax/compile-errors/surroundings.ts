import { kindOf } from './token';

const CLASS = kindOf('class');
const DEF = kindOf('def');
const LOOPS: ReadonlySet<number> = new Set(['for', 'while'].map(kindOf));

/** A scope as far as statements care, with what has been seen in it. */
export interface Definition {
  readonly kind: 'module' | 'class' | 'function';
  readonly isAsync: boolean;
  /** Index of its `def` or `class` token. */
  readonly start: number;
  hasYield: boolean;
  returnsValue: boolean;
  /** Names that it declares global or nonlocal. */
  declared: Set<string> | undefined;
}

interface Frame {
  readonly definition: Definition;
  readonly isLoop: boolean;
}

/** The blocks around a statement, told from the tokens that start them. */
export class Surroundings {
  private readonly frames: Frame[] = [{ definition: define('module', false, 0), isLoop: false }];

  /** Goes into the block of a line that starts with this token; every indentation is a block. */
  enter(head: number, isAsync: boolean, start: number): void {
    if (head === DEF) this.frames.push({ definition: define('function', isAsync, start), isLoop: false });
    else if (head === CLASS) this.frames.push({ definition: define('class', false, start), isLoop: false });
    else this.frames.push({ definition: this.definition, isLoop: LOOPS.has(head) });
  }

  leave(): void {
    if (this.frames.length > 1) this.frames.pop();
  }

  /** The innermost scope. */
  get definition(): Definition {
    return (this.frames.at(-1) as Frame).definition;
  }

  get inAsync(): boolean {
    return this.definition.kind === 'function' && this.definition.isAsync;
  }

  get inLoop(): boolean {
    const { definition } = this;
    return this.frames.some((frame) => frame.isLoop && frame.definition === definition);
  }

  /** The functions around, outermost first, ending with the innermost. */
  get functions(): readonly Definition[] {
    return [...new Set(this.frames.map(({ definition }) => definition))].filter(({ kind }) => kind === 'function');
  }
}

function define(kind: Definition['kind'], isAsync: boolean, start: number): Definition {
  return { kind, isAsync, start, hasYield: false, returnsValue: false, declared: undefined };
}
