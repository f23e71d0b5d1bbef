/** Dated acts between the United States and China, India and Mexico, and what the model makes of each. */
import { dateText, spanOf } from "../../model/calendar.js";
import { data } from "../../model/data.js";
import { placeName } from "../../model/packed.js";
import { ACTS } from "../../parts/series-acts.js";

/** Lanes from the top: name, places of the record, and the country of the model. */
export const LANES = [
  { key: "china", name: "China", places: ["CN", "CN/US"] },
  { key: "india", name: "India", places: ["IN/US"] },
  { key: "mexico", name: "Mexico", places: ["MX", "MX/US", "North America"] },
  { key: "us", name: "United States", places: ["US"] },
];

const OF_THE_US = ["tariff", "order", "law"];
const SAME_TIME = 0.05;
const MONTH_IN_DATE = 2;

/** Acts in order of time, each with its lane, when it was (`at`), and the knots of the model that it moves. */
export const EVENTS = withKnots(ACTS.flatMap((act) => {
  const lane = LANES.find(({ places }) => places.includes(act.place));
  if (!lane || (lane.key === "us" && !OF_THE_US.includes(act.kind))) return [];
  return [{ ...act, lane: lane.key, at: timeOf(act.date) }];
}).toSorted((one, other) => one.at - other.at));

/** Knots that no act on record stands beside, so that none is hidden. */
export const OTHER_KNOTS = data.diplomacy.knots.filter((knot) => !EVENTS.some(({ knots }) => knots.includes(knot)));

/** What happened, on one line. */
export function eventText({ date, place, what }) {
  return `${dateText(date)}, ${placeName(place)}: ${what}`;
}

/** What the model makes of an act. */
export function knotText({ knots }) {
  if (!knots.length) return "The model gives it no weight of its own.";
  return `In the model, by judgement: ${knots.map(levelText).join("; ")}.`;
}

/** What a knot sets, in words. */
export function levelText({ what, country, value, note }) {
  const { name } = LANES.find(({ key }) => key === country);
  const text = what === "relations" ? `relations with ${name} at ${value}` : `effort that ${name} makes by itself at ${value}`;
  return note ? `${text} (${note})` : text;
}

/** Each knot goes to one act of about its time: that of the same source, else the nearest in its country. */
function withKnots(events) {
  const found = new Map(events.map((event) => [event, []]));
  for (const knot of data.diplomacy.knots) {
    const near = ({ at }) => Math.abs(knot.year - at);
    const close = events.filter((event) => near(event) <= SAME_TIME).toSorted((one, other) => near(one) - near(other));
    const same = close.find(({ source, lane }) => source === knot.source && [knot.country, "us"].includes(lane));
    const act = same ?? close.find(({ lane }) => lane === knot.country);
    if (act) found.get(act).push(knot);
  }
  return events.map((event) => ({ ...event, knots: found.get(event) }));
}

/** When an act was, as a year; of a month or a year alone, its middle. */
function timeOf(date) {
  const parts = date.split("-").length;
  const [start, end] = spanOf(parts > MONTH_IN_DATE ? "instant" : parts === MONTH_IN_DATE ? "month" : "year", date);
  return (start + end) / 2;
}
