/** Prices, dollars and options in words, to the two figures that draws can say. */
import { MINUS, figures, number, plain } from "kit/format.js";
import { data, lever } from "../../model/data.js";

const { cost } = data.told;
const GLUE = "\u00a0";

/** Whose books a price is told of. */
export const BOOKS = { health: "the health sector", society: "society" };
const WITHOUT_PRICE = {
  "saves money": "saves money",
  "costs more and gains nothing": "costs more, gains nothing",
  "costs less and loses": "saves money, costs lives",
  "changes nothing": "changes nothing",
};

/** Levers alone by what a death averted costs the health sector, then mixes from the smallest budget on. */
export const OPTIONS = [...dearer(cost.options.filter(({ budget }) => budget === null), "health"), ...cost.options.filter(({ budget }) => budget !== null)];

/** Options by the price of a death averted; of those that save money first what saves most. */
export function dearer(options, books) {
  const rank = ({ views }) => {
    const { mean } = views[books].per_death;
    return mean.value ?? (mean.kind === "saves money" ? views[books].cost.mean : Infinity);
  };
  return [...options].sort((a, b) => rank(a) - rank(b));
}

/** Whether all that an option itself costs is counted, and from what is recorded. */
export const isWhole = ({ in_part: inPart, guessed }) => !inPart && !guessed;

/** What an option is: a lever as something that is done, or the mix for a budget. */
export function nameOf({ name, budget }) {
  return budget === null ? lever(name).doing : `The best mix for ${dollars(budget)}`;
}

/** How far a lever goes; how many levers are in a mix. */
export function reachOf({ name, budget, pulled }) {
  return budget === null ? lever(name).level_text[pulled[name]] : `${Object.keys(pulled).length} levers, listed below`;
}

/** What of an option's own cost is counted. */
export function countedOf({ budget, in_part: inPart, guessed }) {
  if (guessed) return "how many are sold today is an assumption, and so is this cost";
  if (inPart) return budget === null ? "only the treatment that follows is counted" : "in part, only the treatment that follows is counted";
  return "all of it is counted";
}

/** Dollars: `$280,000`, `$2.8 bn`, `−$3.9 bn`. */
export function dollars(value) {
  const size = Number(plain(Math.abs(value), 2));
  const sign = value < 0 && size >= 0.5 ? MINUS : "";
  const [scale, word] = [[1e9, `${GLUE}bn`], [1e6, `${GLUE}m`]].find(([from]) => size >= from) ?? [1, ""];
  const short = size / scale;
  return `${sign}$${number(short, scale > 1 && short < 10 && short % 1 ? 1 : 0)}${word}`;
}

/** A price, or why there is none. */
export function price({ kind, value }) {
  if (kind !== "price") return WITHOUT_PRICE[kind];
  return value < 1 ? "breaks even" : dollars(value);
}

/** The interval of a price; empty if both its ends say the same words as its middle. */
export function priceRange({ mean, low, high }) {
  const ends = [price(low), price(high)];
  if (ends[0] === ends[1]) return ends[0] === price(mean) ? "" : ends[0];
  return ends.join(" to ");
}

/** The interval of dollars or of people. */
export function range({ low, high }, text = figures) {
  return `${text(low)} to ${text(high)}`;
}

/** A share of draws in so many of a hundred; never all or none of it unless it is. */
export function share(value) {
  const whole = Math.round(100 * value);
  return value < 1 && value > 0 ? Math.min(99, Math.max(1, whole)) : whole;
}
