/** Numbers of the diagram of kilograms: each band in a calendar year, in words. */
import { known } from "kit/format.js";
import { useLast } from "../../parts/last.js";
import { useSummary } from "../../model/summaries.js";
import { BANDS } from "./data.js";

const NOTHING = 0.05;

/** Newest readings of all bands in a year, by key: `{item, value, low, high, draws}`; the last until all are there. */
export function useBands(year) {
  const found = BANDS.map(({ flows, less }) => useSummary({ run: "now", kind: "yearly", flows, less, at: year }).value);
  const all = found.every(Boolean) && new Map(BANDS.map((item, i) => {
    const { median: [value], low: [low], high: [high], draws } = found[i];
    return [item.key, { item, value, low, high, draws }];
  }));
  return useLast(all);
}

/** Kilograms, in words of no more digits than the draws can say; what is nearly nothing is 0. */
export function kg(reading) {
  return Math.abs(reading.value) < NOTHING ? "0" : told(reading)[0];
}

/** Both ends of an interval, alike. */
export function range(reading) {
  const [, from, to] = told(reading);
  return Math.max(Math.abs(reading.low), Math.abs(reading.high)) < NOTHING ? "0" : `${from} to ${to}`;
}

function told({ value, low, high, draws }) {
  return known(value, low, high, draws, 1);
}

/** A number written out with its interval. */
export function inFull(reading) {
  const text = `${kg(reading)} kg a year`;
  if (reading.high - reading.low <= 1e-9 * Math.abs(reading.high)) return `${text}, the same in all draws`;
  return `${text} (95 % interval ${range(reading)})`;
}

/** What a band is, as a sentence begins. */
export function sentence({ name }) {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
