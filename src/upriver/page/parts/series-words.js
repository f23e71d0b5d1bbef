/** Words for records: units, calendars, groups, and how the model stands to them. */
import { seriesOf } from "../model/packed.js";
import { besideIn, scenario, systemOf } from "../model/scenario.js";

/** The country. */
export const HERE = "US";
export const ROLLING = "12 months ending";
const UNITS = {
  "people/year": "people a year",
  people: "people",
  provider: "providers",
  "kit/year": "kits a year",
  "Rx/year": "prescriptions a year",
  "MME/year": "milligrams of morphine equivalent a year",
  "Rx/person": "prescriptions a person",
  tonne: "tonnes",
  kg: "kilograms",
  lb: "pounds",
  pill: "pills",
  "mg/pill": "milligrams a pill",
  sample: "samples",
  report: "reports",
  event: "seizures",
  case: "cases",
  hectare: "hectares",
  "1/100k/year": "for 100,000 people in a year",
  "USD/kg": "dollars a kilogram",
  1: "share",
};
export const CALENDARS = {
  year: "one value for each calendar year",
  instant: "values at moments",
  month: "one value for each month",
  "12 months ending": "sums over twelve months, drawn at their end",
  quarter: "one value for each quarter",
  "half-year": "one value for each half-year",
  "fiscal year": "one value for each fiscal year, October to September",
};
const NOTES = {
  sums: "Each point is a calendar year, recorded and modelled alike. The model is that of today's scenario, with its 95 % interval.",
  rolling: "Each point is the sum of twelve months, drawn at their end. The model's is drawn for calendar years, at theirs: in December both sum the same months.",
  level: "Drawn at the start of each year, recorded and modelled alike. The model is that of today's scenario, with its 95 % interval.",
  driver: "No result of the model: it is given the record, and a projection after it.",
};

/** How the model stands to the record. What follows from prescribing alone is given, too. */
export function noteOf({ beside, group, calendar }, place) {
  if (beside && place !== HERE) return "The model is of the country as a whole, and has no counterpart of this place.";
  if (!beside) return "The model has no counterpart of this series.";
  const { kind: its } = besideIn(scenario.value, beside);
  const kind = calendar === ROLLING ? "rolling" : group === "prescribing" ? "driver" : its;
  return kind === "driver" ? NOTES.driver : `${NOTES[kind]} ${systemOf(scenario.value).fitted}`;
}

/** The unit of a series in words. */
export function unitText(name) {
  const { unit, group } = seriesOf(name);
  if (name === "heroin_price") return "1999 = 1";
  if (group === "deaths" && unit === "people/year") return "deaths a year";
  if (group === "deaths" && unit === "people") return "deaths";
  return UNITS[unit] ?? unit;
}
