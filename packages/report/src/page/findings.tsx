import { useRef, useState } from 'preact/hooks';
import type { ReportData } from '../data';
import type { Row } from '../filter';
import { Finding } from './finding';

/** The page stays quick with any number of findings: so many are in it at a time. */
export const PAGE_SIZE = 50;

interface Props {
  /** Those that the filter admits, in their order. */
  readonly rows: readonly Row[];
  /** What each rule is about. */
  readonly rules: ReportData['rules'];
  /** From 1; a page behind the last one shows the last. */
  readonly page: number;
  readonly onPage: (page: number) => void;
  /** There was nothing to begin with. */
  readonly isEmpty: boolean;
}

/** The findings, a page at a time. */
export function Findings({ rows, rules, page, onPage, isEmpty }: Props) {
  const top = useRef<HTMLOListElement>(null);
  const [isAllOpen, setAllOpen] = useState(false);
  if (rows.length === 0) {
    return <p class="card nothing">{isEmpty ? 'No leaks were found. ' : 'No finding fits what is chosen above.'}</p>;
  }
  const last = Math.ceil(rows.length / PAGE_SIZE);
  const current = Math.min(page, last);
  const first = (current - 1) * PAGE_SIZE;
  const turn = (to: number) => {
    onPage(to);
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView();
  };
  return (
    <>
      <p class="all">
        <button type="button" class="link" aria-pressed={isAllOpen} onClick={() => setAllOpen(!isAllOpen)}>
          {isAllOpen ? 'Hide the code of all' : 'Show the code of all'}
        </button>
      </p>
      <ol ref={top} class="findings" tabIndex={-1} start={first + 1}>
        {rows.slice(first, first + PAGE_SIZE).map((row) => (
          <li key={`${row.finding.id} ${String(isAllOpen)}`}>
            <Finding row={row} about={rules[row.finding.rule]} isOpenAtFirst={isAllOpen} />
          </li>
        ))}
      </ol>
      {last > 1 ? (
        <nav class="pages" aria-label="Pages of findings">
          <button type="button" disabled={current === 1} onClick={() => turn(current - 1)}>
            Previous
          </button>
          <span>
            {`${(first + 1).toLocaleString('en')} to ${Math.min(first + PAGE_SIZE, rows.length).toLocaleString('en')} of ${rows.length.toLocaleString('en')}`}
          </span>
          <button type="button" disabled={current === last} onClick={() => turn(current + 1)}>
            Next
          </button>
        </nav>
      ) : null}
    </>
  );
}
