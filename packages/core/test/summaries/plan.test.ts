import { ALL_ACQUIRE_ROWS } from '../../src/resources/catalogue';
import type { AcquireRow } from '../../src/resources/model';
import { ProjectPlan } from '../../src/summaries/plan';
import type { Question } from '../../src/summaries/project-index';
import type { ModuleSummary } from '../../src/summaries/summary';

const FILES = ['caller.py', 'other.py', 'db.py'];
const row = ALL_ACQUIRE_ROWS.find(({ acquire }) => acquire === 'sqlite3.connect') as AcquireRow;

function summary(path: string, more: Partial<ModuleSummary> = {}): ModuleSummary {
  const nothing = { imports: {}, stars: [], factories: {}, classes: {}, functions: {}, attributes: {} };
  return { path, covers: 'all', ...nothing, ...more };
}

/** Plays the analysis of a file that asks these questions. */
function analysed(plan: ProjectPlan, path: string, questions: readonly (readonly [Question, string])[] = []) {
  const outside = plan.index.outside(path);
  const ask: Readonly<Record<Question, (name: string) => unknown>> = {
    acquires: outside.acquires,
    function: outside.functionFacts,
    class: outside.classFacts,
    attributes: outside.attributeFacts,
  };
  for (const [question, name] of questions) ask[question](name);
  return { path, summary: summary(path), lookups: outside.lookups };
}

const start = (targets: readonly string[]) => new ProjectPlan(targets, (path) => FILES.includes(path));

it('reads a file that is no target as far as it is asked about, and details only where they matter', () => {
  const plan = start(['caller.py']);
  expect(plan.next()).toEqual([{ path: 'caller.py', asked: { names: [], detailed: [] } }]);
  plan.accept([
    analysed(plan, 'caller.py', [
      ['acquires', 'db.connect'],
      ['function', 'db.finish'],
    ]),
  ]);
  expect(plan.next()).toEqual([{ path: 'db.py', asked: { names: ['connect', 'finish'], detailed: ['finish'] } }]);
  plan.accept([{ ...analysed(plan, 'db.py'), summary: summary('db.py', { covers: ['connect', 'finish'] }) }]);
  // Nothing that the caller was told has changed, and nobody is asked twice.
  expect(plan.next()).toEqual([]);
});

it('judges a file again when an answer that it got has changed, and no other file', () => {
  const plan = start(['caller.py', 'other.py', 'db.py']);
  expect(plan.next()).toHaveLength(3);
  plan.accept([
    analysed(plan, 'caller.py', [['acquires', 'db.connect']]),
    analysed(plan, 'other.py', [['acquires', 'db.version']]),
    { ...analysed(plan, 'db.py'), summary: summary('db.py', { factories: { connect: row } }) },
  ]);
  expect(plan.next().map(({ path }) => path)).toEqual(['caller.py']);
  plan.accept([analysed(plan, 'caller.py', [['acquires', 'db.connect']])]);
  expect(plan.next()).toEqual([]);
  expect(plan.dependencies('caller.py').map(({ answer }) => (JSON.parse(answer) as AcquireRow).acquire)).toEqual([
    'sqlite3.connect',
  ]);
});
