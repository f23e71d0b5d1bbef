/** A lever's levels and strengths in words. */
import { number } from "kit/format.js";

/** Names of the four levels, from today to the most that evidence supports. */
export const LEVELS = ["as_today", "some", "more", "most"];

/** A strength in words: `+50 %`, or a number in the lever's unit. */
export function amountText(lever, by) {
  if (by === lever.today) return "as today";
  const sign = by > 0 ? "+" : "";
  if (lever.unit !== "percent") return sign + number(by) + (lever.unit === "1" ? "" : ` ${lever.unit}`);
  const percent = 100 * by;
  const whole = Math.abs(percent - Math.round(percent)) < 1e-9;
  return `${sign}${number(percent, whole || Math.abs(percent) >= 10 ? 0 : 1)} %`;
}

/** The strength of a named level. */
export function amountOf(lever, level) {
  return lever.levels[level] ?? lever.today;
}

/** The name of a level for readers. */
export function levelText(lever, level) {
  return level === "as_today" ? "as today" : lever.level_text[level];
}
