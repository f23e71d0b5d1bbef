/**
 * The paths of a fan: band, edges, median, records. A gap in the data is a gap in the drawing.
 *
 * They are built anew with every move of a slider, so that this is plain loops.
 */
import { html } from "vendor";
import { NAMES } from "./columns.js";
import { fill, shape, tenth } from "./marks.js";

const MOST_TEXTS = 40_000;
const texts = [];

/** The median; a value alone between gaps is left to `dots`. */
export function linePath(x, y, sx, sy) {
  let path = "";
  for (const [from, to] of stretches(x, y)) {
    if (to - from > 1) path += `M${forth(x, y, from, to, sx, sy)}`;
  }
  return path;
}

/** Values alone between gaps. */
export function dots(x, y, sx, sy) {
  let path = "";
  for (const [from, to] of stretches(x, y)) {
    if (to - from === 1) path += shape("circle", sx(x[from]), sy(y[from]), 2.2);
  }
  return path;
}

/** The ground between low and high. */
export function bandPath(x, low, high, sx, sy) {
  let path = "";
  for (const [from, to] of stretches(x, low, high)) {
    if (to - from > 1) {
      path += `M${forth(x, high, from, to, sx, sy)}L${back(x, low, from, to, sx, sy)}Z`;
    }
  }
  return path;
}

/** The two edges of a band. */
export function edgesPath(x, low, high, sx, sy) {
  return linePath(x, low, sx, sy) + linePath(x, high, sx, sy);
}

/**
 * A series from where it parts from another on the same moments, or the whole of it.
 *
 * What two scenarios have in common is drawn once, in the look of the first.
 */
export function parted(d, first) {
  const n = d.x.length;
  if (d === first || n !== first.x.length) return d;
  let i = 0;
  while (i < n && NAMES.every((name) => same(d[name][i], first[name][i]))) i += 1;
  if (i < 2 || i === n) return d;
  return { ...d, ...Object.fromEntries(NAMES.map((name) => [name, d[name].subarray(i - 1)])) };
}

/** Records as marks, with a whisker where they carry an interval. */
export function pointsOf(d, sx, sy) {
  const { x, y, low, high, look } = d;
  const known = [];
  for (let i = 0; i < x.length; i += 1) if (y[i] === y[i] && x[i] === x[i]) known.push(i);
  const gaps = known.slice(1).map((i, k) => sx(x[i]) - sx(x[known[k]])).sort((a, b) => a - b);
  const apart = gaps.length ? gaps[gaps.length >> 1] : 10;
  const size = Math.min(3.7, Math.max(1.5, 0.5 * apart));
  let [marks, whiskers] = ["", ""];
  for (const i of known) {
    const at = sx(x[i]);
    marks += shape(look.marker, at, sy(y[i]), size);
    if (low[i] === low[i] && high[i] === high[i]) {
      whiskers += `M${tenth(at)} ${tenth(sy(low[i]))}V${tenth(sy(high[i]))}`;
    }
  }
  return html`<g>
    ${whiskers && html`<path class="whisker ${look.colour}" d=${whiskers} />`}
    ${marks && html`<path class="points ${fill(look)}" d=${marks} />`}
  </g>`;
}

/** Stretches in which every column is known, as pairs of first and beyond the last. */
export function stretches(...values) {
  const found = [];
  const n = values[0].length;
  let from = -1;
  for (let i = 0; i <= n; i += 1) {
    let known = i < n;
    for (const column of values) known &&= column[i] === column[i];
    if (known && from < 0) from = i;
    if (!known && from >= 0) {
      found.push([from, i]);
      from = -1;
    }
  }
  return found;
}

/** A coordinate to a tenth of a pixel as text; writing a double is most of the work of a path. */
function written(value) {
  const tenths = Math.round(value * 10);
  if (!(tenths >= 0 && tenths < MOST_TEXTS)) return String(tenths / 10);
  return (texts[tenths] ??= String(tenths / 10));
}

function same(a, b) {
  return a === b || (a !== a && b !== b);
}

function forth(x, y, from, to, sx, sy) {
  const parts = new Array(to - from);
  for (let i = from; i < to; i += 1) {
    parts[i - from] = `${written(sx(x[i]))} ${written(sy(y[i]))}`;
  }
  return parts.join("L");
}

function back(x, y, from, to, sx, sy) {
  const parts = new Array(to - from);
  for (let i = to - 1; i >= from; i -= 1) {
    parts[to - 1 - i] = `${written(sx(x[i]))} ${written(sy(y[i]))}`;
  }
  return parts.join("L");
}
