import {
  type ast,
  type Diagnostic,
  type Edit,
  type FixResult,
  type Lifetime,
  type LintResult,
} from '@pylint-leaks/core';
import { kindOfRow } from '../retention/kinds';
import { rebindsName, statementMentions } from '../retention/mentions';
import { containsYield, leavesEarly } from '../syntax/statement-facts';
import { placesOf, type Place } from '../syntax/tree-index';
import { dropBlankLinesBelow, withBlankLinesAbove } from '../text/blank-lines';
import { deleteStatement } from '../text/line-edits';
import { indentationOf, type Indentation } from '../text/indentation';
import { indentationAt, lineAt } from '../text/lines';
import { reindentLines, stringsIn } from '../text/reindent';
import { connectionObjections, ownClassObjections } from './connection-arguments';
import { factoryObjections } from './factory';
import { endOf, lastLineOf, moveObjections, nestingObjections } from './layout';
import { dropLeftReleases, tornPair } from './left-releases';
import { check, decide, isRefused, refused, refuse, unsafe, type Check, type Objection } from './objections';
import { handlerObjections, outliveObjections, retentionOf, type Extent } from './outlives';
import { isReleaseOf } from './release-statement';
import { seenReleaseObjections } from './seen-release';
import { closeUnused } from './unused';
import { contextText, openingFor } from './with-header';

/** `x = acquire()` as a statement of its own. */
interface Acquisition {
  readonly name: string;
  readonly statement: ast.Assign;
  readonly call: ast.Call;
  readonly place: Place;
}

/** The statements that go under the `with`, and the release that it replaces. */
interface Body {
  readonly statements: readonly ast.Statement[];
  readonly release: Place | undefined;
}

/**
 * `x = acquire(); …; x.close()` and `x = acquire(); …` → `with acquire() as x:` around everything up to the release, or
 * up to the last statement that uses `x` or something that needs it. A connection goes into `closing`, which adds no
 * commit: what is not committed is lost today as well, when the connection is collected.
 */
