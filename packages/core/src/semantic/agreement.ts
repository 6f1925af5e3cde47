import type { Expression } from '../syntax/ast';
import type { Binding } from './model';

/** The literal `None`. */
export function isNone(expression: Expression): boolean {
  return expression.kind === 'Constant' && expression.value === 'None';
}

/** `x = None` beside an import or a real value says only that the name may be unset (optional imports). */
export function meaningful(bindings: readonly Binding[]): readonly Binding[] {
  const rest = bindings.filter(
    (binding) => binding.kind !== 'assignment' || binding.value === undefined || !isNone(binding.value),
  );
  return rest.length === 0 ? bindings : rest;
}

/** The common value, or undefined when one is unknown or two differ; several imports of one name count as the first. */
export function agreed(names: readonly (string | undefined)[]): string | undefined {
  const [first] = names;
  return first !== undefined &&
    names.every((name) => name === first || (name !== undefined && lastPart(name) === lastPart(first)))
    ? first
    : undefined;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** PEP 8: classes are in CapWords; for library names nothing else is known. */
export function isClassName(qualifiedName: string): boolean {
  return /^_*[A-Z]/.test(lastPart(qualifiedName));
}
