/**
 * A figure as a chart: fans with their median, records as points, every mark named. A series that is
 * `unshaded` keeps its interval for table and reader, and shows its median alone.
 *
 *     <Chart figure={figure} height={260} compact={false} domain={[0, 100]} />
 *
 * `height` is that of the plot; the width is what there is, and text keeps its size. Colours come
 * from CSS classes. A line is told from another by its dash and its name as well as by its colour.
 * When numbers change, only paths and the heights of names do: all else is kept as it was drawn.
 */
import { html, useId, useLayoutEffect, useMemo, useRef, useState } from "vendor";
import { axes, beginning, ground, heading, intervalOf } from "./axes.js";
import { columns, describe, extent } from "./columns.js";
import { bandPath, dots, edgesPath, linePath, parted, pointsOf } from "./fan.js";
import { endLabels } from "./labels.js";
import { atRightEdge, frameOf, plotHeight, ticksWanted } from "./layout.js";
import { looks } from "./marks.js";
import { Reader } from "./reader.js";
import { settled } from "./scales.js";

const PAPER = 640;
const PAPER_PLOT = 200;
const CROWD = 1;

/** The chart of a figure. */
export function Chart({ figure, height, compact = false, domain }) {
  const [width, onPaper, measured] = useWidth();
  const plot = Math.min(plotHeight(height, width, compact), onPaper ? PAPER_PLOT : Infinity);
  return html`<div class="chart">
    <div ref=${measured}></div>
    ${width > 0
      ? html`<${Drawing} figure=${figure} width=${width} plot=${plot} compact=${compact} domain=${domain} />`
      : html`<div style=${{ height: `${plot + 60}px` }}></div>`}
  </div>`;
}

function Drawing({ figure, width, plot, compact, domain }) {
  const id = useId();
  const shown = useRef({ of: "", range: null });
  const styles = looks(figure.series);
  const drawn = figure.series.map((series, i) => ({
    series, index: i, look: styles[i], isLine: series.kind !== "recorded", ...columns(series),
  }));
  const all = extent(drawn, figure.yFromZero !== false);
  const frame = useFrame({ figure, drawn, all, width, plot, compact, domain, shown });
  const still = useMemo(
    () => [html`${ground(frame)}${heading(frame)}${axes(frame)}`, beginning(frame)],
    [frame],
  );
  const records = drawn.filter((d) => !d.isLine);
  const points = useMemo(
    () => records.map((d) => pointsOf(d, frame.x, frame.y)),
    [frame, ...records.flatMap(({ series: s }) => [s.x, s.y, s.low, s.high])],
  );
  const lines = drawn.filter((d) => d.isLine);
  const curves = lines.map((d) => parted(d, lines[0]));
  const bands = lines.filter((d) => !d.series.unshaded && d.low.some(isNumber)).length;
  return html`<svg class="drawing" role="img" width=${width} height=${frame.height}
      viewBox=${`0 0 ${width} ${frame.height}`} aria-labelledby=${`${id}t ${id}d`}
      xmlns="http://www.w3.org/2000/svg">
    <title id=${`${id}t`}>${figure.title}</title>
    <desc id=${`${id}d`}>${describe(figure)}</desc>
    ${still[0]}
    <g>${curves.map((d) => band(d, frame, bands > CROWD))}</g>
    ${still[1]}
    <g>${curves.map((d) => median(d, frame))}</g>
    <g>${points}</g>
    <g>${endLabels(drawn, frame)}</g>
    ${all.empty && html`<text class="mid" x=${(frame.left + frame.right) / 2} y=${frame.top + 40}>
      no values</text>`}
  </svg>
  <${Reader} title=${figure.title} drawn=${drawn} frame=${frame} />`;
}

/** The frame, the same object until something changes that stands still. */
function useFrame({ figure, drawn, all, width, plot, compact, domain, shown }) {
  const wanted = ticksWanted(plot);
  const of = `${figure.id}|${figure.unit}|${wanted}`;
  const before = shown.current.of === of ? shown.current.range : null;
  const range = domain
    ? settled(null, domain[0], domain[1], wanted)
    : settled(before, all.low, all.high, wanted);
  shown.current = { of, range };
  const reach = new Set(atRightEdge(drawn, all.first, all.last));
  const named = drawn.map((d) => ({
    label: d.series.label,
    look: d.look,
    isLine: d.isLine,
    reaches: reach.has(d),
    banded: d.isLine && !d.series.unshaded && d.low.some(isNumber),
  }));
  const given = {
    width, plot, compact, range, named, years: [all.first, all.last], unit: figure.unit,
    projection: figure.projection ?? null, interval: intervalOf(figure),
  };
  return useMemo(() => frameOf(given), [JSON.stringify(given)]);
}

/** The shaded interval of a line, darker where the narrower one is: where many overlap fainter, with its edges. */
function band(d, frame, crowded) {
  if (d.series.unshaded) return html`<g key=${d.index}></g>`;
  const given = [d.x, d.low, d.high, frame.x, frame.y];
  const inner = !crowded && bandPath(d.x, d.innerLow, d.innerHigh, frame.x, frame.y);
  return html`<g key=${d.index}>
    <path class="band ${d.look.colour} ${crowded ? "faint" : ""}" d=${bandPath(...given)} />
    ${inner && html`<path class="band ${d.look.colour}" d=${inner} />`}
    ${crowded && html`<path class="edge ${d.look.colour}" d=${edgesPath(...given)} />`}
  </g>`;
}

function median(d, frame) {
  const alone = dots(d.x, d.y, frame.x, frame.y);
  return html`<g key=${d.index}>
    <path class="line ${d.look.colour} ${d.look.dash}" d=${linePath(d.x, d.y, frame.x, frame.y)} />
    ${alone && html`<path class="dot ${d.look.colour}" d=${alone} />`}
  </g>`;
}

/**
 * The width that there is, kept up to date; that of a sheet of paper while printing.
 *
 * What is watched has no height, so that drawing does not set off the watch again.
 */
export function useWidth() {
  const [width, setWidth] = useState(0);
  const [onPaper, setOnPaper] = useState(false);
  const element = useRef(null);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      const found = Math.floor(entry.contentRect.width);
      if (found > 0) setWidth(found);
    });
    const before = () => setOnPaper(true);
    const after = () => setOnPaper(false);
    watch.observe(element.current);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      watch.disconnect();
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  return [onPaper ? PAPER : width, onPaper, element];
}

function isNumber(value) {
  return value === value;
}