export function scopeAcquisition(diagnostic: Diagnostic, lifetime: Lifetime, lint: LintResult): FixResult {
  const acquisition = findAcquisition(lifetime, lint);
  if (typeof acquisition === 'string') return refused(acquisition);
  const { name, call, place, statement } = acquisition;
  const scope = lint.model.enclosingScope(call);
  const body = findBody(acquisition, lifetime, lint);
  const opening = openingFor(lint, scope, statement.span.start, lifetime.row, call);
  // An archive that is closed by hand today ends alike: both ways finish it on the normal path, and neither after a failure.
  const isClosedAlike = body.release !== undefined && !leavesEarly(body.statements);
  const isShared = scope.globals.has(name) || scope.nonlocals.has(name);
  const checks: Check[] = [
    ...opening.checks.map(({ precondition, objections }) =>
      check(
        precondition,
        objections.filter(({ level }) => level === 'refuse' || !isClosedAlike),
      ),
    ),
    check('layout-kept', moveObjections(lint, place)),
    check('single-owner', isShared ? [refuse(`${name} is global or nonlocal`)] : []),
    ...keptChecks(acquisition, body, lifetime, lint),
    check('layout-kept', nestingObjections(place, body.statements)),
    check('known-resource', resourceObjections(acquisition, body, lifetime, lint)),
  ];
  if (isRefused(checks)) return decide(diagnostic.ruleId, { title: '', edits: [], checks });
  if (body.statements.length === 0 && body.release === undefined) {
    const unused = closeUnused(lint, lifetime, statement, call);
    const title = 'Close it at once: nothing uses it';
    return decide(diagnostic.ruleId, { title, edits: unused.edits, checks: [...checks, ...unused.checks] });
  }
  if (body.statements.length === 0) return refused('nothing happens between it and its release');
  const again = body.release && place.block.statements[body.release.index + 1];
  if (again !== undefined && isReleaseOf(again, name, lifetime.row.release)) return refused('it is released twice');
  const torn = tornPair(place, body.statements, name, lifetime.row.release);
  if (torn !== undefined) return refused(torn);
  const drops = dropLeftReleases(lint, lifetime, name, body.statements);
  if (typeof drops === 'string') return refused(drops);
  const edits = bodyEdits(lint, acquisition, body, drops);
  if (typeof edits === 'string') return refused(edits);
  const header = headerEdits(
    lint,
    acquisition,
    contextText(lint, call, opening, indentationAt(lint.file, statement.span.start)),
  );
  if (header === undefined) return refused('a comment in the assignment would be lost');
  const title =
    body.release === undefined ? 'Release it with a with block after its last use' : 'Release it with a with block';
  checks.push(check('release-dominated'), check('no-comment-moved'));
  return decide(diagnostic.ruleId, { title, edits: [...opening.edits, ...header, ...edits], checks });
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

function findAcquisition({ holding, acquire, factory, row }: Lifetime, lint: LintResult): Acquisition | string {
  const { statement } = holding;
  const place = placesOf(lint.tree.module).get(statement);
  if (holding.kind !== 'name' || place === undefined) return 'no name holds it';
  if (statement.kind === 'AnnotatedAssign') return 'with cannot keep the annotation of the name';
  if (statement.kind !== 'Assign') return 'it is not a plain assignment';
  const [target] = statement.targets;
  if (statement.targets.length !== 1 || target === undefined) return 'several targets hold it';
  if (target.kind !== 'Name') return 'it is one of several values that are unpacked';
  if (statement.value !== acquire) return 'the call is only a part of the assigned value';
  if (factory !== undefined && row.with !== 'transaction' && row.with !== 'closes') return 'a factory makes it';
  return { name: target.id, statement, call: acquire, place };
}

/** Up to the first release in the same block, else up to the last statement that mentions a name that needs it. */
function findBody({ name, place, call }: Acquisition, lifetime: Lifetime, lint: LintResult): Body {
  const tail: ast.Statement[] = [];
  for (const statement of place.block.statements.slice(place.index + 1)) {
    if (isReleaseOf(statement, name, lifetime.row.release)) {
      return { statements: tail, release: placesOf(lint.tree.module).get(statement) };
    }
    if (rebindsName([statement], name)) break;
    tail.push(statement);
  }
  const scope = lint.model.enclosingScope(call);
  const seeds = { names: new Map([[name, kindOfRow(lifetime.row)]]), acquisitions: new Map() };
  const { names } = retentionOf({ lint, scope, statements: tail, seeds });
  let last = tail.length - 1;
  while (last >= 0 && ![...names].some((each) => statementMentions(tail[last] as ast.Statement, each))) last--;
  return { statements: tail.slice(0, last + 1), release: undefined };
}

/** What still needs it after the block, and who would see that it is released there. */
function keptChecks(acquisition: Acquisition, body: Body, lifetime: Lifetime, lint: LintResult): Check[] {
  const { name, call, place } = acquisition;
  const lastStatement = body.statements[body.statements.length - 1];
  const last =
    body.release ?? (lastStatement === undefined ? place : placesOf(lint.tree.module).get(lastStatement)) ?? place;
  const extent: Extent = {
    lint,
    scope: lint.model.enclosingScope(call),
    statements: body.statements,
    last,
    span: { start: acquisition.statement.span.start, end: last.statement.span.end },
    seeds: { names: new Map([[name, kindOfRow(lifetime.row)]]), acquisitions: new Map() },
    isHarmless: (statement) => isReleaseOf(statement, name, lifetime.row.release),
  };
  if (body.release === undefined) {
    // A `with` here would leave a release behind it as dead code that other acquisitions may share.
    const isReleasedBehind = lifetime.releases.some(({ span }) => span.start >= last.statement.span.end);
    if (lifetime.verdict === 'exception' && isReleasedBehind) {
      return [check('release-dominated', [refuse('it is released in another block')])];
    }
    const seen = seenReleaseObjections(lint, lifetime, name, last);
    if (containsYield({ statements: body.statements })) seen.push(unsafe('a generator holds it between its values'));
    return [check('nothing-derived-survives', outliveObjections(extent)), check('release-unobserved', seen)];
  }
  // It is closed at the end today as well: only the other ways out of the body may still need it open.
  const survivors = leavesEarly(body.statements)
    ? outliveObjections(extent).filter(({ level }) => level === 'refuse')
    : handlerObjections(extent);
  return [check('nothing-derived-survives', survivors)];
}

/** Replaces what stands around the call; undefined when a comment stands there. */
function headerEdits(
  { tree }: LintResult,
  { statement, call, name }: Acquisition,
  context: string,
): Edit[] | undefined {
  const isOutsideCall = (start: number): boolean =>
    start >= statement.span.start && start < statement.span.end && (start < call.span.start || start >= call.span.end);
  if (tree.comments.some(({ start }) => isOutsideCall(start))) return undefined;
  return [{ span: statement.span, text: `with ${context} as ${name}:` }];
}

/** Indents the body and drops the releases; a reason when the text does not allow it. */
function bodyEdits(
  lint: LintResult,
  acquisition: Acquisition,
  { statements, release }: Body,
  drops: readonly Edit[],
): Edit[] | string {
  const { file, tree } = lint;
  const { statement, place } = acquisition;
  const indentation = indentationOf(file, place) as Indentation;
  const edits: Edit[] = [];
  const header = lineAt(file, endOf(lint, statement));
  const lastStatement = statements[statements.length - 1];
  let last = lastStatement === undefined ? header.index : lastLineOf(lint, lastStatement, indentation);
  if (release !== undefined) {
    const deletion = deleteStatement(file, tree.comments, release);
    if ('refused' in deletion) return deletion.refused;
    edits.push(deletion.keepsLine ? deletion.edit : withBlankLinesAbove(file, deletion.edit, release));
    last = lineAt(file, release.statement.span.start).index - (deletion.keepsLine ? 0 : 1);
  } else if (lastStatement !== undefined) {
    const place = placesOf(lint.tree.module).get(lastStatement) as Place;
    const next = place.block.statements[place.index + 1];
    if (next !== undefined && next.span.start < lineAt(file, endOf(lint, lastStatement)).end) {
      return 'the last use shares its line with another statement';
    }
  }
  edits.push(...dropBlankLinesBelow(file, header.index));
  const strings = stringsIn(statements);
  const indents = reindentLines(file, { first: header.index + 1, last }, strings, indentation);
  const isDropped = ({ span }: Edit): boolean =>
    drops.some((drop) => span.start >= drop.span.start && span.start < drop.span.end);
  return [...edits, ...drops, ...indents.filter((indent) => !isDropped(indent))];
}
