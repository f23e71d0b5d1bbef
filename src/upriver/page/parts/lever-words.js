/** A lever's levels and strengths in words. */
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
