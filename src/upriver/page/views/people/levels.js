/** Numbers of the diagram: each stock and flow at a moment, now and as today, in words. */
import { useRef } from "vendor";
import { brief as shortened, known } from "kit/format.js";
import { data } from "../../model/data.js";
import { useSummary } from "../../model/summaries.js";
import { ALL_DEATHS, AS_PRESCRIBED, FLOWS, STOCKS } from "./data.js";

/** Everything that can be pointed at, in the order in which arrow keys go through it. */
export const ITEMS = [
  ...STOCKS.flatMap((stock) => [
    ...stock.parts.map((part, i) => ({
      key: `${stock.key}.${i}`,
      stock,
      name: stock.parts.length > 1 ? `${stock.name}: ${part.name}` : stock.name,
      outputs: [part.output],
      unit: "people",
    })),
    ...FLOWS.filter(({ from, to }) => (from ?? to) === stock.key).map((flow) => ({ ...flow, unit: "people a year" })),
  ]),
  { key: "all_deaths", name: "All deaths from opioid overdose", outputs: [ALL_DEATHS], unit: "people a year", kind: "death" },
  {
    key: "as_prescribed",
    name: "Overdose deaths of people who take opioids as prescribed, who are in none of the boxes",
    outputs: [AS_PRESCRIBED],
    unit: "people a year",
    kind: "other",
  },
];

const PARTS = [...new Set(ITEMS.filter(({ outputs }) => outputs.length > 1).flatMap(({ outputs }) => outputs))];

/** Newest readings of all items at the start of a year; the last ones until all are there. */
export function useReadings(year) {
  const now = useMoments("now", year);
  return useLast(now && readings(now, null, null));
}

/** The same beside today: with what was, and what differs draw by draw. */
export function useReadingsBeside(year) {
  const [now, today] = [useMoments("now", year), useMoments("today", year)];
  const differing = ITEMS.map((item) => useMoment({ run: "now", against: "today" }, item.outputs, year));
  const ready = now && today && differing.every(Boolean);
  return useLast(ready ? readings(now, today, differing) : null);
}

/** Each item, and each output of those that are sums, by key or name; null until all are there. */
function useMoments(run, year) {
  const keys = [...ITEMS.map(({ key }) => key), ...PARTS];
  const found = [...ITEMS.map(({ outputs }) => outputs), ...PARTS.map((output) => [output])].map((outputs) =>
    useMoment({ run }, outputs, year));
  return found.every(Boolean) ? new Map(keys.map((key, i) => [key, found[i]])) : null;
}

function useMoment(runs, outputs, year) {
  const found = useSummary({ ...runs, kind: "moment", outputs, at: year }).value;
  return found && { value: found.median[0], low: found.low[0], high: found.high[0], draws: found.draws };
}

/** What was there last, so that a step of the year does not blank the drawing. */
function useLast(found) {
  const last = useRef(null);
  if (found) last.current = found;
  return last.current;
}

/** By key: `{item, value, low, high, parts}`, and beside today `before` and `difference`. */
function readings(now, today, differing) {
  return new Map(ITEMS.map((item, i) => [item.key, {
    item,
    ...now.get(item.key),
    parts: item.outputs.length > 1 ? item.outputs.map((output) => now.get(output)) : [now.get(item.key)],
    before: today ? today.get(item.key).value : null,
    difference: differing ? differing[i] : null,
  }]));
}

/** A number where room is scarce: of what it is, or of what differs from today. */
export function brief(reading) {
  return reading.difference === null ? shortened(whole(reading)[0]) : signs(reading.difference).map(shortSigned)[0];
}

function shortSigned(text) {
  return /[1-9]/.test(text) ? text.charAt(0) + shortened(text.slice(1)) : text;
}

/** People are counted in whole numbers, to what the draws can say: the middle, and both ends. */
export function whole({ value, low, high, draws }) {
  return known(value, low, high, draws, 0);
}

/** Both ends, as `2,400 to 12,100`. */
export function range(reading) {
  const [, from, to] = whole(reading);
  return `${from} to ${to}`;
}

/** What was as today, to the place of what is. */
export function asToday({ before, low, high, draws }) {
  return whole({ value: before, low, high, draws })[0];
}

/** A difference and its ends with their signs; a plain 0 where nothing differs. */
export function signs(difference) {
  return whole(difference).map((text) => {
    if (!/[1-9]/.test(text)) return "±0";
    return /^\d/.test(text) ? `+${text}` : text;
  });
}

/** A number written out with its interval. */
export function inFull(reading) {
  const [middle] = whole(reading);
  if (reading.high - reading.low <= 1e-9 * Math.abs(reading.high)) return `${middle}, the same in all draws`;
  return `${middle} (95 % interval ${range(reading)})`;
}

/** Whether sums over any period are counted as well, and not only what flows at a moment. */
export function isCounted({ outputs }) {
  return outputs.every((output) => data.engine.state.includes(`cumulative.${output}`));
}
