import type { ast, Diagnostic, FixResult, Lifetime, LintResult, Span } from '@pylint-leaks/core';
import { containsExpression, leavesEarly } from '../syntax/statement-facts';
import { enclosingPlaces } from '../syntax/tree-index';
import { indentationAt } from '../text/lines';
import { absorbFinally, type Absorbed } from './absorb-finally';
import { findAcquisition, type Acquisition } from './acquisition';
import { bindDirectory } from './bind-directory';
import { findBody, keptChecks, lastOf, type Body } from './body';
import { connectionObjections, ownClassObjections } from './connection-arguments';
import { factoryObjections } from './factory';
import { finallyEdits } from './finally-edits';
import { chooseForm, inFinally, type Form } from './form';
import { moveObjections, nestingObjections } from './layout';
import { dropLeftReleases, isRepeatable, tornPair } from './left-releases';
import { check, decide, isRefused, refused, refuse, unsafe, type Check, type Objection } from './objections';
import { pairObjections } from './pair-ends';
import { isReleaseOf } from './release-statement';
import { closeUnused } from './unused';
import { bodyEdits, headerEdits } from './with-edits';
import { contextText, openingFor } from './with-header';

/**
 * `x = acquire(); …; x.close()` and `x = acquire(); …` → `with acquire() as x:` or `try: … finally: …` around everything
 * up to the release, or up to the last statement that uses `x` or something that needs it. What `chooseForm` picks does
 * on leaving what the release by hand does. A connection goes into `closing`, which adds no commit: what is not committed
 * is lost today as well, when the connection is collected.
 */
export function scopeAcquisition(diagnostic: Diagnostic, lifetime: Lifetime, lint: LintResult): FixResult {
  const acquisition = findAcquisition(lifetime, lint);
  if (typeof acquisition === 'string') return refused(acquisition);
  const body = findBody(acquisition, lifetime, lint);
  const { row } = lifetime;
  const { name, call, place, statement } = acquisition;
  if (row.with === 'binds-other') {
    const bound = bindDirectory(diagnostic, { lint, lifetime, acquisition, body });
    if (bound !== undefined) return bound;
  }
  const { form, objections } = chooseForm(lint, lifetime, acquisition, body.ending);
  const checks: Check[] = [
    check('with-equals-release', [
      ...objections,
      ...otherWaysObjections(lifetime, acquisition, body),
      ...failureObjections(lifetime, acquisition, body),
    ]),
    check('release-dominated', pairObjections(lint, lifetime, acquisition, body)),
    ...placeChecks(acquisition, body, lifetime, lint),
  ];
  if (isRefused(checks)) return decide(diagnostic.ruleId, { title: '', edits: [], checks });
  if (body.statements.length === 0 && body.ending?.isKept !== true) {
    if (body.ending !== undefined) return refused('nothing happens between it and its release');
    if (statement.kind !== 'Assign' || acquisition.isAwaited) return refused('nothing uses it');
    const unused = closeUnused(lint, lifetime, statement, call);
    const title = 'Close it at once: nothing uses it';
    return decide(diagnostic.ruleId, { title, edits: unused.edits, checks: [...checks, ...unused.checks] });
  }
  const last = lastOf(acquisition, body, lint);
  const again = body.ending && last.block.statements[last.index + 1];
  if (again !== undefined && isReleaseOf(again, name, row.release)) return refused('it is released twice');
  const torn = tornPair(place, body.statements, name, row.release);
  if (torn !== undefined) return refused(torn);
  return write(diagnostic, { lint, lifetime, acquisition, body, form, checks });
}

/** What speaks against a block around the body, whatever its form. */
function placeChecks(acquisition: Acquisition, body: Body, lifetime: Lifetime, lint: LintResult): Check[] {
  const { name, call, place, companions } = acquisition;
  const scope = lint.model.enclosingScope(call);
  const shared = [name, ...companions].find((each) => scope.globals.has(each) || scope.nonlocals.has(each));
  return [
    check('layout-kept', moveObjections(lint, place)),
    check('single-owner', shared === undefined ? [] : [refuse(`${shared} is global or nonlocal`)]),
    ...keptChecks(acquisition, body, lifetime, lint),
    check('layout-kept', nestingObjections(place, body.statements)),
    check('known-resource', resourceObjections(acquisition, body, lifetime, lint)),
  ];
}

function resourceObjections(
  { call, name }: Acquisition,
  { statements }: Body,
  lifetime: Lifetime,
  lint: LintResult,
): Objection[] {
  const objections = ownClassObjections(lint, lifetime);
  if (lifetime.factory !== undefined) return [...objections, ...factoryObjections(lint, call, name, statements)];
  return lifetime.row.family === 'sqlite' ? [...objections, ...connectionObjections(call)] : objections;
}

/** What leaving the block does on other ways than the one that releases it by hand today. */
function otherWaysObjections({ row }: Lifetime, { place }: Acquisition, { ending, statements }: Body): Objection[] {
  if (row.exit === undefined || ending === undefined) return [];
  // An archive that is left early is not finished today.
  const isUnfinished = row.exit.onlyWhenWriting !== undefined && leavesEarly(statements);
  // Work that is submitted may wait for what a handler or `finally` around it does.
  const isAwaited =
    row.family === 'executor' && enclosingPlaces(place).some(({ statement }) => statement.kind === 'Try');
  return isUnfinished || isAwaited ? [unsafe(`on the way out the block ${row.exit.also}`)] : [];
}

