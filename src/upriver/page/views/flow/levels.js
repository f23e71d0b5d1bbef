/** Numbers of the diagram of kilograms: each band in a calendar year, in words. */
import { interval, number } from "kit/format.js";
import { useLast } from "../../parts/last.js";
import { useSummary } from "../../model/summaries.js";
import { BANDS } from "./data.js";

const NOTHING = 0.05;

/** Newest readings of all bands in a year, by key: `{item, value, low, high}`; the last until all are there. */
export function useBands(year) {
  const found = BANDS.map(({ flows, less }) => useSummary({ run: "now", kind: "yearly", flows, less, at: year }).value);
  const all = found.every(Boolean) && new Map(BANDS.map((item, i) => {
    const { median: [value], low: [low], high: [high] } = found[i];
    return [item.key, { item, value, low, high }];
  }));
  return useLast(all);
}

/** Kilograms, to a tenth below a hundred; what is nearly nothing is 0. */
export function kg(value) {
  return Math.abs(value) < NOTHING ? "0" : number(value, decimals(value));
}

/** Both ends of an interval, alike. */
export function range({ low, high }) {
  const most = Math.max(Math.abs(low), Math.abs(high));
  return most < NOTHING ? "0" : interval(low, high, decimals(most));
}

function decimals(most) {
  return Math.abs(most) < 100 ? 1 : 0;
}

/** A number written out with its interval. */
export function inFull({ value, low, high }) {
  const text = `${kg(value)} kg a year`;
  if (high - low <= 1e-9 * Math.abs(high)) return `${text}, the same in all draws`;
  return `${text} (95 % interval ${range({ low, high })})`;
}

/** What a band is, as a sentence begins. */
export function sentence({ name }) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
