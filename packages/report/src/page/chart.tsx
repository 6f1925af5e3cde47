import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

/** One line of a chart. */
export interface Line {
  readonly label: string;
  /** A custom property of the style sheet. */
  readonly color: string;
  /** One for each time; `null` where there is none. */
  readonly values: readonly (number | null)[];
  readonly isDashed: boolean;
}

interface Props {
  /** For those who do not see it. */
  readonly label: string;
  /** Seconds since 1970, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
}

const HEIGHT = 220;

/** Lines over time. Drawn again when the width or the colours change. */
export function Chart({ label, times, lines }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let chart: uPlot | undefined;
    const draw = () => {
      chart?.destroy();
      chart = new uPlot(
        options(element, lines, lastRun(lines)),
        [[...times], ...lines.map(({ values }) => [...values])],
        element,
      );
    };
    draw();
    const resize = new ResizeObserver(() => chart?.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    addEventListener('themechange', draw);
    return () => {
      resize.disconnect();
      scheme.removeEventListener('change', draw);
      removeEventListener('themechange', draw);
      chart?.destroy();
    };
  }, [times, lines]);
  return <div ref={place} class="chart" role="img" aria-label={label} />;
}

function options(element: HTMLElement, lines: readonly Line[], lastIndex: number): uPlot.Options {
  const style = getComputedStyle(element);
  const axis: uPlot.Axis = {
    stroke: resolved(element, '--quiet'),
    grid: { stroke: resolved(element, '--line'), width: 1 },
    ticks: { show: false },
    font: `12px ${style.fontFamily}`,
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    cursor: { y: false },
    hooks: {
      // Away from the chart the legend has the latest run, in place of dashes.
      setLegend: [
        (chart) => {
          if (chart.legend.idx === null || chart.legend.idx === undefined) chart.setLegend({ idx: lastIndex }, false);
        },
      ],
      ready: [(chart) => chart.setLegend({ idx: lastIndex }, false)],
    },
    scales: { y: { range: (_chart, _low, high) => [0, Math.max(1, high * 1.1)] } },
    axes: [
      { ...axis, space: 70 },
      { ...axis, size: 48, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000] },
    ],
    series: [
      { value: '{YYYY}-{MM}-{DD} {HH}:{mm}' },
      ...lines.map(({ label, color, isDashed }): uPlot.Series => {
        const stroke = resolved(element, color);
        return {
          label,
          stroke,
          width: 2,
          points: { size: 6, fill: stroke },
          spanGaps: false,
          ...(isDashed ? { dash: [6, 6] } : {}),
        };
      }),
    ],
  };
}

/** A canvas needs the colour itself, which the style sheet may make from light and dark. */
function resolved(element: HTMLElement, property: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** The latest time at which every line that does not look ahead has a value. */
function lastRun(lines: readonly Line[]): number {
  return Math.max(
    0,
    ...lines.filter(({ isDashed }) => !isDashed).map(({ values }) => values.findLastIndex((value) => value !== null)),
  );
}
