/**
 * The course of deaths with synthetic opioids in every state: when it was highest, where it stands, how
 * far it has come down. All from the record, as reported; sums over 12 months are never differenced.
 */
import { number } from "kit/format.js";
import { data } from "../../model/data.js";
import { monthShort, monthText } from "../../model/calendar.js";
import { newestOf, placeName, placesOf, recordOf, whyMissing } from "../../model/packed.js";
import { HERE } from "../../parts/series-words.js";

/** The record that the view is about. */
export const SERIES = "deaths_synthetic_12m";

/** States that peaked by this month are counted in the summary. */
const BY = "2022-12";

const CITY = "YC";
const REST = { NY: "New York without New York City" };

/** Classes of the scale: what each holds up to, as a label of a month or a fall in percent. */
const SCALES = {
  peak: ["2021-06", "2021-12", "2022-06", "2022-12", "2023-06", "2023-12", null],
  fall: [10, 20, 30, 40, 50, 60, null],
};

/**
 * All places in order of name: `{place, name, isState, record, peak, newest, fall, missing}`. Peak and
 * newest are `{i, label, value}`; of a place without any value both are null and `why` says why.
 */
export const PLACES = placesOf(SERIES)
  .filter((place) => place !== HERE)
  .map(told)
  .sort((a, b) => a.name.localeCompare(b.name));

/** The country's own. */
export const COUNTRY = told(HERE);

/** The states and DC with a value, and all of them. */
const STATES = PLACES.filter(({ isState }) => isState);
const KNOWN = STATES.filter(({ peak }) => peak);

/** Keys of the sources of places, each once. */
export function sourcesOf(places) {
  return [...new Set(places.flatMap(({ record }) => record.sources))];
}

/** Vintages of places in words. */
export function vintagesOf(places) {
  return [...new Set(places.flatMap(({ record }) => record.vintages))].join(", ");
}

/** A place by its code; the country by its own. */
export function placeOf(place) {
  return place === HERE ? COUNTRY : PLACES.find((one) => one.place === place);
}

/** The sentences above the map, counted from the record. */
export function summary() {
  const early = KNOWN.filter(({ peak }) => peak.label <= BY);
  const months = KNOWN.map(({ peak }) => peak.label).sort();
  const at = (label) => listed(KNOWN.filter(({ peak }) => peak.label === label).map(({ name }) => name));
  const [first, last] = [months[0], months.at(-1)];
  const states = KNOWN.filter(({ place }) => place !== "DC").length;
  const absent = STATES.filter(({ peak }) => !peak).map(({ name }) => name);
  return [
    `${early.length} of the ${states} states and DC peaked by ${monthText(BY)}, first ${at(first)} in ${monthText(first)}; the latest high so far is that of ${at(last)}, in ${monthText(last)}.`,
    `In the country as a whole the highest count was ${people(COUNTRY.peak.value)} deaths in the 12 months to ${monthText(COUNTRY.peak.label)}; in those to ${monthText(COUNTRY.newest.label)} it was ${people(COUNTRY.newest.value)}.`,
    absent.length ? `${listed(absent)}: no data, ${whyOf(absent)}.` : "",
  ].filter(Boolean);
}

/** What is read out of a place: peak, newest, and the fall between them. */
export function reading({ name, peak, newest, fall, why }) {
  if (!peak) return `${name}: no data, ${why}.`;
  const begin = `${name}: highest in the 12 months to ${monthText(peak.label)}, with ${people(peak.value)} deaths`;
  if (peak.label === newest.label) return `${begin}; nothing newer is recorded.`;
  return `${begin}; ${people(newest.value)} in those to ${monthText(newest.label)}, ${number(Math.abs(fall), 1)} % ${fall < 0 ? "more" : "fewer"}.`;
}

/** A count of people. */
export function people(count) {
  return number(count, 0);
}

/** The month or the fall of a place, in short. */
export function shortOf({ peak, fall }, by) {
  if (!peak) return "no data";
  return by === "fall" ? `${number(-fall, 1)} %` : monthShort(peak.label);
}

/** The class of a place on a scale, 0 for the earliest month or the smallest fall; -1 without a value. */
export function classOf({ peak, fall }, by) {
  if (!peak) return -1;
  const value = by === "fall" ? fall : peak.label;
  return SCALES[by].findIndex((end) => end === null || (by === "fall" ? value < end : value <= end));
}

/** What each class of a scale holds, in words. */
export function classTexts(by) {
  const ends = SCALES[by];
  return ends.map((end, i) => {
    if (end === null) return by === "fall" ? `${ends[i - 1]} % or more` : `after ${monthShort(ends[i - 1])}`;
    if (by === "fall") return i ? `${ends[i - 1]} to ${end} %` : `below ${end} %`;
    return `to ${monthShort(end)}`;
  });
}

/** Places by peak (the first to peak first), by fall (the largest first), or by name; without data last. */
export function sorted(by) {
  if (by === "name") return PLACES;
  const before = by === "fall" ? (a, b) => b.fall - a.fall : (a, b) => a.peak.label.localeCompare(b.peak.label);
  const known = PLACES.filter(({ peak }) => peak).sort((a, b) => before(a, b) || a.name.localeCompare(b.name));
  return [...known, ...PLACES.filter(({ peak }) => !peak)];
}

function told(place) {
  const record = recordOf(SERIES, place);
  const { labels, y } = record;
  const at = (i) => (i < 0 ? null : { i, label: labels[i], value: y[i] });
  const highest = y.reduce((best, value, i) => (value !== null && (best < 0 || value > y[best]) ? i : best), -1);
  const [peak, newest] = [at(highest), at(newestOf(record))];
  return {
    place,
    name: REST[place] && placesOf(SERIES).includes(CITY) ? REST[place] : placeName(place),
    isState: data.states.includes(place),
    record,
    peak,
    newest,
    fall: peak && 100 * (1 - newest.value / peak.value),
    missing: y.filter((value) => value === null).length,
    why: peak ? "" : whyMissing(record, 0),
  };
}

function whyOf(names) {
  return [...new Set(PLACES.filter(({ name }) => names.includes(name)).map(({ why }) => why))].join(", or ");
}

function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
