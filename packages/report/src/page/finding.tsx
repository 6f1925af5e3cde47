import { useState } from 'preact/hooks';
import type { ReportAcceptance, ReportFix } from '../data';
import type { Row } from '../filter';
import { commonIndent, lineLabel, listing, type ListingRow } from '../listing';
import { Prose } from './prose';

interface Props {
  readonly row: Row;
  /** What its rule is about. */
  readonly about: string | undefined;
  readonly isOpenAtFirst: boolean;
}

/** One finding: what and where; opened also the code, the path to the leak and the fix. */
export function Finding({ row, about, isOpenAtFirst }: Props) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const { finding, file } = row;
  const { severity, rule, message, line, column, scope, impact, fix } = finding;
  return (
    <details class={`finding ${severity}`} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class={`badge ${severity}`}>{severity}</span> <span class="rule">{rule}</span>{' '}
        <span class="message">
          <Prose text={message} />
        </span>{' '}
        <span class="facts">
          <code class="place">
            {file.path}:{lineLabel(file, line)}:{column}
          </code>
          {scope === '' ? null : (
            <>
              {' in '}
              <code>{scope}</code>
            </>
          )}
          {impact === '' ? null : ` · ${impact} impact`}
          {fix === undefined ? null : ` · ${FIX_WORDS[fix.applicability]}`}
          {finding.accepted === undefined
            ? null
            : ` · accepted by ${finding.accepted.by === 'baseline' ? 'the baseline' : 'a comment'}`}
          {finding.recorded === undefined
            ? null
            : ` · ${finding.recorded.label === 'unknown' ? 'not recorded' : finding.recorded.label}`}
          {file.owners.length === 0 ? null : ` · ${file.owners.join(', ')}`}
        </span>
      </summary>
      {isOpen ? <Body row={row} about={about} /> : null}
    </details>
  );
}

const FIX_WORDS = { safe: 'fixed by --fix', unsafe: 'fix needs a look', display: 'fix by hand' } as const;
const HOW = {
  safe: 'pylint-leaks --fix applies it',
  unsafe: 'it may change behaviour; pylint-leaks --fix --unsafe-fixes applies it',
  display: 'to be done by hand',
} as const;

function Body({ row: { finding, file }, about }: Omit<Props, 'isOpenAtFirst'>) {
  const { steps, fix, refused } = finding;
  const rows = listing(finding, file);
  return (
    <div class="body">
      {finding.accepted === undefined ? null : <Accepted accepted={finding.accepted} />}
      {finding.recorded === undefined ? null : (
        <p class={finding.recorded.label === 'confirmed' ? 'recorded confirmed' : 'recorded'}>
          <b>Recorded:</b> {finding.recorded.words}
        </p>
      )}
      <Code rows={rows} />
      {steps.length > 1 && rows.length === 0 ? (
        <ol class="steps" aria-label="The path to the leak">
          {steps.map((step, index) => (
            <li key={index}>
              line {lineLabel(file, step.line)}: <Prose text={step.message} />
            </li>
          ))}
        </ol>
      ) : null}
      {fix === undefined ? null : <Fix fix={fix} />}
      {about === undefined ? null : (
        <p class="quiet">
          {about} <code>pylint-leaks rule {finding.rule}</code> says more.
        </p>
      )}
      {fix === undefined && refused !== undefined ? <p class="quiet">Not fixed automatically: {refused}.</p> : null}
    </div>
  );
}

/** Who has accepted a finding, why and for how long. */
function Accepted({ accepted: { by, reason, owner, expires } }: { readonly accepted: ReportAcceptance }) {
  return (
    <p class="accepted">
      <b>Accepted</b> by {by === 'baseline' ? 'the baseline' : 'a comment'}
      {reason === undefined ? ', without a reason' : `: ${reason}`}
      {owner === undefined ? null : ` · owner ${owner}`}
      {expires === undefined ? null : ` · until ${expires}`}
    </p>
  );
}

/** Code with line numbers; what is marked and numbered belongs to the path. */
function Code({ rows }: { readonly rows: readonly ListingRow[] }) {
  if (rows.length === 0) return null;
  return (
    <div class="code scroll" tabIndex={0} role="group" aria-label="Code">
      <table>
        <tbody>
          {rows.map((row, index) =>
            row.kind === 'gap' ? (
              <tr key={index} class="gap">
                <td aria-hidden="true">⋯</td>
                <td />
              </tr>
            ) : (
              <tr key={index} class={row.isAcquisition ? 'here' : row.notes.length > 0 ? 'step' : ''}>
                <th scope="row">{row.label}</th>
                <td>
                  <code>{row.pieces.map(({ text, isMarked }) => (isMarked ? <mark>{text}</mark> : text))}</code>
                  {row.notes.map(({ step, message }) => (
                    <span key={step} class="note">
                      <b>{step}</b> <Prose text={message} />
                    </span>
                  ))}
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Fix({ fix: { title, applicability, diff } }: { readonly fix: ReportFix }) {
  const signs = { same: ' ', removed: '-', added: '+' } as const;
  return (
    <div class="fix">
      <p>
        <b>Fix:</b> {title} <span class="quiet">({HOW[applicability]})</span>
      </p>
      {diff.length === 0 ? null : (
        <pre class="diff scroll" tabIndex={0} aria-label="What the fix changes">
          {diff.map((hunk, index) => {
            const indent = commonIndent(hunk.map(({ text }) => text));
            return (
              <div key={index} class="hunk">
                {hunk.map(({ kind, text }, line) => (
                  <div key={line} class={kind}>
                    {signs[kind]} {text.slice(indent)}
                  </div>
                ))}
              </div>
            );
          })}
        </pre>
      )}
    </div>
  );
}
