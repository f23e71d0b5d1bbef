/**
 * The records as the page works with them. They are carried packed (`payload_evidence.py`): periods in a
 * row as the first and their count, what is the same all along once, and of a place only what differs
 * from the first. Each is unpacked when it is asked for.
 */
import { labelsOf, spanOf } from "./calendar.js";
import { data } from "./data.js";

/** What is no record: of a time after it, or without a value. */
export const NO_RECORD = ["projected", "missing", "suppressed"];
const WITHOUT_VALUE = ["missing", "suppressed"];
const ROLLING = "12 months ending";

const packed = data.records;
const found = new Map();

/** Names of all series. */
export const SERIES_NAMES = Object.keys(packed);

/** A series: its words, and the record of its first place. */
export function seriesOf(name) {
  const { places, ...words } = packed[name];
  return { ...words, ...recordOf(name, Object.keys(places)[0]) };
}

/** The title of a series; of an unknown one, its name. */
export function seriesTitle(name) {
  return packed[name]?.title ?? name;
}

/** Places of a series, the country first. */
export function placesOf(name) {
  return Object.keys(packed[name].places);
}

/** A place by its name, several by theirs (`CN/US`); by its code, if it has none. */
export function placeName(place) {
  return data.places[place] ?? place.split("/").map((one) => data.places[one] ?? one).join(" and ");
}

/**
 * The record of a quantity in a place: `labels` of its periods, where they start (`x`) and are drawn
 * (`at`), values (`y`), an interval that was published (`low`, `high`, or null), and of each value its
 * source, vintage, status and note.
 */
export function recordOf(name, place) {
  const key = `${name} ${place}`;
  if (!found.has(key)) found.set(key, unpacked(name, place));
  return found.get(key);
}

/** The place of the newest value that is a record; -1 if there is none. */
export function newestOf({ labels, y, statuses }) {
  return labels.findLastIndex((_, i) => !NO_RECORD.includes(statuses[i]) && y[i] !== null);
}

/** Why there is no value, in words: the note if there is one, else the status. */
export function whyMissing({ notes, statuses }, i) {
  return WITHOUT_VALUE.includes(statuses[i]) ? notes[i] || data.statuses[statuses[i]] : "";
}

function unpacked(name, place) {
  const { places, unit, calendar } = packed[name];
  const first = Object.values(places)[0];
  const { p, y, low = null, high = null, s, v, t, n } = { ...first, ...places[place] };
  const labels = labelsOf(p);
  const spans = labels.map((label) => spanOf(calendar, label));
  const whole = (packedTexts) => spread(packedTexts ?? "", labels.length);
  const statuses = whole(t);
  const values = y ?? labels.map(() => null);
  const newest = statuses.findLastIndex((status) => !NO_RECORD.includes(status));
  return {
    name,
    place,
    unit,
    calendar,
    labels,
    x: spans.map(([start]) => start),
    at: spans.map(([start, end]) => (calendar === ROLLING ? end : (start + end) / 2)),
    y: values,
    low,
    high,
    sources: whole(s),
    vintages: whole(v),
    statuses,
    notes: whole(n),
    dataTo: newest < 0 ? NaN : spans[newest][0],
    newest: labels[newest] ?? "",
  };
}

/** A text for every value, from one that holds all along, or from stretches. */
function spread(texts, count) {
  if (typeof texts === "string") return new Array(count).fill(texts);
  return texts.flatMap(([text, times]) => new Array(times).fill(text));
}
