/**
 * In what deaths are told: per 100,000 residents, which lets states be compared, or counted.
 *
 * A rate is a count over the residents in the middle of its twelve months, between the two Julys beside it.
 */
import { signal } from "vendor";
import { number } from "kit/format.js";
import { placesOf, recordOf } from "../../model/packed.js";

/** The record that the view is about, and that of residents. */
export const SERIES = "deaths_synthetic_12m";
const RESIDENTS = "residents";

const STATE = "NY";
const CITY = "YC";
const EACH = 100_000;
const HALF = 0.5;

export const MEASURES = { rate: "per 100,000 people", count: "as counted" };

/** The measure that is shown. */
export const measure = signal("rate");

/** What is counted, with its unit: `37.6 deaths per 100,000 people`, `4,420 deaths`. */
export function amountText(value, by = measure.value) {
  return `${amount(value, by)} deaths${by === "rate" ? ` ${MEASURES.rate}` : ""}`;
}

/** What is counted, as a number. */
export function amount(value, by = measure.value) {
  return number(value, by === "rate" ? 1 : 0);
}

/** The record of a place in a measure. New York is the whole state: the publisher parts the city from the rest. */
export function recordIn(place, by) {
  const counts = place === STATE ? together(recordOf(SERIES, STATE), recordOf(SERIES, CITY)) : recordOf(SERIES, place);
  return by === "rate" ? rated(counts) : counts;
}

function together(one, other) {
  return {
    ...one,
    y: one.y.map((value, i) => (value === null || other.y[i] === null ? null : value + other.y[i])),
    statuses: one.statuses.map((status, i) => (one.y[i] === null ? status : other.y[i] === null ? other.statuses[i] : "computed")),
    notes: one.notes.map((note, i) => note || other.notes[i]),
  };
}

function rated(record) {
  const unit = "1/100k/year";
  const name = `${record.name} / ${RESIDENTS}`;
  if (!placesOf(RESIDENTS).includes(record.place)) {
    const all = (text) => record.labels.map(() => text);
    return { ...record, name, unit, y: all(null), statuses: all("missing"), notes: all("its residents are not in the record") };
  }
  const residents = recordOf(RESIDENTS, record.place);
  const from = residents.sources[0];
  return {
    ...record,
    name,
    unit,
    y: record.y.map((value, i) => (value === null ? null : (EACH * value) / residentsAt(residents, record.at[i] - HALF))),
    sources: record.sources.map((source) => `${source}; ${from}`),
    vintages: record.vintages.map((vintage) => `${vintage}; residents ${residents.vintages[0]}`),
    statuses: record.statuses.map((status, i) => (record.y[i] === null ? status : "computed")),
  };
}

/** Residents at a moment, on a straight line from July to July; before the first and after the last, theirs. */
export function residentsAt({ x, y }, moment) {
  const at = Math.min(Math.max(moment - HALF - x[0], 0), x.length - 1);
  const i = Math.min(Math.floor(at), x.length - 2);
  return y[i] + (at - i) * (y[i + 1] - y[i]);
}
