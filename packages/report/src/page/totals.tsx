import type { ReportData } from '../data';
import { toggle, type Facet, type Filter } from '../filter';
import { changeOf } from '../trend';

interface Props {
  readonly data: ReportData;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** The figures of this run. A figure that is about some of the findings shows them. */
export function Totals({ data, filter, onFilter }: Props) {
  const { checkedFiles, history } = data;
  const findings = data.findings.filter(({ accepted }) => accepted === undefined);
  const accepted = data.findings.length - findings.length;
  const isRecorded = data.findings.some(({ recorded }) => recorded !== undefined);
  const number = (test: (finding: ReportData['findings'][number]) => boolean) => findings.filter(test).length;
  const confirmed = number(({ recorded }) => recorded?.label === 'confirmed');
  const others = data.findings.filter(({ recorded }) => recorded?.label === 'confirmed').length - confirmed;
  const unsafe = number(({ fix }) => fix?.applicability === 'unsafe');
  const chooser = (facet: Facet, value: string) => ({
    isPressed: filter.facets[facet] === value,
    onPress: () => onFilter(toggle(filter, facet, value)),
  });
  return (
    <section aria-labelledby="totals-title">
      <h2 id="totals-title" class="unseen">
        Totals
      </h2>
      <ul class="totals">
        <Tile label="open findings" value={findings.length} note={changeText(changeOf(history))} />
        <Tile
          label="errors"
          value={number(({ severity }) => severity === 'error')}
          note="make a run fail"
          tone="error"
          {...chooser('severity', 'error')}
        />
        <Tile
          label="warnings"
          value={number(({ severity }) => severity === 'warning')}
          note="mostly lost only when something raises"
          tone="warning"
          {...chooser('severity', 'warning')}
        />
        <Tile
          label="fixed by --fix"
          value={number(({ fix }) => fix?.applicability === 'safe')}
          note={
            unsafe === 0
              ? 'safe to apply'
              : `${unsafe.toLocaleString('en')} more ${unsafe === 1 ? 'needs' : 'need'} a look`
          }
          tone="good"
          {...chooser('fix', 'safe')}
        />
        <Tile
          label="files affected"
          value={new Set(findings.map(({ file }) => file)).size}
          note={`of ${checkedFiles.toLocaleString('en')} checked`}
        />
        {isRecorded ? (
          <Tile
            label="confirmed"
            value={confirmed}
            note={
              others === 0
                ? 'leaked while recorded'
                : `leaked while recorded; ${others.toLocaleString('en')} more accepted`
            }
            tone="error"
            {...chooser('recording', 'confirmed')}
          />
        ) : null}
        {accepted === 0 ? null : (
          <Tile
            label="accepted"
            value={accepted}
            note="by the baseline or a comment"
            {...chooser('status', 'accepted')}
          />
        )}
      </ul>
    </section>
  );
}

interface TileProps {
  readonly label: string;
  readonly value: number;
  readonly note: string;
  readonly tone?: string;
  readonly isPressed?: boolean;
  readonly onPress?: () => void;
}

function Tile({ label, value, note, tone = '', isPressed, onPress }: TileProps) {
  const inner = (
    <>
      <strong>{value.toLocaleString('en')}</strong>
      <span>{label}</span>
      <small>{note}</small>
    </>
  );
  return (
    <li>
      {onPress === undefined ? (
        <div class={`tile ${tone}`}>{inner}</div>
      ) : (
        <button type="button" class={`tile ${tone}`} aria-pressed={isPressed} onClick={onPress}>
          {inner}
        </button>
      )}
    </li>
  );
}

function changeText(change: number | undefined): string {
  if (change === undefined) return 'of this run';
  if (change === 0) return 'as in the run before';
  return `${Math.abs(change).toLocaleString('en')} ${change < 0 ? 'fewer' : 'more'} than in the run before`;
}
