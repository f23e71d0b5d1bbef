/** What the border seized on record, by federal fiscal year and corridor: gross weight, in kilograms. */
import { recordOf, seriesOf } from "../model/packed.js";

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
  const { at, y, sources, newest } = seriesOf(FISCAL);
  return { series: { label: "recorded", kind: "recorded", x: at, y: y.map((lb) => lb * POUND), source: sources.at(-1) }, newest };
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
  if (!total || recordedIn(year) === null) return null;
  return new Map(CORRIDORS.map(({ key }, i) => [key, weights[i] / total]));
}

/** Months of a fiscal year at a place added up [lb]; a month without a value counts as none. */
function weightOf(place, year) {
  const { labels, y } = recordOf(MONTHLY, place);
  const months = Array.from({ length: MONTHS }, (_, i) => (i < 3 ? `${year - 1}-${i + 10}` : `${year}-${String(i - 2).padStart(2, "0")}`));
  return months.reduce((sum, month) => sum + (y[labels.indexOf(month)] ?? 0), 0);
}
