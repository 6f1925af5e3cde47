import { useEffect, useMemo, useState } from 'preact/hooks';
import { fromFragment, START, toFragment, type View } from '../address';
import type { ReportData } from '../data';
import { EVERYTHING, filterRows, sortRows, toRows, type Filter } from '../filter';
import { Breakdown } from './breakdown';
import { Filters } from './filters';
import { Findings } from './findings';
import { Header } from './header';
import { Totals } from './totals';
import { Trend } from './trend';

/** The whole page. What the reader has chosen is in the address, so that it can be sent to somebody. */
export function App({ data }: { readonly data: ReportData }) {
  const [view, setView] = useView();
  const rows = useMemo(() => toRows(data), [data]);
  const shown = useMemo(() => sortRows(filterRows(rows, view.filter), view.order), [rows, view.filter, view.order]);
  const setFilter = (filter: Filter) => setView({ ...view, filter, page: 1 });
  return (
    <>
      <a class="skip" href="#findings" onClick={focusFindings}>
        Skip to the findings
      </a>
      <Header data={data} />
      <main>
        <Totals data={data} filter={view.filter} onFilter={setFilter} />
        <Trend history={data.history} />
        <Breakdown rows={rows} filter={view.filter} onFilter={setFilter} />
        <section id="findings" tabIndex={-1} aria-labelledby="findings-title">
          <h2 id="findings-title">Findings</h2>
          <Filters rows={rows} view={view} shown={shown.length} onView={setView} onReset={() => setView(START)} />
          <Findings
            rows={shown}
            rules={data.rules}
            page={view.page}
            onPage={(page) => setView({ ...view, page })}
            isEmpty={filterRows(rows, EVERYTHING).length === 0}
          />
        </section>
      </main>
      <footer>pylint-leaks {data.version}. This page is one file: it loads nothing and sends nothing.</footer>
    </>
  );
}

/** A link to the section would take the place of the view in the address. */
function focusFindings(event: Event): void {
  event.preventDefault();
  const target = document.getElementById('findings');
  target?.scrollIntoView();
  target?.focus();
}

function useView(): readonly [View, (view: View) => void] {
  const [view, setView] = useState(() => fromFragment(location.hash));
  useEffect(() => {
    const follow = () => setView(fromFragment(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const update = (next: View) => {
    const fragment = toFragment(next);
    history.replaceState(null, '', fragment === '' ? location.pathname + location.search : `#${fragment}`);
    setView(next);
  };
  return [view, update];
}
