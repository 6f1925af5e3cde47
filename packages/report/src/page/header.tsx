import { useEffect, useState } from 'preact/hooks';
import type { ReportData } from '../data';
import { formatDate } from './format';

const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
const STORED = 'pylint-leaks-theme';

/** What was looked at and when, and the switch between light and dark. */
export function Header({ data: { title, date, commit, checkedFiles } }: { readonly data: ReportData }) {
  return (
    <header>
      <div>
        <h1>
          <span class="quiet">Resource leaks in</span> {title}
        </h1>
        <p class="quiet">
          <time dateTime={date}>{formatDate(date)}</time>
          {commit === undefined ? null : (
            <>
              {' · commit '}
              <code>{commit.slice(0, 10)}</code>
            </>
          )}
          {` · ${checkedFiles.toLocaleString('en')} ${checkedFiles === 1 ? 'file' : 'files'} checked`}
        </p>
      </div>
      <ThemeSwitch />
    </header>
  );
}

function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    store(theme);
    // Charts are drawn on a canvas, which does not follow the style sheet.
    dispatchEvent(new Event('themechange'));
  }, [theme]);
  return (
    <fieldset class="switch">
      <legend class="unseen">Colours</legend>
      {THEMES.map((each) => (
        <label key={each}>
          <input type="radio" name="theme" checked={each === theme} onChange={() => setTheme(each)} />
          <span>{{ auto: 'Auto', light: 'Light', dark: 'Dark' }[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A page from a file may have no storage. */
function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(STORED);
    return THEMES.find((theme) => theme === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(STORED, theme);
  } catch {
    // Then the choice holds until the page is closed.
  }
}
