/** The record: series as figures draw them, and how far each reaches. */
import { monthText } from "./calendar.js";
import { data } from "./data.js";
import { NO_RECORD, seriesOf } from "./packed.js";

/** A sum over a calendar year is drawn at its middle. */
export const MIDDLE = 0.5;

/** A record as points at `x`, with the interval that was published; `of` holds where each is from. */
export function points(record, label, x) {
  const { name, place, unit, calendar, labels, y, low, high, sources, vintages, statuses, notes } = record;
  const of = { name, place, unit, calendar, labels, sources, vintages, statuses, notes };
  return { label, kind: "recorded", x, y, ...(low && { low, high }), of };
}

/** A recorded series as points; `shift` moves a calendar year to where it is drawn. */
export function recorded(name, label, shift = 0) {
  const record = seriesOf(name);
  return points(record, label, record.x.map((year) => year + shift));
}

/** The points of a line that are to be kept, by their place in it. */
export function only(line, keep) {
  const some = (values) => (Array.isArray(values) ? values.filter((_, i) => keep(i)) : values);
  const each = (fields) => Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, some(values)]));
  return { ...each(line), of: each(line.of) };
}

/** Sum of recorded series over the periods that all have: worked out, from the sources of all. */
export function summed(names, label) {
  const parts = names.map((name) => seriesOf(name));
  const common = parts[0].x.filter((year) => parts.every(({ x }) => x.includes(year)));
  const each = (field) => common.map((year) => parts.map((part) => part[field][part.x.indexOf(year)]));
  const joined = (field) => each(field).map((texts) => [...new Set(texts)].join("; "));
  const y = each("y").map((values) => values.reduce((sum, value) => sum + value, 0));
  const first = only(points(parts[0], label, parts[0].x), (i) => common.includes(parts[0].x[i]));
  const worked = {
    name: names.join(" + "),
    sources: joined("sources"),
    vintages: joined("vintages"),
    statuses: common.map(() => "computed"),
    notes: common.map(() => "a sum"),
  };
  return { label, kind: "recorded", x: common, y, of: { ...first.of, ...worked } };
}

/** The newest period of recorded lines that is no projection, in words; null without one. */
export function reachOf(lines) {
  let [end, newest] = [-Infinity, null];
  for (const { x, of } of lines) {
    const i = of.statuses.findLastIndex((status) => !NO_RECORD.includes(status));
    if (i >= 0 && x[i] > end) [end, newest] = [x[i], of.labels[i]];
  }
  return newest && periodText(newest);
}

/** Of which periods deaths are recorded as rounded, in words; empty if there are none. */
export function roundedIn(name) {
  const { labels, statuses } = seriesOf(name);
  const found = labels.filter((_, i) => statuses[i] === "rounded");
  return found.length ? ` Recorded deaths of ${found.join(", ")} are rounded to a thousand.` : "";
}

/** The newest period of a series that is a record and no projection: a year, or a month in words. */
export function dataTo(name) {
  return periodText(seriesOf(name).newest);
}

/** A source in short, with its address, as figures name it; an unknown key as it is. */
export function sourceText(key) {
  const { short, url } = data.references[key] ?? { short: key, url: "" };
  return { text: short, url };
}

/** A source in full, with its address. */
export function citation(key) {
  return data.references[key] ?? { text: key, url: "" };
}

function periodText(label) {
  return /^\d{4}-\d\d$/.test(label) ? monthText(label) : label;
}