/** A release that raises would take the place of the exception that passes. */
function failureObjections({ row }: Lifetime, { name }: Acquisition, { ending, statements }: Body): Objection[] {
  if (row.mayFail === undefined) return [];
  const { releases, when } = row.mayFail;
  const isMeant = ending === undefined || releases.some((release) => ending.calls.includes(`${release}(`));
  const isHandedOn = containsExpression(
    statements,
    (part) => part.kind === 'Call' && part.args.some(({ value }) => value.kind === 'Name' && value.id === name),
  );
  const may = isMeant && (when === 'always' || isHandedOn);
  return may ? [unsafe('its release may raise too, and hide the exception that passes')] : [];
}

interface Work {
  readonly lint: LintResult;
  readonly lifetime: Lifetime;
  readonly acquisition: Acquisition;
  readonly body: Body;
  readonly form: Form;
  readonly checks: readonly Check[];
}

function write(diagnostic: Diagnostic, work: Work): FixResult {
  const { lint, lifetime, acquisition, body } = work;
  const { name } = acquisition;
  const drops = dropLeftReleases(lint, lifetime, name, body.statements, body.ending?.calls);
  if (typeof drops !== 'string') return writeForm(diagnostic, work, { drops, flat: undefined });
  if (body.ending !== undefined) return refused(drops);
  const absorbed = absorbFinally(lint, lifetime, name, body.statements);
  if (absorbed !== undefined) return writeForm(diagnostic, work, absorbed);
  // Closing it twice does nothing, so the releases may stay where they are inside of a try.
  const last = body.statements[body.statements.length - 1];
  const isInFinally = last?.kind === 'Try' && lifetime.releases.some(({ span }) => within(span, last.finalbody?.span));
  if (!isRepeatable(lifetime.row) || isInFinally) return refused(drops);
  const { form, objections } = inFinally(lint, lifetime, acquisition, undefined);
  const checks = [...work.checks, check('with-equals-release', objections)];
  return form.kind === 'finally' ? writeForm(diagnostic, { ...work, form, checks }, KEEP_ALL) : refused(drops);
}

const KEEP_ALL: Absorbed = { drops: [], flat: undefined };

function within(span: Span, outer: Span | undefined): boolean {
  return outer !== undefined && span.start >= outer.start && span.end <= outer.end;
}

function writeForm(diagnostic: Diagnostic, work: Work, absorbed: Absorbed): FixResult {
  const { form } = work;
  return form.kind === 'finally'
    ? writeFinally(diagnostic, work, form.release, absorbed)
    : writeWith(diagnostic, work, form, absorbed);
}

function writeFinally(
  diagnostic: Diagnostic,
  { lint, acquisition, body, checks }: Work,
  release: string | undefined,
  absorbed: Absorbed,
): FixResult {
  const edits = finallyEdits(lint, acquisition, body, release, absorbed);
  if (typeof edits === 'string') return refused(edits);
  const title = release === undefined ? 'Move the release into a finally block' : 'Release it in a finally block';
  return decide(diagnostic.ruleId, { title, edits, checks: [...checks, ...WRITTEN] });
}

const WRITTEN = [check('release-dominated'), check('no-comment-moved')];

function writeWith(
  diagnostic: Diagnostic,
  { lint, lifetime, acquisition, body, checks: before }: Work,
  form: Exclude<Form, { kind: 'finally' }>,
  absorbed: Absorbed,
): FixResult {
  const { call, name, statement } = acquisition;
  const scope = lint.model.enclosingScope(call);
  const opening = openingFor(lint, scope, statement.span.start, form, keepsAwait(lifetime, acquisition));
  const checks = [...before, ...opening.checks];
  if (isRefused(checks)) return decide(diagnostic.ruleId, { title: '', edits: [], checks });
  const keepsEnding = form.kind === 'with' && form.keepsEnding;
  const inner = keepsEnding ? withEndingInside(body) : body;
  const edits = bodyEdits(lint, acquisition, inner, absorbed);
  if (typeof edits === 'string') return refused(edits);
  const written = contextText(lint, call, opening, indentationAt(lint.file, statement.span.start));
  const context = form.kind === 'with' && form.call !== undefined ? otherCall(written, call, form.call) : written;
  const header = headerEdits(lint, acquisition, `${opening.keyword} ${context} as ${name}:`);
  if (header === undefined) return refused('a comment in the assignment would be lost');
  const title =
    body.ending === undefined ? 'Release it with a with block after its last use' : 'Release it with a with block';
  return decide(diagnostic.ruleId, {
    title,
    edits: [...opening.edits, ...header, ...edits],
    checks: [...checks, ...WRITTEN],
  });
}

/** `tempfile.mkdtemp(…)` → `tempfile.TemporaryDirectory(…)`. */
function otherCall(text: string, { func }: ast.Call, method: string): string {
  return func.kind === 'Attribute' ? text.replace(`.${func.attr}(`, `.${method}(`) : text;
}

/** `await` stays where `async with` takes its result. */
function keepsAwait({ row }: Lifetime, { isAwaited }: Acquisition): boolean {
  return isAwaited && (row.entered === 'result' || row.with !== 'async');
}

function withEndingInside({ statements, ending }: Body): Body {
  return { statements: [...statements, ...(ending?.places ?? []).map((each) => each.statement)], ending: undefined };
}
