/**
 * What a figure says: its columns in order, its years, its reach, its sources, its words.
 *
 * A figure is plain data, the fields of Python's `Figure` and `Series`. A missing number is null
 * or NaN and never a zero.
 */
import { number, year } from "./format.js";

const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const MOST_STOPS = 60;

/** Columns of a series: `low` and `high` are its interval, `innerLow` and `innerHigh` a narrower one. */
export const NAMES = ["x", "y", "low", "high", "innerLow", "innerHigh"];

const sorted = new WeakMap();

/**
 * A series' x, y, low and high, and the interval inside, as doubles of one length, in order of x; `order`, where
 * each stood, or null.
 */
export function columns(series) {
  let found = sorted.get(series);
  if (!found) {
    found = inOrder(series);
    sorted.set(series, found);
  }
  return found;
}

/** The first and the last year with a value, and the lowest and highest of all numbers. */
export function extent(drawn, fromZero) {
  let [first, last, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { series, x, y, low: lows, high: highs } of drawn) {
    for (let i = 0; i < x.length; i += 1) {
      const value = y[i];
      if (value === value && x[i] === x[i]) {
        if (x[i] < first) first = x[i];
        if (x[i] > last) last = x[i];
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (!series.unshaded && lows[i] < low) low = lows[i];
      if (!series.unshaded && highs[i] > high) high = highs[i];
    }
  }
  if (first > last) return { first: 2000, last: 2001, low: 0, high: 1, empty: true };
  if (last - first < 0.5) [first, last] = [first - 0.5, last + 0.5];
  if (fromZero) [low, high] = [Math.min(0, low), Math.max(0, high)];
  return { first, last, low, high, empty: false };
}

/** Indices of the points to show: the first of every calendar year, and the last; or all. */
export function kept(x, y, every = "year") {
  const known = [];
  for (let i = 0; i < x.length; i += 1) if (x[i] === x[i] && y[i] === y[i]) known.push(i);
  if (every === "point" || !known.length) return known;
  const first = new Map();
  for (const i of known) {
    const whole = Math.floor(x[i] + 1e-9);
    if (!first.has(whole)) first.set(whole, i);
  }
  return [...new Set([...first.values(), known.at(-1)])];
}

/** The moments at which a reader stops: every one of few, else one a year as in the table. */
export function stops(drawn) {
  const all = moments(drawn, "point");
  return all.length <= MOST_STOPS ? all : moments(drawn, "year");
}

/** Moments of all series, each once, in order. */
export function moments(drawn, every) {
  const found = new Set();
  for (const { x, y } of drawn) for (const i of kept(x, y, every)) found.add(rounded(x[i]));
  return [...found].sort((a, b) => a - b);
}

/** A moment to four decimals, so that two series meet at it. */
export function rounded(x) {
  return Math.round(x * 1e4) / 1e4;
}

/** How a moment is written: the year alone if every point stands for a calendar year. */
export function momentText(drawn) {
  const whole = drawn.every(({ x, y }) => {
    for (let i = 0; i < x.length; i += 1) {
      if (x[i] === x[i] && y[i] === y[i] && Math.abs((x[i] % 1) - 0.5) > 1e-6) return false;
    }
    return true;
  });
  return whole ? (x) => String(Math.floor(x)) : year;
}

/** Where the value at a moment stands in a series, or -1. */
export function indexAt(x, moment) {
  let [a, b] = [0, x.length];
  while (a < b) {
    const middle = (a + b) >> 1;
    if (x[middle] < moment - 5e-5) a = middle + 1;
    else b = middle;
  }
  return a < x.length && Math.abs(x[a] - moment) <= 1e-4 ? a : -1;
}

/** The date that the figure's records reach: as stated, else their last year, else null. */
export function dataTo(figure) {
  const stated = figure.dataTo;
  if (stated !== null && stated !== undefined) {
    return typeof stated === "string" ? stated : year(stated);
  }
  let end = -Infinity;
  for (const series of figure.series) {
    if (series.kind !== "recorded") continue;
    const { x, y } = columns(series);
    for (const i of kept(x, y, "point")) end = Math.max(end, x[i]);
  }
  return end === -Infinity ? null : String(Math.floor(end));
}

/**
 * Keys of every source of the figure and its series, each once, in order.
 *
 * A recorded series without a source of its own is cited by those of its values.
 */
export function sourcesOf(figure) {
  const cited = figure.series.flatMap(({ source, kind, origin }) => {
    if (source) return [source];
    if (kind !== "recorded") return [];
    return [origin?.source ?? ""].flat().flatMap((text) => text.split("; "));
  });
  return [...new Set([...(figure.sources ?? []), ...cited].filter(Boolean))];
}

/** The figure in words, for whoever cannot see it: each series' first and last value. */
export function describe(figure) {
  const parts = [figure.question ?? ""];
  for (const series of figure.series) {
    const { x, y } = columns(series);
    const known = kept(x, y, "point");
    if (!known.length) continue;
    const [a, b] = [known[0], known.at(-1)];
    parts.push(
      `${series.label} (${series.kind}): ${number(y[a])} in ${year(x[a])},` +
        ` ${number(y[b])} in ${year(x[b])}.`,
    );
  }
  return [...parts, `Unit: ${figure.unit}.`].join(" ");
}

/** Text as an HTML id: letters, digits and hyphens. */
export function slug(text) {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "item";
}

/** Text on one line, as Python's `" ".join(text.split())`. */
export function oneLine(text) {
  return text.split(SPACE).filter(Boolean).join(" ");
}

function inOrder(series) {
  const n = series.x.length;
  const given = NAMES.map((name) => doubles(series[name], n));
  const [x] = given;
  let ordered = true;
  for (let i = 1; i < n && ordered; i += 1) ordered = x[i] >= x[i - 1];
  const order = ordered ? null : Array.from(x.keys()).sort((a, b) => before(x[a], x[b]) || a - b);
  const taken = order ? given.map((values) => Float64Array.from(order, (i) => values[i])) : given;
  return { ...Object.fromEntries(NAMES.map((name, i) => [name, taken[i]])), order };
}

/** What is not known comes last. */
function before(a, b) {
  if (a !== a || b !== b) return (a !== a) - (b !== b);
  return a - b;
}

function doubles(values, n) {
  const found = new Float64Array(n).fill(NaN);
  if (values) for (let i = 0; i < n; i += 1) if (Number.isFinite(values[i])) found[i] = values[i];
  return found;
}
