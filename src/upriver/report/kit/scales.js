/**
 * From numbers to pixels: round ticks, and a vertical axis that stands still while values move.
 */
import { number } from "./format.js";

const STEPS = [1, 2, 2.5, 5, 10];
const LEAST_USED = 0.6;

/** A linear map from `[low, high]` in the data to `[start, end]` in pixels. */
export function scale(low, high, start, end) {
  const slope = (end - start) / (high - low);
  const to = (value) => start + (value - low) * slope;
  return Object.assign(to, { low, high, start, end, slope });
}

/** Evenly spaced round numbers that enclose `[low, high]`, about `wanted` intervals of them. */
export function enclosing(low, high, wanted = 5) {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  let [a, b] = low <= high ? [low, high] : [high, low];
  if (b - a <= Math.max(Math.abs(a), Math.abs(b)) * 1e-9) {
    const room = Math.abs(b) * 0.5 || 1;
    [a, b] = b > 0 ? [0, b] : [b - room, b + room];
  }
  const raw = (b - a) / Math.max(1, wanted);
  if (raw < 1e-300) return [0, 1];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = STEPS.map((s) => s * power).find((s) => s >= raw * (1 - 1e-9)) ?? 10 * power;
  const first = Math.floor(a / step + 1e-9);
  const last = Math.ceil(b / step - 1e-9);
  const found = [];
  for (let i = first; i <= last; i += 1) found.push(Number((i * step).toPrecision(12)) + 0);
  return found;
}

/** Whole years inside `[low, high]`, on multiples of 1, 2, 5, 10, ... years. */
export function yearTicks(low, high, wanted = 8) {
  const first = Math.ceil(low - 1e-9);
  const inside = Array.from(
    { length: Math.max(0, Math.floor(high + 1e-9) - first + 1) },
    (_, i) => first + i,
  );
  for (const step of [1, 2, 5, 10, 20, 50, 100]) {
    const years = inside.filter((year) => year % step === 0);
    if (years.length <= Math.max(1, wanted)) return years.length ? years : inside.slice(0, 1);
  }
  return inside.slice(0, 1);
}

/** Decimals that all ticks need. */
function tickDecimals(values) {
  const step = values.length > 1 ? values[1] - values[0] : 1;
  for (let places = 0; places < 10; places += 1) {
    if (Math.abs(Number(step.toFixed(places)) - step) <= Math.abs(step) * 1e-6) return places;
  }
  return 10;
}

/** Ticks in words: millions as `4M`, and thousands as `80k` where room is scarce. */
export function tickTexts(values, scarce = false) {
  const largest = Math.max(...values.map(Math.abs));
  const letters = scarce ? [[1e9, "B"], [1e6, "M"], [1e4, "k"]] : [[1e9, "B"], [1e6, "M"]];
  const [, letter = ""] = letters.find(([from]) => largest >= from) ?? [];
  const by = { B: 1e9, M: 1e6, k: 1e3, "": 1 }[letter];
  const decimals = tickDecimals(values.map((value) => value / by));
  return values.map((value) =>
    value === 0 ? number(0, letter ? 0 : decimals) : number(value / by, decimals) + letter,
  );
}

/**
 * The range that the vertical axis shows.
 *
 * It is the one that was shown, unless the data leave it or use less than 60 % of it: so that a
 * hand on a slider sees the line move, and not the axis.
 */
export function settled(shown, low, high, wanted) {
  if (shown && low >= shown[0] && high <= shown[1]) {
    if (high - low >= LEAST_USED * (shown[1] - shown[0])) return shown;
  }
  const values = enclosing(low, high, wanted);
  return [values[0], values.at(-1)];
}
