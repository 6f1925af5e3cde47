import {
  anyWord,
  DROPS_TRACEBACK,
  GIVES_EXCEPTION,
  GIVES_FRAME,
  visitSites,
  walkBlock,
  type ast,
  type Expression,
  type Report,
  type RuleContext,
  type Site,
} from '@pylint-leaks/core';
import { growthEvidence, shown } from '../growth-report';
import { isTestModule } from '../growth-when';

interface Stored {
  readonly messageId: 'stored-exception' | 'stored-frame';
  /** The attribute, element or container it is stored in. */
  readonly place: Expression;
  readonly span: ast.Statement['span'];
  readonly site: Site;
  /** Put into a container that is there already. */
  readonly isInside: boolean;
}

const GIVEN = anyWord([...GIVES_EXCEPTION, ...GIVES_FRAME].map((name) => name.replace(/^.*\./, '')));
const HANDLERS = /\bexcept\b[^:]*?\bas\s+([\w\u0080-\uffff]+)/g;

/** Whether a text has something that `reportStoredFrames` looks at: a call, or the name of an exception where it is stored. */
export function mayStoreFrames(text: string): boolean {
  if (GIVEN.test(text)) return true;
  const names = new Set(Array.from(text.matchAll(HANDLERS), ([, name = '']) => name));
  return [...names].some((name) => storing(name).test(text));
}

/** `x = e`, `x = 1, e`, `x.append((1, e))`, and the line of a longer tuple that is the name. */
function storing(name: string): RegExp {
  const put = String.raw`\b(?:append|put)\s*\(`;
  const before = String.raw`=\s*|${put}\s*\(*\s*|(?:=|${put}).*[,(]\s*|^\s*\(*\s*`;
  return new RegExp(String.raw`(?:${before})${name}\s*(?:[,)\][;#=\\]|$)`, 'm');
}

/** Reports exceptions with their tracebacks, and frames, that are put where they outlive their function. */
export function reportStoredFrames(
  context: RuleContext,
  report: (
    report: Report<{ readonly 'stored-exception': '{{resource}}'; readonly 'stored-frame': '{{resource}}' }>,
  ) => void,
): void {
  if (isTestModule(context)) return;
  const handlers = handlerRanges(context);
  const stored: Stored[] = [];
  const resets = new Set<string>();
  const aliased = new Set<string>();
  let drops = false;
  visitSites(context.tree.module, {
    statement: (statement, site) => {
      if (statement.kind === 'Delete') for (const target of statement.targets) resets.add(nameOf(target));
      if (statement.kind !== 'Assign') return;
      // `events = self.queue`: whoever has it by another name may take out what is in it.
      if (statement.value.kind === 'Attribute') aliased.add(nameOf(statement.value));
      const messageId = kindOf(statement.value, handlers, context);
      for (const target of statement.targets) {
        if (messageId !== undefined && outlives(target, site, context)) {
          stored.push({ messageId, place: target, span: statement.span, site, isInside: false });
        } else if (site.method?.name.id !== '__init__' && site.definition !== undefined) {
          for (const part of target.kind === 'Tuple' ? target.elements : [target]) resets.add(nameOf(part));
        }
      }
    },
    expression: (expression, _, __, site) => {
      if (expression.kind === 'Attribute' && DROPS_TRACEBACK.has(expression.attr)) drops = true;
      if (expression.kind !== 'Call' || expression.func.kind !== 'Attribute') return;
      const { attr, value } = expression.func;
      if (attr === 'clear' || attr === 'pop' || attr === 'popleft') resets.add(nameOf(value));
      if (attr !== 'append' && attr !== 'put') return;
      const messageId =
        expression.args[0] === undefined ? undefined : kindOf(expression.args[0].value, handlers, context);
      if (messageId !== undefined && outlives(value, site, context)) {
        stored.push({ messageId, place: value, span: expression.span, site, isInside: true });
      }
    },
  });
  if (drops) return;
  const reported = new Map<object, Set<string>>();
  for (const { messageId, place, span, site, isInside } of stored) {
    if (resets.has(nameOf(place)) || (isInside && aliased.has(nameOf(place)))) continue;
    // One place of a class is one finding, however many handlers write it.
    const owner = site.owner ?? context.model.module;
    if (reported.get(owner)?.has(nameOf(place)) === true) continue;
    reported.set(owner, new Set([...(reported.get(owner) ?? []), nameOf(place)]));
    const resource = shown(context, place.span);
    report({
      messageId,
      span,
      data: { resource, path: 'all', impact: 'low' },
      evidence: growthEvidence(context, site, resource),
    });
  }
}

interface HandlerRange {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Where `except … as name` binds a name. */
function handlerRanges({ tree }: RuleContext): readonly HandlerRange[] {
  const ranges: HandlerRange[] = [];
  walkBlock(tree.module.body, {
    statement: (statement) => {
      if (statement.kind !== 'Try') return undefined;
      for (const { name, body } of statement.handlers) {
        if (name !== undefined) ranges.push({ name: name.id, start: body.span.start, end: body.span.end });
      }
      return undefined;
    },
  });
  return ranges;
}

function kindOf(
  value: Expression,
  handlers: readonly HandlerRange[],
  { model }: RuleContext,
): Stored['messageId'] | undefined {
  switch (value.kind) {
    case 'Name':
      return handlers.some(
        ({ name, start, end }) => name === value.id && start <= value.span.start && value.span.end <= end,
      )
        ? 'stored-exception'
        : undefined;
    case 'Tuple':
      return value.elements
        .map((element) => kindOf(element, handlers, { model } as RuleContext))
        .find((kind) => kind !== undefined);
    case 'Subscript':
      // `sys.exc_info()[0]` is a class.
      if (value.index.kind === 'Number' && value.index.text === '0') return undefined;
      return kindOf(value.value, handlers, { model } as RuleContext);
    case 'Call': {
      const name = model.qualifiedName(value.func) ?? '';
      if (GIVES_EXCEPTION.has(name)) return 'stored-exception';
      return GIVES_FRAME.has(name) ? 'stored-frame' : undefined;
    }
    default:
      return undefined;
  }
}

/** An attribute, a container in one, or a variable of the module. */
function outlives(target: Expression, { definition }: Site, { model }: RuleContext): boolean {
  if (definition === undefined) return false;
  switch (target.kind) {
    case 'Attribute':
      return target.value.kind === 'Name' && isOuter(target.value, definition, model);
    case 'Subscript':
      return outlives(target.value, { definition } as Site, { model } as RuleContext);
    case 'Name':
      return model.lookup(target.id, model.enclosingScope(target))?.scope.node.kind === 'Module';
    default:
      return false;
  }
}

/** `self`, or a name from outside; an attribute of a local object goes with it. */
function isOuter(name: ast.Name, definition: NonNullable<Site['definition']>, model: RuleContext['model']): boolean {
  const found = model.lookup(name.id, model.enclosingScope(name));
  if (found === undefined) return false;
  if (found.scope.node !== definition) return true;
  return found.bindings.every((binding) => binding.kind === 'parameter' && binding.isFirst && name.id === 'self');
}

/** What a reset and a storing have in common: the last name. */
function nameOf(expression: Expression): string {
  if (expression.kind === 'Attribute') return expression.attr;
  if (expression.kind === 'Subscript') return nameOf(expression.value);
  return expression.kind === 'Name' ? expression.id : '';
}
