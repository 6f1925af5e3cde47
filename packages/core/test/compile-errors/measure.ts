import { createSourceFile, positionAt, type Parser } from '@pylint-leaks/core';
import { findSyntaxProblems } from '../../src/syntax/compile-errors/find-syntax-problems';
import type { Refusal } from './ask-cpython';

/** How our answers compare with CPython's. */
export interface Agreement {
  refused: number;
  accepted: number;
  /** Refused by CPython, nothing reported here. */
  missed: { source: string; refusal: Refusal }[];
  /** Accepted by CPython, reported here. */
  falseAlarms: { source: string; line: number; detail: string }[];
  /** The first problem, or any, is on CPython's line. */
  sameFirstLine: number;
  sameLine: number;
  /** The first problem is on another line. */
  elsewhere: { source: string; refusal: Refusal; line: number; detail: string }[];
  /** Most problems reported for one source. */
  most: number;
}

/** Compares what we report for each source with what CPython said. */
export function measure(
  parser: Parser,
  sources: readonly string[],
  answers: readonly (Refusal | undefined)[],
): Agreement {
  const result: Agreement = {
    refused: 0,
    accepted: 0,
    missed: [],
    falseAlarms: [],
    sameFirstLine: 0,
    sameLine: 0,
    elsewhere: [],
    most: 0,
  };
  sources.forEach((source, index) => {
    const problems = findSyntaxProblems(source, parser.parse(source), [3, 9]);
    const file = createSourceFile('source', source);
    const lines = problems.map((problem) => positionAt(file, problem.span.start).line);
    const refusal = answers[index];
    const [line = 0] = lines;
    const detail = problems[0]?.detail ?? '';
    result.most = Math.max(result.most, problems.length);
    if (refusal === undefined) {
      result.accepted++;
      if (problems.length > 0) result.falseAlarms.push({ source, line, detail });
      return;
    }
    result.refused++;
    if (problems.length === 0) result.missed.push({ source, refusal });
    else if (line === refusal.line) result.sameFirstLine++;
    else result.elsewhere.push({ source, refusal, line, detail });
    if (lines.includes(refusal.line)) result.sameLine++;
  });
  return result;
}
