import type { Expression, Parameter, ParameterKind } from './ast';
import { lowerExpression } from './lower-expression';
import { childIn, namedChildren, spanOf, textOfNode, type Lowering } from './lowering';
import type { RawNode } from './raw-tree';

/** Parameters of a function or lambda, the bare `/` and `*` marks included. */
export function lowerParameters(list: RawNode | undefined, lowering: Lowering): Parameter[] {
  if (list === undefined) return [];
  let sawStar = false;
  return namedChildren(list).map((node): Parameter => {
    const parameter = lowerParameter(node, lowering, sawStar);
    if (parameter.kind === 'var-positional' || parameter.kind === 'keyword-only-mark') sawStar = true;
    return parameter;
  });
}

function lowerParameter(node: RawNode, lowering: Lowering, sawStar: boolean): Parameter {
  const make = (
    kind: ParameterKind,
    name: RawNode | undefined,
    annotation?: Expression,
    value?: Expression,
  ): Parameter => ({
    kind,
    span: spanOf(node),
    name: name === undefined ? '' : textOfNode(name, lowering),
    nameSpan: spanOf(name ?? node),
    annotation,
    default: value,
  });
  const plain: ParameterKind = sawStar ? 'keyword-only' : 'positional';
  const expressionIn = (field: string): Expression | undefined => {
    const child = childIn(node, field);
    return child === undefined ? undefined : lowerExpression(child, lowering);
  };
  switch (node.type) {
    case 'positional_separator':
      return make('positional-only-mark', undefined);
    case 'keyword_separator':
      return make('keyword-only-mark', undefined);
    case 'list_splat_pattern':
      return make('var-positional', namedChildren(node)[0]);
    case 'dictionary_splat_pattern':
      return make('var-keyword', namedChildren(node)[0]);
    case 'typed_parameter': {
      const inner = namedChildren(node).find((child) => child.field !== 'type');
      const annotation = expressionIn('type');
      if (inner?.type === 'list_splat_pattern') return make('var-positional', namedChildren(inner)[0], annotation);
      if (inner?.type === 'dictionary_splat_pattern') return make('var-keyword', namedChildren(inner)[0], annotation);
      return make(plain, inner, annotation);
    }
    case 'default_parameter':
    case 'typed_default_parameter':
      return make(plain, childIn(node, 'name'), expressionIn('type'), expressionIn('value'));
    default:
      return make(plain, node);
  }
}
