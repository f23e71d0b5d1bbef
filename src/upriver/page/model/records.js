/** The record: series as figures draw them, and how far each reaches. */
import { monthText } from "./calendar.js";
import { data } from "./data.js";
import { seriesOf } from "./packed.js";

/** A sum over a calendar year is drawn at its middle. */
export const MIDDLE = 0.5;

/** A recorded series as points; `shift` moves a calendar year to where it is drawn. */
export function recorded(name, label, shift = 0) {
  const { x, y, sources } = seriesOf(name);
  return { label, kind: "recorded", x: x.map((year) => year + shift), y, source: sources.at(-1) };
}

/** Sum of recorded series over the periods that all have. */
export function summed(names, label) {
  const parts = names.map((name) => seriesOf(name));
  const common = parts[0].x.filter((year) => parts.every(({ x }) => x.includes(year)));
  const y = common.map((year) => parts.reduce((sum, { x, y: values }) => sum + values[x.indexOf(year)], 0));
  return { label, kind: "recorded", x: common, y, source: parts[0].sources.at(-1) };
}

/** The value recorded for a period, or null. */
export function recordedAt(name, period) {
  const { x, y } = seriesOf(name);
  const i = x.indexOf(period);
  return i < 0 ? null : y[i];
}

/** The newest period of a series that is a record and no projection: a year, or a month in words. */
export function dataTo(name) {
  const { newest } = seriesOf(name);
  return /^\d{4}-\d\d$/.test(newest) ? monthText(newest) : newest;
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
