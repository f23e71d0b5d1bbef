/**
 * The course of a quantity at the size of a word: band, line, its end, and records as specks.
 *
 * It is a picture beside a number that says the same, so that it has no words of its own.
 */
import { html } from "vendor";
import { bandPath, linePath } from "./fan.js";
import { tenth } from "./marks.js";
import { scale } from "./scales.js";

/** `points` are records, as `{x, y}`; zero is the floor unless `fromZero` is false. */
export function Sparkline({
  x, y, low, high, points, width = 120, height = 36, colour = 1, fromZero = true,
}) {
  const [xs, ys] = [doubles(x), doubles(y)];
  const [lows, highs] = [doubles(low ?? []), doubles(high ?? [])];
  const [px, py] = [doubles(points?.x ?? []), doubles(points?.y ?? [])];
  const values = [ys, lows, highs, py].flatMap((column) => Array.from(column.filter(isNumber)));
  const years = Array.from(xs.filter(isNumber));
  const frame = { class: "spark", width, height, "aria-hidden": "true" };
  if (!values.length || !years.length) return html`<svg ...${frame} />`;
  const floor = fromZero ? Math.min(0, ...values) : Math.min(...values);
  const top = Math.max(...values);
  const sx = scale(years[0], years.at(-1) > years[0] ? years.at(-1) : years[0] + 1, 2, width - 4);
  const sy = scale(floor, top > floor ? top : floor + 1, height - 2, 3);
  const hue = `c${colour}`;
  let last = ys.length - 1;
  while (last > 0 && !isNumber(ys[last])) last -= 1;
  let marks = "";
  px.forEach((at, i) => {
    const inside = isNumber(py[i]) && at >= sx.low && at <= sx.high;
    if (inside) marks += `M${tenth(sx(at))} ${tenth(sy(py[i]))}h.01`;
  });
  const end = { cx: tenth(sx(xs[last])), cy: tenth(sy(ys[last])), r: 2.6 };
  return html`<svg ...${frame} viewBox=${`0 0 ${width} ${height}`}>
    ${lows.length > 0 && html`<path class="band ${hue}" d=${bandPath(xs, lows, highs, sx, sy)} />`}
    <path class="line ${hue}" d=${linePath(xs, ys, sx, sy)} />
    ${marks && html`<path class="specks" d=${marks} />`}
    ${isNumber(ys[last]) && html`<circle class="dot ${hue}" ...${end} />`}
  </svg>`;
}

function doubles(values) {
  return Float64Array.from(values, (value) => (value === null || value === undefined ? NaN : value));
}

function isNumber(value) {
  return Number.isFinite(value);
}
