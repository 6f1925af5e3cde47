import { analyzeLifetimes } from '../../src/lifetimes/analyze';
import type { Lifetime } from '../../src/lifetimes/lifetime';
import { createCatalogue } from '../../src/resources/catalogue';
import { bind } from '../../src/semantic/bind';
import type { Parser } from '../../src/syntax/parser';
import { createSourceFile, positionAt, type SourceFile } from '../../src/text/source-file';

/** The lifetimes of a snippet, with the file they speak of. */
export function lifetimesOf(
  parser: Parser,
  code: string,
): { readonly file: SourceFile; readonly lifetimes: readonly Lifetime[] } {
  const file = createSourceFile('case.py', code);
  const catalogue = createCatalogue({ ownerCalls: [] });
  const lifetimes = analyzeLifetimes(file, bind(parser.parse(code).module, catalogue.types), catalogue);
  return { file, lifetimes };
}

/** The steps of a path as `line: message`. */
export function pathOf(file: SourceFile, { path }: Lifetime): readonly string[] {
  return path.map(({ span, message }) => `${String(positionAt(file, span.start).line)}: ${message}`);
}
