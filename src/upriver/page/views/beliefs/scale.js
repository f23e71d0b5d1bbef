/** The scale of a constant's slider, from the least to the most of its draws, and how far its ends may go. */
import { number, year } from "kit/format.js";
import { ALL_DRAWS, LEAST, keptBy, valuesOf, withBelief } from "../../model/beliefs.js";
import { data } from "../../model/data.js";

/** Times the least that the most is where the scale is one of logarithms. */
const WIDE = 10;
const BINS = 20;
const PARTS = 100;

const known = new Map();

/** `{least, most, at, of, text}`: the place of a value from 0 to 1, the value of a place, rounded, and its text. */
export function scaleOf(path) {
  if (!known.has(path)) known.set(path, scaled(valuesOf(path), data.units[path]));
  return known.get(path);
}

function scaled(values, unit) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isDate = unit === "year" && least > data.clock.firstYear;
  const logs = least > 0 && most / least >= WIDE;
  const [from, to] = logs ? [Math.log(least), Math.log(most)] : [least, most];
  const powerOf = (value) => (logs ? Math.floor(Math.log10(value)) - 2 : Math.floor(Math.log10((most - least) / PARTS)));
  const rounded = (value, round = Math.round) => {
    const unit = 10 ** powerOf(value);
    return Number((round(value / unit) * unit).toPrecision(12));
  };
  return {
    least,
    most,
    at: (value) => Math.min(1, Math.max(0, ((logs ? Math.log(Math.max(value, least)) : value) - from) / (to - from))),
    of: (place) => rounded(logs ? Math.exp(from + place * (to - from)) : from + place * (to - from)),
    outward: (value, way) => rounded(value, way < 0 ? Math.floor : Math.ceil),
    text: (value) => (isDate ? year(value) : number(value, Math.max(0, -powerOf(value)))),
  };
}

/** How many draws lie in each bin of a constant's scale, of all or of those that are kept. */
export function binsOf(path, kept) {
  const { at } = scaleOf(path);
  const found = new Array(BINS).fill(0);
  valuesOf(path).forEach((value, d) => {
    if (!kept || kept[d]) found[Math.min(BINS - 1, Math.floor(at(value) * BINS))] += 1;
  });
  return found;
}

/**
 * The ends nearest to those that are asked for that leave enough draws beside what else is believed:
 * `{ends, stopped}`. The end that moves is the one that stops, 0 the lower.
 */
export function possible(held, path, asked, moves) {
  const others = keptBy(withBelief(held, path, [null, null]));
  const values = Array.from(valuesOf(path)).filter((_, d) => !others || others[d]);
  const [low, high] = asked;
  const fits = values.filter((value) => (low === null || value >= low) && (high === null || value <= high));
  if (fits.length >= LEAST) return { ends: asked, stopped: false };
  const other = asked[1 - moves];
  const side = values.filter((value) => other === null || (moves ? value >= other : value <= other)).sort((a, b) => a - b);
  const edge = moves ? side[LEAST - 1] : side[side.length - LEAST];
  const end = scaleOf(path).outward(edge, moves ? 1 : -1);
  return { ends: moves ? [low, end] : [end, high], stopped: true };
}

/** Said where an end stops. */
export const STOPPED = `Stopped here: further, fewer than ${LEAST} of the ${ALL_DRAWS} draws would be left, too few to say anything.`;
