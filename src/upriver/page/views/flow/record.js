/** What the border seized on record, by federal fiscal year and corridor: gross weight, in kilograms. */
import { recordOf, seriesOf } from "../../model/packed.js";
import { points } from "../../model/records.js";

/** Kilograms in a pound. */
export const POUND = 0.45359237;

const FISCAL = "seized_fentanyl_fiscal";
const MONTHLY = "seized_fentanyl";
const MONTHS = 12;

/** Places of the record, by the corridors of the model that they stand beside. */
export const CORRIDORS = [
  { key: "ports", name: "Southwest ports of entry", routes: ["ports"], places: ["US:southwest/OFO"] },
  { key: "between", name: "Southwest, between ports", routes: ["between"], places: ["US:southwest/USBP"] },
  {
    key: "elsewhere",
    name: "Mail, coast and air, and all else",
    routes: ["mail", "coastal"],
    places: ["US:northern/OFO", "US:northern/USBP", "US:interior/OFO", "US:interior/USBP"],
  },
];

/** Recorded weight by fiscal year as points of a figure, in kilograms. */
export function recordedByYear() {
  const record = seriesOf(FISCAL);
  const line = points(record, "recorded", record.at);
  return { ...line, y: record.y.map((lb) => lb * POUND), of: { ...line.of, name: `${FISCAL} in kg`, unit: "kg", notes: record.y.map(() => "turned from pounds") } };
}

/** Who recorded it, and of when: keys of the sources and vintages of a fiscal year and its months. */
export function recordOrigin() {
  const both = [seriesOf(FISCAL), seriesOf(MONTHLY)];
  const once = (field) => [...new Set(both.flatMap((record) => record[field]))];
  return { sources: once("sources"), vintages: once("vintages") };
}

/** Fiscal years that are on record whole. */
export function yearsOnRecord() {
  return seriesOf(FISCAL).labels.map((label) => Number(label.slice(2)));
}

/** Weight recorded in a fiscal year [kg]; null where there is none. */
export function recordedIn(year) {
  const { labels, y } = seriesOf(FISCAL);
  const i = labels.indexOf(`FY${year}`);
  return i < 0 ? null : y[i] * POUND;
}

/** Share of each corridor in the weight recorded in a fiscal year, by key; null where there is none. */
export function recordedShares(year) {
  const weights = CORRIDORS.map(({ places }) => places.reduce((sum, place) => sum + weightOf(place, year), 0));
  const total = weights.reduce((sum, one) => sum + one, 0);
  if (!(total > 0) || recordedIn(year) === null) return null;
  return new Map(CORRIDORS.map(({ key }, i) => [key, weights[i] / total]));
}

/** Months of a fiscal year at a place added up [lb]; NaN if a month is without a value. */
function weightOf(place, year) {
  const { labels, y } = recordOf(MONTHLY, place);
  const months = Array.from({ length: MONTHS }, (_, i) => (i < 3 ? `${year - 1}-${i + 10}` : `${year}-${String(i - 2).padStart(2, "0")}`));
  return months.reduce((sum, month) => sum + (y[labels.indexOf(month)] ?? NaN), 0);
}
