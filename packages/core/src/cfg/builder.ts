import type { Block } from '../syntax/ast';
import type { Frame, HandlersFrame, Leaving } from './frames';
import type { BasicBlock, BlockId, CallFacts, Cfg, Edge, Step } from './graph';

/** A region whose `finally` copies explode is given up: the analysis then says nothing about it. */
export const MAX_BLOCKS = 20_000;

/** Thrown inside the builder only, and turned into "no graph". */
export class TooLarge extends Error {}

/** Clean-up code being built, and the number of frames around it. */
interface CleanUp {
  readonly kind: 'finally' | 'handler';
  readonly since: number;
}

/** The growing graph: the block being filled, the frames around it, and the ways out. */
export class GraphBuilder {
  readonly blocks: BasicBlock[] = [];
  readonly normalExit: BlockId;
  readonly exceptionalExit: BlockId;
  /** Undefined after a jump: what follows is unreachable. */
  current: BlockId | undefined;
  frames: readonly Frame[] = [];
  private cleaning: CleanUp | undefined;
  /** Blocks that some edge leads to. */
  readonly entered = new Set<BlockId>();

  constructor(
    readonly facts: CallFacts,
    private readonly buildSuite: (suite: Block, builder: GraphBuilder) => void,
  ) {
    this.current = this.newBlock();
    this.normalExit = this.newBlock();
    this.exceptionalExit = this.newBlock();
  }

  finish(): Cfg {
    if (this.current !== undefined) this.connect(this.current, { kind: 'normal', to: this.normalExit });
    return { blocks: this.blocks, entry: 0, normalExit: this.normalExit, exceptionalExit: this.exceptionalExit };
  }

  newBlock(): BlockId {
    if (this.blocks.length >= MAX_BLOCKS) throw new TooLarge();
    const id = this.blocks.length;
    this.blocks.push({ id, steps: [], edges: [] });
    return id;
  }

  connect(from: BlockId, edge: Edge): void {
    this.blocks[from]?.edges.push(edge);
    this.entered.add(edge.to);
  }

  /** Continues in `to`, from wherever control is. */
  flowTo(to: BlockId): void {
    if (this.current !== undefined) this.connect(this.current, { kind: 'normal', to });
    this.current = to;
  }

  /** Adds a step that cannot raise. */
  add(step: Step): void {
    if (this.current !== undefined) this.blocks[this.current]?.steps.push(step);
  }

  /**
   * Adds a step that may raise: it ends the block, with an edge to wherever an exception goes from here. In a `finally`
   * suite only what a handler in it catches is followed: that one clean-up step fails before the next is nothing a program
   * can be written against. In an exception handler the edge is marked, because the same holds for what was open before.
   */
  addRaising(step: Step): void {
    if (this.current === undefined) return;
    this.add(step);
    const cleaning = this.cleaning;
    const isCaught = this.frames.slice(cleaning?.since ?? 0).some((frame) => frame.kind === 'handlers');
    if (cleaning?.kind === 'finally' && !isCaught) return;
    const to = this.wayOut('exception');
    const isSecond = cleaning?.kind === 'handler' && !isCaught;
    this.connect(
      this.current,
      isSecond ? { kind: 'exceptional', to, whileHandling: true } : { kind: 'exceptional', to },
    );
    this.flowTo(this.newBlock());
  }

  /**
   * Adds a call that is taken never to raise. Directly inside a `try` with handlers it still ends its block, because the
   * handlers are about this call when nothing else in the `try` can raise (see `connectQuiet`).
   */
  addQuiet(step: Step): void {
    this.add(step);
    const frame = this.frames[this.frames.length - 1];
    if (this.current === undefined || frame?.kind !== 'handlers') return;
    frame.quiet.push(this.current);
    this.flowTo(this.newBlock());
  }

  /** Lets the quiet calls of a `try` raise when nothing else in it does: whoever writes a handler expects an exception. */
  connectQuiet(frame: HandlersFrame): void {
    if (this.entered.has(frame.dispatch)) return;
    for (const block of frame.quiet) this.connect(block, { kind: 'exceptional', to: frame.dispatch });
  }

  /** Leaves the region or loop, through every frame in between; nothing follows. */
  jump(leaving: Leaving): void {
    if (this.current === undefined) return;
    const kind = leaving === 'exception' ? 'exceptional' : 'normal';
    this.connect(this.current, { kind, to: this.wayOut(leaving) });
    this.current = undefined;
  }

  /** An exception that is already on its way goes on: after a `finally`, or past handlers that do not match. */
  reraise(): void {
    if (this.current === undefined) return;
    this.connect(this.current, { kind: 'normal', to: this.wayOut('exception') });
    this.current = undefined;
  }

  /** Builds clean-up code: the suite of a `finally` or of an exception handler. */
  cleaningUp(kind: CleanUp['kind'], build: () => void): void {
    const outer = this.cleaning;
    // A handler inside a `finally` suite is part of the clean-up that the suite is.
    this.cleaning = { kind: outer?.kind === 'finally' ? 'finally' : kind, since: this.frames.length };
    build();
    this.cleaning = outer;
  }

  /** Runs `build` with one more frame around it. */
  within(frame: Frame, build: () => void): void {
    const outer = this.frames;
    this.frames = [...outer, frame];
    build();
    this.frames = outer;
  }

  /** The block where control goes when it leaves from the current frames; copies of `finally` are made once per way. */
  private wayOut(leaving: Leaving, depth = this.frames.length): BlockId {
    const frame = this.frames[depth - 1];
    if (frame === undefined) return leaving === 'exception' ? this.exceptionalExit : this.normalExit;
    switch (frame.kind) {
      case 'handlers':
        return leaving === 'exception' ? frame.dispatch : this.wayOut(leaving, depth - 1);
      case 'loop':
        if (leaving === 'break') return frame.breakTo;
        if (leaving === 'continue') return frame.continueTo;
        return this.wayOut(leaving, depth - 1);
      case 'with':
      case 'finally': {
        const known = frame.exits.get(leaving);
        if (known !== undefined) return known;
        const start = this.newBlock();
        frame.exits.set(leaving, start);
        this.copyExit(frame, start, leaving, depth);
        return start;
      }
    }
  }

  private copyExit(
    frame: Extract<Frame, { kind: 'with' | 'finally' }>,
    start: BlockId,
    leaving: Leaving,
    depth: number,
  ): void {
    const saved = { current: this.current, frames: this.frames };
    this.current = start;
    this.frames = this.frames.slice(0, depth - 1);
    if (frame.kind === 'with') {
      this.add({ kind: 'exit', item: frame.item });
      if (leaving === 'exception' && frame.swallowTo !== undefined) {
        this.connect(start, { kind: 'normal', to: frame.swallowTo });
        if (frame.swallowsAll) this.current = undefined;
      }
    } else {
      this.cleaningUp('finally', () => {
        this.buildSuite(frame.suite, this);
      });
    }
    if (leaving === 'exception') this.reraise();
    else this.jump(leaving);
    this.current = saved.current;
    this.frames = saved.frames;
  }
}
