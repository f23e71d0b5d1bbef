/**
 * Where everything of a chart stands, but for the curves: what stays while numbers move.
 */
import { enclosing, scale, tickTexts, yearTicks } from "./scales.js";
import { LINE, textWidth, wrap } from "./text.js";

export const INTERVAL = "95 % interval";
export const PROJECTION = "projection begins";
export const LABEL_LINE = 15;

const NARROW = 480;
const INSET = 5;
const MOST_AT_END = 6;

/** Height of the plot, if the caller names none. */
export function plotHeight(height, width, compact) {
  return height ?? (compact ? 140 : width < NARROW ? 236 : 272);
}

/** How many intervals the vertical axis is to have, about. */
export function ticksWanted(height) {
  return height < 110 ? 2 : height < 200 ? 3 : height < 250 ? 4 : 5;
}

/** Lines that reach the right edge and so can carry their name there. */
export function atRightEdge(drawn, first, last) {
  const edge = last - 0.04 * (last - first);
  return drawn.filter(({ isLine, x, y }) => {
    if (!isLine) return false;
    for (let i = x.length - 1; i >= 0 && x[i] >= edge; i -= 1) if (y[i] === y[i]) return true;
    return false;
  });
}

/**
 * The frame of a chart of a width: scales, ticks, legend, names at the right, words above.
 *
 * `named` are the series in order, each `{label, look, isLine, reaches, banded}`.
 */
export function frameOf({ width, plot, compact, range, years, unit, projection, interval, named }) {
  const narrow = width < NARROW;
  const values = enclosing(range[0], range[1], ticksWanted(plot)).filter(
    (value) => value >= range[0] - 1e-9 && value <= range[1] + 1e-9,
  );
  const texts = tickTexts(values, compact || width < 340);
  const left = Math.ceil(8 + Math.max(...texts.map((text) => textWidth(text))));
  const ends = namesAtEnd(named, width, plot);
  const right = ends.length ? 20 + Math.max(...ends.map((end) => end.width)) : 16;

  const listed = named.filter((_, index) => !ends.some((end) => end.index === index));
  const entries = compact && named.length < 2 ? [] : listed;
  const banded = !compact && named.some((one) => one.banded);
  const { items, height: legend } = legendOf(entries, banded ? interval : null, width);
  const inside = projection != null && projection > years[0] && projection < years[1];
  const x = scale(years[0], years[1], left + INSET, width - right - (ends.length ? 0 : INSET));
  const words = wrap(unit, width - 8, 2);
  const begins = inside && !compact ? beginning(x(projection), left, width, words) : null;
  const rows = words.length + (begins?.ownRow ? 1 : 0);
  const top = Math.round(legend + LINE * rows + (rows ? 12 : 8));
  const y = scale(range[0], range[1], top + plot, top);
  return {
    width, narrow, compact, left, right: width - right, top, bottom: top + plot,
    height: top + plot + 26, x, y, values, texts, ends, items, words, legend,
    projection: inside ? projection : null, begins, interval,
    years: yearTicks(years[0], years[1], Math.min(9, Math.max(2, Math.floor((width - left) / 52)))),
  };
}

/** Names that lines carry at their right end; none where they would not fit. */
function namesAtEnd(named, width, plot) {
  const reach = named.map((one, index) => ({ ...one, index })).filter((one) => one.reaches);
  const lines = named.filter((one) => one.isLine);
  if (width < NARROW || !reach.length || reach.length > MOST_AT_END) return [];
  if (reach.length < lines.length && lines.length > MOST_AT_END) return [];
  const room = Math.min(168, width * 0.24);
  const ends = reach.map(({ index, label, look }) => {
    const rows = wrap(label, room);
    const widest = Math.max(...rows.map((row) => textWidth(row)));
    return { index, look, rows, width: widest, height: rows.length * LABEL_LINE + 3 };
  });
  const needed = ends.reduce((sum, end) => sum + end.height, 0);
  return needed > plot + 18 ? [] : ends;
}

/** Entries of the legend in rows, and the height that they take. */
function legendOf(entries, interval, width) {
  const all = entries.map(({ label, look }) => ({ label, look }));
  if (interval) all.push({ label: `shaded: ${interval}`, look: null });
  const items = [];
  let [across, down, deepest] = [0, 0, 1];
  for (const { label, look } of all) {
    const rows = wrap(label, width - 40, 2);
    const takes = (look?.marker ? 18 : 34) + Math.max(0, ...rows.map((row) => textWidth(row)));
    if (across && across + takes > width) {
      [across, down, deepest] = [0, down + LINE * deepest + 4, 1];
    }
    items.push({ look, rows, x: Math.round(across), y: down });
    across += takes + 18;
    deepest = Math.max(deepest, rows.length);
  }
  return { items, height: all.length ? down + LINE * deepest + 9 : 0 };
}

/** Where 'projection begins' stands: beside the unit if both fit in one row, else below it. */
function beginning(at, left, width, words) {
  const half = textWidth(PROJECTION) / 2;
  const middle = Math.min(Math.max(at, half + 2), width - half - 2);
  const unit = words.length ? textWidth(words.at(-1)) : 0;
  return { middle, ownRow: words.length > 0 && middle - half < unit + 14 };
}
