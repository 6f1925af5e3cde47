/** A half-open range `[start, end)` of UTF-16 offsets into one text (the unit of tree-sitter and magic-string). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** True when `inner` lies within `outer` (equal ends count). */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True when the two ranges share at least one character, or one of them is an insertion point inside the other. */
export function overlaps(a: Span, b: Span): boolean {
  if (a.start === a.end || b.start === b.end) return a.start < b.end && b.start < a.end;
  return a.start < b.end && b.start < a.end;
}
