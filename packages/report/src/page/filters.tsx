import { useEffect, useRef } from 'preact/hooks';
import { filterRows, OPEN, ORDERS, toggle, valuesOf, type Facet, type Filter, type Row } from '../filter';
import type { View } from '../address';
import { count } from './format';

interface Props {
  readonly rows: readonly Row[];
  readonly view: View;
  /** How many findings the filter admits. */
  readonly shown: number;
  readonly onView: (view: View) => void;
  readonly onReset: () => void;
}

/** A filter that nothing in the report is about is left out. */
const SELECTS: readonly { readonly facet: Facet; readonly label: string }[] = [
  { facet: 'severity', label: 'Severity' },
  { facet: 'impact', label: 'Impact' },
  { facet: 'rule', label: 'Rule' },
  { facet: 'owner', label: 'Owner' },
  { facet: 'fix', label: 'Fix' },
  { facet: 'recording', label: 'Recording' },
  { facet: 'status', label: 'Status' },
];

/** Search and filters; what is set besides them (a directory) can be taken away here too. */
export function Filters({ rows, view, shown, onView, onReset }: Props) {
  const { filter, order } = view;
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      search.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  const { directory } = filter.facets;
  const isFiltered = filter.text !== '' || Object.keys(filter.facets).length > 0;
  return (
    <form class="filters" role="search" aria-label="Findings" onSubmit={(event) => event.preventDefault()}>
      <label class="search">
        <span>
          Search <kbd aria-hidden="true">/</kbd>
        </span>
        <input
          ref={search}
          type="search"
          value={filter.text}
          placeholder="path, rule, function, words of the message"
          onInput={(event) => onView({ ...view, page: 1, filter: { ...filter, text: event.currentTarget.value } })}
        />
      </label>
      {SELECTS.filter(({ facet }) => isUseful(rows, facet)).map(({ facet, label }) => (
        <label key={facet}>
          <span>{label}</span>
          <select
            value={filter.facets[facet] ?? ''}
            onChange={(event) => {
              const { [facet]: _before, ...others } = filter.facets;
              const { value } = event.currentTarget;
              const facets = value === '' ? others : { ...others, [facet]: value };
              onView({ ...view, page: 1, filter: { ...filter, facets } });
            }}
          >
            <option value="">{facet === 'status' ? OPEN : 'all'}</option>
            {choices(rows, facet)
              .filter((value) => value !== OPEN)
              .map((value) => (
                <option key={value} value={value}>
                  {value}
                </option>
              ))}
          </select>
        </label>
      ))}
      <label>
        <span>Order</span>
        <select
          value={order}
          onChange={(event) => {
            const next = ORDERS.find((each) => each === event.currentTarget.value) ?? order;
            onView({ ...view, page: 1, order: next });
          }}
        >
          {ORDERS.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <p class="outcome">
        <output aria-live="polite">
          {isFiltered
            ? `${count(shown, 'finding')} of ${total(rows, filter).toLocaleString('en')}`
            : count(shown, 'finding')}
        </output>
        {directory === undefined ? null : (
          <button
            type="button"
            onClick={() => onView({ ...view, page: 1, filter: toggle(filter, 'directory', directory) })}
          >
            in <code>{directory}</code> <span aria-hidden="true">×</span>
            <span class="unseen">take away</span>
          </button>
        )}
        {isFiltered ? (
          <button type="button" class="link" onClick={onReset}>
            Show everything
          </button>
        ) : null}
      </p>
    </form>
  );
}

/** Recordings and accepted findings are not in every report. */
function isUseful(rows: readonly Row[], facet: Facet): boolean {
  if (facet === 'status') return rows.some(({ finding }) => finding.accepted !== undefined);
  return facet !== 'recording' || choices(rows, facet).length > 0;
}

function choices(rows: readonly Row[], facet: Facet): readonly string[] {
  return [...new Set(rows.flatMap((row) => valuesOf(row, facet)))].sort();
}

/** How many findings the chosen status has. */
function total(rows: readonly Row[], { facets: { status } }: Filter): number {
  return filterRows(rows, { text: '', facets: status === undefined ? {} : { status } }).length;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
  );
}
