import {
  walkBlock,
  type ast,
  type Diagnostic,
  type Edit,
  type FixResult,
  type Lifetime,
  type LintResult,
} from '@pylint-leaks/core';
import { enclosingDefinition } from '../syntax/tree-index';
import { indentationAt } from '../text/lines';
import type { Acquisition } from './acquisition';
import { keptChecks, type Body } from './body';
import { moveObjections, nestingObjections } from './layout';
import { dropLeftReleases } from './left-releases';
import { check, decide, isRefused, unsafe } from './objections';
import { bodyEdits, headerEdits } from './with-edits';
import { contextText } from './with-header';

interface Site {
  readonly lint: LintResult;
  readonly lifetime: Lifetime;
  readonly acquisition: Acquisition;
  readonly body: Body;
}

/**
 * `d = TemporaryDirectory(); use(d.name); d.cleanup()` → `with TemporaryDirectory() as d: use(d)`. The `as` name is the name
 * of the directory, so every `d.name` becomes `d`. Undefined where something else is done with the object.
 */
export function bindDirectory(
  diagnostic: Diagnostic,
  { lint, lifetime, acquisition, body }: Site,
): FixResult | undefined {
  const { name, call, place, keepsStatement } = acquisition;
  const { statements, ending } = body;
  if (keepsStatement !== undefined || statements.length === 0 || (ending !== undefined && !ending.isPlain))
    return undefined;
  const paths = pathsIn(acquisition, body);
  const drops = dropLeftReleases(lint, lifetime, name, statements);
  if (paths === undefined || typeof drops === 'string' || lifetime.factory !== undefined) return undefined;
  const checks = [
    check('with-equals-release', ending === undefined ? [unsafe('its files go away earlier than today')] : []),
    check('layout-kept', [...moveObjections(lint, place), ...nestingObjections(place, statements)]),
    check('single-owner'),
    ...keptChecks(acquisition, body, lifetime, lint),
    check('release-dominated'),
    check('no-comment-moved'),
  ];
  if (isRefused(checks)) return undefined;
  const opening = { keyword: 'with', before: '', after: '', edits: [], checks: [] };
  const context = contextText(lint, call, opening, indentationAt(lint.file, acquisition.statement.span.start));
  const header = headerEdits(lint, acquisition, `with ${context} as ${name}:`);
  const edits = bodyEdits(lint, acquisition, body, { drops, flat: undefined });
  if (header === undefined || typeof edits === 'string') return undefined;
  const renames = paths.map(({ value, span }): Edit => ({ span: { start: value.span.end, end: span.end }, text: '' }));
  const title = 'Remove the directory with a with block';
  return decide(diagnostic.ruleId, { title, edits: [...header, ...edits, ...renames], checks });
}

/** Every `d.name`; undefined when the name is used in another way, or outside of the block. */
function pathsIn({ name, place }: Acquisition, { statements, ending }: Body): readonly ast.Attribute[] | undefined {
  const definition = enclosingDefinition(place);
  if (definition?.kind !== 'FunctionDefinition') return undefined;
  const paths: ast.Attribute[] = [];
  let mentions = 0;
  walkBlock(definition.body, {
    expression: (part) => {
      if (part.kind === 'Name' && part.id === name) mentions++;
      if (part.kind !== 'Attribute' || part.attr !== 'name') return undefined;
      const isPath = part.value.kind === 'Name' && part.value.id === name;
      const isInside = statements.some(({ span }) => span.start <= part.span.start && part.span.end <= span.end);
      if (isPath && isInside) paths.push(part);
      return undefined;
    },
  });
  const isParameter = definition.parameters.some((parameter) => parameter.name === name);
  // The others are the assignment and the release.
  const known = paths.length + 1 + (ending?.places.length ?? 0);
  return isParameter || mentions !== known ? undefined : paths;
}
