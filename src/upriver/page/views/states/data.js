/**
 * The course of deaths with synthetic opioids in every state: when most people died, where it stands, how
 * far it has come down. All from the record, as reported; sums over 12 months are never differenced.
 */
import { number } from "kit/format.js";
import { data } from "../../model/data.js";
import { monthShort, monthText } from "../../model/calendar.js";
import { newestOf, placeName, placesOf, whyMissing } from "../../model/packed.js";
import { HERE } from "../../parts/series-words.js";
import { SERIES, amount, amountText, measure, recordIn } from "./measure.js";

/** States that peaked by this month are counted in the summary. */
const BY = "2022-12";

/** Classes of the scales: what each holds up to, as an amount, a label of a month or a fall in percent. */
const SCALES = {
  rate: [5, 10, 15, 20, 25, 30, null],
  count: [100, 250, 500, 1000, 1500, 2500, null],
  peak: ["2021-06", "2021-12", "2022-06", "2022-12", "2023-06", "2023-12", null],
  fall: [10, 20, 30, 40, 50, 60, null],
};
const found = {};

/**
 * All places in order of name: `{place, name, isState, record, peak, newest, fall, missing}`, in the
 * measure that is shown. Peak and newest are `{i, label, value}`; the peak is that of the count, since
 * counts of residents are revised in steps. Of a place without any value both are null and `why` says why.
 */
export function places(by = measure.value) {
  return known(by).places;
}

/** The country's own. */
export function country(by = measure.value) {
  return known(by).country;
}

/** The height of all curves, where they can be compared; null where each has its own. */
export function commonTop() {
  return measure.value === "rate" ? known("rate").top : null;
}

function known(by) {
  if (!found[by]) {
    const all = placesOf(SERIES).filter((place) => place !== HERE).map((place) => told(place, by));
    const top = Math.max(...all.flatMap(({ record }) => record.y.filter((value) => value !== null)));
    found[by] = { places: all.sort((a, b) => a.name.localeCompare(b.name)), country: told(HERE, by), top };
  }
  return found[by];
}

/** Keys of the sources of places, each once. */
export function sourcesOf(some) {
  return [...new Set(some.flatMap(({ record }) => record.sources.flatMap((keys) => keys.split("; "))))];
}

/** Vintages of places in words. */
export function vintagesOf(some) {
  return [...new Set(some.flatMap(({ record }) => record.vintages))].join(", ");
}

/** A place by its code; the country by its own. */
export function placeOf(place) {
  return place === HERE ? country() : places().find((one) => one.place === place);
}

/** The sentences above the map, counted from the record: how it stands, how it came, what is held otherwise. */
export function summary() {
  const { peak, newest } = country();
  const here = places().filter((one) => one.isState && one.peak);
  const now = here.filter((one) => one.newest.label === newest.label).sort((a, b) => b.newest.value - a.newest.value);
  const early = here.filter((one) => one.peak.label <= BY);
  const first = here.map((one) => one.peak.label).sort()[0];
  const late = [...new Set(here.map((one) => one.newest.label))].filter((label) => label < newest.label).sort();
  const firsts = here.filter((one) => one.peak.label === first);
  const ended = (label) => `of ${monthText(label)} in ${listed(here.filter((one) => one.newest.label === label).map(({ name }) => name))}`;
  return [
    `${measure.value === "rate" ? `Of every 100,000 people, ${amount(newest.value)}` : `${amount(newest.value)} people`} died of an overdose with a synthetic opioid in the 12 months to ${monthText(newest.label)}: most in ${standing(now[0])}, fewest in ${standing(now.at(-1))}.`,
    `At the height, in the 12 months to ${monthText(peak.label)}, it was ${amount(peak.value)}. ${early.length} of the 50 states and DC peaked by ${monthText(BY)}, first ${listed(firsts.map(({ name }) => name))} in ${monthText(first)}.`,
    late.length ? `The newest value is older in some: ${late.map(ended).join("; ")}.` : "",
  ].filter(Boolean);
}

function standing({ name, newest }) {
  return `${name} (${amount(newest.value)})`;
}

/** What is read out of a place: peak, newest, and the fall between them. */
export function reading({ name, peak, newest, fall, why }) {
  if (!peak) return `${name}: no data, ${why}.`;
  const begin = `${name}: most people died in the 12 months to ${monthText(peak.label)}, ${amountText(peak.value)}`;
  if (peak.label === newest.label) return `${begin}; nothing newer is recorded.`;
  return `${begin}; ${amount(newest.value)} in those to ${monthText(newest.label)}, ${number(Math.abs(fall), 0)} % ${fall < 0 ? "more" : "fewer"}.`;
}

/** What stands on the map of a place: how it is now, the month of the peak, or the fall since, in short. */
export function shortOf({ peak, newest, fall }, by) {
  if (!peak) return "no data";
  if (by === "now") return amount(newest.value);
  return by === "fall" ? `${number(-fall, 0)} %` : monthShort(peak.label);
}

/** The class of a place on a scale, 0 for the least or the earliest; -1 without a value. */
export function classOf({ peak, newest, fall }, by) {
  if (!peak) return -1;
  const value = { now: newest.value, peak: peak.label, fall }[by];
  return scaleOf(by).findIndex((end) => end === null || (by === "peak" ? value <= end : value < end));
}

/** What each class of a scale holds, in words. */
export function classTexts(by) {
  const ends = scaleOf(by);
  const unit = by === "fall" ? " %" : "";
  const said = (end) => (by === "peak" ? monthShort(end) : number(end, 0));
  return ends.map((end, i) => {
    if (by === "peak") return end === null ? `after ${said(ends[i - 1])}` : `to ${said(end)}`;
    if (end === null) return `${said(ends[i - 1])}${unit} or more`;
    return i ? `${said(ends[i - 1])} to ${said(end)}${unit}` : `below ${said(end)}${unit}`;
  });
}

function scaleOf(by) {
  return SCALES[by === "now" ? measure.value : by];
}

const BEFORE = {
  now: (a, b) => b.newest.value - a.newest.value,
  fall: (a, b) => b.fall - a.fall,
  peak: (a, b) => a.peak.label.localeCompare(b.peak.label),
};

/** Places by how they stand (the highest first), by peak (the earliest), by fall (the largest), or by name; without data last. */
export function sorted(by) {
  const all = places();
  if (by === "name") return all;
  const having = all.filter(({ peak }) => peak).sort((a, b) => BEFORE[by](a, b) || a.name.localeCompare(b.name));
  return [...having, ...all.filter(({ peak }) => !peak)];
}

function told(place, by) {
  const [record, counts] = [recordIn(place, by), recordIn(place, "count").y];
  const { labels, y } = record;
  const at = (i) => (i < 0 || y[i] === null ? null : { i, label: labels[i], value: y[i] });
  const highest = counts.reduce((best, value, i) => (value !== null && (best < 0 || value > counts[best]) ? i : best), -1);
  const [peak, newest] = [at(highest), at(newestOf(record))];
  return {
    place,
    name: placeName(place),
    isState: data.states.includes(place),
    record,
    peak,
    newest,
    fall: peak && 100 * (1 - newest.value / peak.value),
    missing: y.filter((value) => value === null).length,
    why: peak ? "" : whyMissing(record, 0),
  };
}

function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
