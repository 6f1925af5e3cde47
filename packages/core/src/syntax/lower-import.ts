import type { ImportedName, Statement } from './ast';
import { childIn, childrenIn, namedChildren, spanOf, textOfNode, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/** The three import statements of the grammar; names are as written, without white space. */
export function lowerImport(node: RawNode, lowering: Lowering): Statement {
  const span = spanOf(node);
  const names = childrenIn(node, 'name').map((child) => lowerImportedName(child, lowering));
  if (node.type === 'import_statement') return { kind: 'Import', span, names };
  if (node.type === 'future_import_statement') {
    return { kind: 'ImportFrom', span, module: '__future__', level: 0, names, isStar: false };
  }
  const source = childIn(node, 'module_name');
  const isRelative = source?.type === 'relative_import';
  const dotted = isRelative ? namedChildren(source).find((child) => child.type === 'dotted_name') : source;
  const prefix = isRelative ? source.children.find((child) => child.type === 'import_prefix') : undefined;
  return {
    kind: 'ImportFrom',
    span,
    module: dotted === undefined ? '' : dottedText(dotted, lowering),
    level: prefix === undefined ? 0 : [...textOfNode(prefix, lowering)].filter((c) => c === '.').length,
    names,
    isStar: node.children.some((child) => child.type === 'wildcard_import'),
  };
}

function dottedText(node: RawNode, lowering: Lowering): string {
  return textOfNode(node, lowering).replace(/\s|\\/g, '');
}

function lowerImportedName(node: RawNode, lowering: Lowering): ImportedName {
  const span = spanOf(node);
  if (node.type !== 'aliased_import') return { span, name: dottedText(node, lowering), alias: undefined };
  const name = childIn(node, 'name');
  const alias = childIn(node, 'alias');
  return {
    span,
    name: name === undefined ? '' : dottedText(name, lowering),
    alias: alias === undefined ? undefined : textOfNode(alias, lowering),
  };
}
