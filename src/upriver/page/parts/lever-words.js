/** A lever's levels, strengths, ends and cost in words. */
import { number } from "kit/format.js";

/** Names of the four levels, from today to the most that evidence supports. */
export const LEVELS = ["as_today", "some", "more", "most"];

/** A strength in words: `+50 %` of what its verb says, or a number in the lever's unit. */
export function amountText(lever, by) {
  if (by === lever.today) return "as today";
  if (lever.operation === "replace") return `to ${number(by)}${lever.unit === "1" ? "" : ` ${lever.unit}`}`;
  const sign = by > 0 ? "+" : "";
  if (lever.unit !== "percent") return sign + number(by) + (lever.unit === "1" ? "" : ` ${lever.unit}`);
  const percent = 100 * by;
  const whole = Math.abs(percent - Math.round(percent)) < 1e-9;
  return `${sign}${number(percent, whole || Math.abs(percent) >= 10 ? 0 : 1)} %`;
}

/** Which way values go as the lever is pulled: up, but for one that sets a lower value. */
export function wayOf({ operation, direction }) {
  return operation === "replace" ? direction : 1;
}

/** What an amount does to the parameters. */
export function actsText({ operation, direction }) {
  if (operation === "replace") return "sets";
  return direction > 0 ? "raises" : "lowers";
}

/** The strength of a named level. */
export function amountOf(lever, level) {
  return lever.levels[level] ?? lever.today;
}

/** The name of a level for readers. */
export function levelText(lever, level) {
  return level === "as_today" ? "as today" : lever.level_text[level];
}

/** What the left and the right end of a lever's slider stand for; right is the most of its verb. */
export function endsOf(lever) {
  const left = amountText(lever, lever.range[wayOf(lever) > 0 ? 0 : 1]);
  return [left === "as today" ? left : `the other way, ${left}`, shortened(lever.level_text.most)];
}

/** What one unit of it costs, to two figures: `$44 a kit`; the card has it in full. */
export function costText({ cost }) {
  if (!cost) return "no cost found";
  const [money, ...units] = cost.unit.split("/");
  const value = number(Number(cost.value.toPrecision(2)), cost.value < 10 ? 1 : 0);
  const size = money === "USD" ? `$${value}` : `${value} ${money}`;
  return [size, ...units.map((unit) => `${/^[aeiou]/.test(unit) ? "an" : "a"} ${unit}`)].join(" ");
}

/** Text that stands on its own below `most` letters, cut after a word where it is longer. */
function shortened(text, most = 60) {
  if (text.length <= most) return text;
  const kept = text.slice(0, most).replace(/\s+\S*$/, "").replace(/[,;:.]$/, "");
  return `${kept} …`;
}
