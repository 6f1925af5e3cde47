import type { Span } from '../text/span';
import type { Block } from './ast';
import type { RawNode } from './raw-tree';

/** What lowering needs besides the node at hand. */
export interface Lowering {
  readonly text: string;
}

export function spanOf(node: RawNode): Span {
  return { start: node.start, end: node.end };
}

/**
 * The span of a compound statement. The parser counts the comments after the last statement in; a statement ends where
 * its last block does, as in CPython.
 *
 * @param blocks - the statement's blocks in source order; the last one there is counts.
 */
export function spanToLast(node: RawNode, ...blocks: readonly (Block | undefined)[]): Span {
  const last = blocks.findLast((block) => block !== undefined);
  return { start: node.start, end: last?.span.end ?? node.end };
}

/** Comments and continuations may stand between any two children; error nodes carry no structure. */
const EXTRAS = new Set(['comment', 'line_continuation', 'ERROR']);

/** Named children that mean something. */
export function namedChildren(node: RawNode): RawNode[] {
  return node.children.filter((child) => child.isNamed && !EXTRAS.has(child.type));
}

/** The child in a field; extras never carry one. */
export function childIn(node: RawNode, field: string): RawNode | undefined {
  return node.children.find((child) => child.field === field && !EXTRAS.has(child.type));
}

export function childrenIn(node: RawNode, field: string): RawNode[] {
  return node.children.filter((child) => child.field === field && !EXTRAS.has(child.type));
}

/** True when the node has an anonymous token of this type among its children. */
export function hasToken(node: RawNode, token: string): boolean {
  return node.children.some((child) => !child.isNamed && child.type === token);
}

export function textOfNode(node: RawNode, lowering: Lowering): string {
  return lowering.text.slice(node.start, node.end);
}

/** A name as Python compares it: in normal form NFKC (Python reference, "Identifiers and keywords"). */
export function identifierOf(node: RawNode, lowering: Lowering): string {
  const text = textOfNode(node, lowering);
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return text.normalize('NFKC');
  return text;
}

/** Thrown for a node type the grammar does not document: our own bug, caught by the conformance tests. */
export function unexpected(node: RawNode, where: string): never {
  throw new Error(`cannot lower ${node.type} as ${where} at offset ${String(node.start)}`);
}
