import { useMemo } from 'preact/hooks';
import type { HistoryEntry } from '../data';
import { forecast, openOf, timeOf, type Forecast } from '../trend';
import { Chart, type Line } from './chart';
import { formatDate, formatDay } from './format';

/** How the figures went from run to run, and where they are going; the same figures as a table. */
export function Trend({ history }: { readonly history: readonly HistoryEntry[] }) {
  if (history.length < 2) {
    return (
      <section class="card" aria-labelledby="trend-title">
        <h2 id="trend-title">Trend</h2>
        <p class="quiet">
          {history.length === 0
            ? 'No history is kept. With --history FILE each run adds a line to that file, and this place shows where the numbers are going.'
            : 'This is the first run in the history; the trend starts with the second one.'}
        </p>
      </section>
    );
  }
  return (
    <section aria-labelledby="trend-title">
      <h2 id="trend-title" class="unseen">
        Trend
      </h2>
      <div class="pair">
        <Severities history={history} />
        <BurnDown history={history} />
      </div>
    </section>
  );
}

function Severities({ history }: { readonly history: readonly HistoryEntry[] }) {
  const { times, lines } = useMemo(
    () => ({
      times: history.map((run) => timeOf(run) / 1000),
      lines: [
        { label: 'errors', color: '--error', values: history.map(({ errors }) => errors), isDashed: false },
        { label: 'warnings', color: '--warning', values: history.map(({ warnings }) => warnings), isDashed: false },
      ] satisfies readonly Line[],
    }),
    [history],
  );
  return (
    <div class="card">
      <h3>Errors and warnings</h3>
      <Chart label="Errors and warnings of each run" times={times} lines={lines} />
      <details>
        <summary>The figures as a table</summary>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Errors</th>
                <th scope="col">Warnings</th>
                <th scope="col">Fixable</th>
              </tr>
            </thead>
            <tbody>
              {[...history].reverse().map((run) => (
                <tr key={run.date}>
                  <th scope="row">{formatDate(run.date)}</th>
                  <td>{run.errors.toLocaleString('en')}</td>
                  <td>{run.warnings.toLocaleString('en')}</td>
                  <td>{run.fixable.toLocaleString('en')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}

function BurnDown({ history }: { readonly history: readonly HistoryEntry[] }) {
  const ahead = useMemo(() => forecast(history), [history]);
  const { times, lines } = useMemo(() => burnDownLines(history, ahead), [history, ahead]);
  return (
    <div class="card">
      <h3>Burn-down</h3>
      <Chart label={`Open findings of each run. ${sentence(ahead)}`} times={times} lines={lines} />
      <p>{sentence(ahead)}</p>
    </div>
  );
}

function burnDownLines(history: readonly HistoryEntry[], ahead: Forecast) {
  const times = history.map((run) => timeOf(run) / 1000);
  const open = history.map(openOf);
  const lines: Line[] = [{ label: 'open', color: '--accent', values: open, isDashed: false }];
  if (ahead.kind !== 'falling' || ahead.end === undefined) return { times, lines };
  const start: (number | null)[] = open.map((value, index) => (index === open.length - 1 ? value : null));
  return {
    times: [...times, ahead.end / 1000],
    lines: [
      { ...lines[0], values: [...open, null] } as Line,
      { label: 'at this pace', color: '--good', values: [...start, 0], isDashed: true },
    ],
  };
}

function sentence(ahead: Forecast): string {
  const pace = (perWeek: number) =>
    `${perWeek < 10 ? perWeek.toFixed(1) : Math.round(perWeek).toLocaleString('en')} a week`;
  switch (ahead.kind) {
    case 'unknown':
      return 'The pace shows with runs at different times.';
    case 'done':
      return 'Nothing is left.';
    case 'steady':
      return 'The number of findings stands still.';
    case 'growing':
      return `The number of findings is growing by ${pace(ahead.perWeek)}.`;
    case 'falling':
      return ahead.end === undefined
        ? `The number of findings falls by ${pace(ahead.perWeek)}; at this pace it takes more than three years.`
        : `The number of findings falls by ${pace(ahead.perWeek)}; at this pace none is left on ${formatDay(ahead.end)}.`;
  }
}
