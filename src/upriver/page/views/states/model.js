/**
 * What the model says of each place, reckoned once with all levers as today: deaths by year, where a place
 * stands, what three measures avert. It is read when the view opens (`payload_states.py`).
 */
import { signal } from "vendor";
import { bytesOf85, data, unzipped } from "../../model/data.js";
import { recordOf } from "../../model/packed.js";
import { HERE } from "../../parts/series-words.js";
import { recordIn, residentsAt } from "./measure.js";

const { states } = data.told;
const EACH = 100_000;
const DECEMBER = /-12$/;

/** Deaths that are told, in words. */
export const QUANTITIES = { synthetic: "with synthetic opioids", any_opioid: "with any opioid" };

/** Which of them is shown. */
export const quantity = signal("synthetic");

/** All that is told, by place, once it is read. */
export const told = signal(null);

let asked = false;

/** Read it, once. */
export function read() {
  if (asked) return;
  asked = true;
  unzipped(bytesOf85(states.zipped)).then((buffer) => {
    const { places, codes, each, recorded } = JSON.parse(new TextDecoder().decode(buffer));
    told.value = new Map(places.map((place, i) => [place, { ...each[i], fans: codes[i].map(fan), recorded: i ? recorded[i - 1] : null }]));
  });
}

/** Low, median and high by year: medians from their steps, the others from how far they are from it. */
function fan(rows) {
  const [below, median, above] = rows.map((steps) => {
    let code = 0;
    return steps.map((step) => (code += step));
  });
  const value = (code) => Math.expm1(code * states.perCode);
  return { low: median.map((code, i) => value(code - below[i])), median: median.map(value), high: median.map((code, i) => value(code + above[i])) };
}

/** Years of the fans. */
export const YEARS = Array.from({ length: data.clock.lastYear - states.first }, (_, i) => states.first + i);

/** Residents of a place in the middle of a year. */
function residents(place, year) {
  return residentsAt(recordOf("residents", place), year + 0.5);
}

/** A number of deaths in a year as it is shown: as counted, or per 100,000 residents. */
export function shown(place, value, year, by) {
  return by === "rate" ? (EACH * value) / residents(place, year) : value;
}

/** Low, median and high of a place by year, in a measure. */
export function fanOf(place, name, by) {
  const found = told.value.get(place).fans[states.quantities.indexOf(name)];
  const each = (values) => values.map((value, i) => shown(place, value, YEARS[i], by));
  return { low: each(found.low), median: each(found.median), high: each(found.high) };
}

/** The same of one year. */
export function inYear(place, name, year, by) {
  const { low, median, high } = fanOf(place, name, by);
  const i = year - states.first;
  return { low: low[i], median: median[i], high: high[i] };
}

/** What was recorded in a year, or null. */
export function recordedIn(place, name, year, by) {
  if (name === "synthetic") {
    const { labels, y } = recordIn(place, by);
    return y[labels.findIndex((label) => DECEMBER.test(label) && label.startsWith(String(year)))] ?? null;
  }
  const value = anyOpioid(place)[year - states.first] ?? null;
  return value === null ? null : shown(place, value, year, by);
}

/** Recorded deaths with any opioid by year from the first on. */
export function anyOpioid(place) {
  if (place !== HERE) return told.value.get(place).recorded;
  const { labels, y } = recordOf("deaths_any_opioid", HERE);
  return YEARS.map((year) => y[labels.indexOf(String(year))] ?? null);
}

/** Where a place stands among the states in a year: `{median, low, high}`, 1 for the most deaths per person. */
export function rankOf(place, name, year) {
  const [median, low, high] = told.value.get(place).ranks[name][year];
  return { median, low, high };
}

/** States in the order of their rates in a year, the most first. */
export function inOrder(name, year) {
  const codes = [...told.value.keys()].filter((place) => place !== HERE);
  const rate = new Map(codes.map((place) => [place, inYear(place, name, year, "rate").median]));
  return codes.sort((a, b) => rate.get(b) - rate.get(a));
}

/** What each measure averts in a place: title, deaths and percent, each median, low, high. */
export function avertedIn(place) {
  return Object.entries(told.value.get(place).averted).map(([name, one]) => ({ name, title: states.scenarios[name], ...one }));
}
