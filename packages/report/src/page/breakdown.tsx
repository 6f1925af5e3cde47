import { useState } from 'preact/hooks';
import { facetCounts, toggle, type Facet, type Filter, type Row } from '../filter';

interface Props {
  readonly rows: readonly Row[];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

const CARDS: readonly { readonly facet: Facet; readonly title: string }[] = [
  { facet: 'rule', title: 'By rule' },
  { facet: 'impact', title: 'By impact' },
  { facet: 'directory', title: 'By directory' },
  { facet: 'owner', title: 'By owner' },
];

/** More of a kind are shown on request. */
const SHOWN = 8;

/** Where the findings are. A row shows its findings; of a directory what is in it. */
export function Breakdown({ rows, filter, onFilter }: Props) {
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="breakdown-title">
      <h2 id="breakdown-title" class="unseen">
        Where the findings are
      </h2>
      <div class="cards">
        {CARDS.map(({ facet, title }) => (
          <Card key={facet} facet={facet} title={title} rows={rows} filter={filter} onFilter={onFilter} />
        ))}
      </div>
    </section>
  );
}

function Card({ facet, title, rows, filter, onFilter }: Props & { readonly facet: Facet; readonly title: string }) {
  const [isWhole, setWhole] = useState(false);
  const counts = facetCounts(rows, filter, facet);
  const chosen = filter.facets[facet];
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const shown = isWhole ? counts : counts.slice(0, SHOWN);
  return (
    <div class="card">
      <h3>{title}</h3>
      {facet === 'directory' && chosen !== undefined ? (
        <Way path={chosen} onChoose={(value) => onFilter(setDirectory(filter, value))} />
      ) : null}
      <ul class="bars">
        {shown.map(({ value, count, errors }) => (
          <li key={value}>
            <button
              type="button"
              aria-pressed={chosen === value}
              onClick={() => onFilter(toggle(filter, facet, value))}
            >
              <span class="name">{facet === 'directory' ? tail(value) : value}</span>
              <span class="number">{count.toLocaleString('en')}</span>
              <span class="unseen">findings, {errors.toLocaleString('en')} of them errors</span>
              <span class="bar" aria-hidden="true">
                <span class="errors" style={{ width: `${(100 * errors) / most}%` }} />
                <span class="warnings" style={{ width: `${(100 * (count - errors)) / most}%` }} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {counts.length === 0 ? <p class="quiet">Nothing is left here.</p> : null}
      {counts.length > SHOWN ? (
        <button type="button" class="link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show all ${counts.length.toLocaleString('en')}`}
        </button>
      ) : null}
    </div>
  );
}

/** The directories above the chosen one, to go back to. */
function Way({ path, onChoose }: { readonly path: string; readonly onChoose: (value: string | undefined) => void }) {
  const parts = path.split('/').filter((part) => part !== '');
  return (
    <nav class="way" aria-label="Chosen directory">
      <button type="button" class="link" onClick={() => onChoose(undefined)}>
        all
      </button>
      {parts.map((part, index) => {
        const value = `${parts.slice(0, index + 1).join('/')}/`;
        return (
          <span key={value}>
            {' / '}
            {index === parts.length - 1 ? (
              <b>{part}</b>
            ) : (
              <button type="button" class="link" onClick={() => onChoose(value)}>
                {part}
              </button>
            )}
          </span>
        );
      })}
    </nav>
  );
}

function setDirectory(filter: Filter, value: string | undefined): Filter {
  const { directory: _directory, ...others } = filter.facets;
  return { ...filter, facets: value === undefined ? others : { ...others, directory: value } };
}

/** The last part of a path, with its `/` when it is a directory. */
function tail(path: string): string {
  return /[^/]+\/?$/.exec(path)?.[0] ?? path;
}
