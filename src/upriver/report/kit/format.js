/**
 * How a number is written, everywhere: `80,411`, `0.42`, `+2.1 %`, `2024.25`.
 *
 * The digits are those of `report/wording.py` for any double. Python rounds the exact binary value
 * and a tie to the even digit; `toFixed` rounds a tie up, so that ties are looked for.
 */

export const MISSING = "\u2013";
export const MINUS = "\u2212";

const INTERVAL_WIDE = 3.92;
const MEDIAN = 1.25;
const DEEPER = 25;
const TIE = "5".padEnd(DEEPER, "0");

/** Decimals that show about three significant figures of `largest`, none from 100 on. */
export function decimalsFor(largest) {
  const size = Math.abs(largest);
  if (!Number.isFinite(size) || size >= 100 || size === 0) return 0;
  return Math.min(6, Math.max(0, 2 - Number(size.toExponential(17).split("e")[1])));
}

/** A number with thousands separators; a missing one (null, NaN) is a dash, never a zero. */
export function number(value, decimals) {
  if (!isKnown(value)) return MISSING;
  const text = fixed(Math.abs(value), decimals ?? decimalsFor(value));
  const [whole, part] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
  return value < 0 && /[1-9]/.test(text) ? MINUS + grouped : grouped;
}

/** `71,020 to 88,410`; a dash if either end is missing. */
export function interval(low, high, decimals) {
  const ends = [number(low, decimals), number(high, decimals)];
  return ends.includes(MISSING) ? MISSING : `${ends[0]} to ${ends[1]}`;
}

/**
 * Three significant figures where room is scarce: `4.31M`, `79.4k`, `812`.
 *
 * `like` is the number whose scale and decimals to share, so that both ends of an interval read
 * alike; what is below `above` is written out.
 */
export function short(value, like, above = 1e4) {
  if (!isKnown(value)) return MISSING;
  const size = Math.abs(like ?? value);
  if (size >= above) {
    for (const [scale, letter] of [[1e9, "B"], [1e6, "M"], [1e3, "k"]]) {
      if (size >= scale * 0.9995) return number(value / scale, decimalsFor(size / scale)) + letter;
    }
  }
  return number(value, decimalsFor(size));
}

/** A relative change with its sign: `+3.4 %`, `+12.0 %`; a dash if there is none. */
export function percent(change) {
  if (!isKnown(change)) return MISSING;
  const text = number(100 * change, 1);
  return change < 0 || text === "0.0" ? `${text} %` : `+${text} %`;
}

/** A decimal year without needless decimals: `2024`, `2024.5`, `2024.08`. */
export function year(value) {
  const text = fixed(Math.abs(value), 2).replace(/0+$/, "").replace(/\.$/, "");
  return value < 0 || Object.is(value, -0) ? `-${text}` : text;
}

/** A number to nine significant figures; nothing if it is missing. */
export function plain(value, figures = 9) {
  if (!isKnown(value)) return "";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [digits, power] = significant(Math.abs(value), figures);
  return (value < 0 ? "-" : "") + written(digits, power, figures);
}

/** A number as short as it can be without loss, as in a CSV (`evidence/tables.py`, `plain`). */
export function exact(value) {
  if (!isKnown(value)) return "";
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value + 0);
  const [digits, power] = Math.abs(value).toExponential().split("e");
  const text = written(digits.replace(".", "").padEnd(Number(power) + 1, "0"), Number(power), 16);
  return (value < 0 ? "-" : "") + text + (/[.e]/.test(text) ? "" : ".0");
}

/** Digits and the power of ten of the first, as Python writes them: an exponent from `figures` on. */
function written(digits, power, figures) {
  const bare = digits.replace(/0+$/, "");
  if (power < -4 || power >= figures) {
    const part = bare.length > 1 ? `.${bare.slice(1)}` : "";
    const exponent = String(Math.abs(power)).padStart(2, "0");
    return `${bare[0]}${part}e${power < 0 ? "-" : "+"}${exponent}`;
  }
  if (power < 0) return `0.${"0".repeat(-power - 1)}${bare}`;
  const part = bare.slice(power + 1);
  return digits.slice(0, power + 1) + (part ? `.${part}` : "");
}

/** A number to so many figures, for no more is known of it, as `summary.figures` in Python: `−9,400`. */
export function figures(value, count = 2) {
  const [digits, power] = significant(Math.abs(value), count);
  const text = number(Number(`${digits}e${power - digits.length + 1}`), 0);
  return value < 0 && text !== "0" ? MINUS + text : text;
}

/**
 * A median and its interval as three texts, to what so many draws can say: to the power of ten that two
 * errors of a median hold (Monte Carlo's), as `wording.known` in Python, and to no more than `most` decimals.
 */
export function known(median, low, high, draws, most = 6) {
  const all = [median, low, high];
  const wide = (high - low) / INTERVAL_WIDE;
  const told = wide > 0 && draws ? -Math.floor(Math.log10((2 * MEDIAN * wide) / Math.sqrt(draws))) : most;
  const places = Math.min(told, most, decimalsFor(Math.max(...all.map(Math.abs))));
  return all.map((value) => (places < 0 ? tens(value, -places) : number(value, places)));
}

/** A rounded number without zeros behind it, as `wording.bare` in Python: `310,000`; from `above` on `310k`. */
export function bare(value, above = Infinity) {
  if (!isKnown(value)) return MISSING;
  const size = Math.abs(value);
  const named = size >= above ? [[1e9, "B"], [1e6, "M"], [1e3, "k"]] : [];
  const [scale, letter] = named.find(([least]) => size >= least) ?? [1, ""];
  const [, part = ""] = plain(size / scale, 12).split(".");
  return number(value / scale, part.length) + letter;
}

/** What `known` wrote, where room is scarce: `1,020,000` as `1.02M`. */
export function brief(text) {
  return bare(Number(text.replaceAll(",", "").replace(MINUS, "-")), 1e4);
}

/** A number to a power of ten, a tie to the even one. */
function tens(value, power) {
  const size = Math.abs(value);
  const count = size < 1 ? 0 : significant(size, 1 + DEEPER)[1] - power + 1;
  if (count > 0) return figures(value, count);
  const text = count === 0 && size > 5 * 10 ** (power - 1) ? number(10 ** power, 0) : "0";
  return value < 0 && text !== "0" ? MINUS + text : text;
}

/** Whether there is a finite number. */
function isKnown(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** A size with a number of decimals, a tie to the even digit. */
function fixed(size, places) {
  if (!Number.isFinite(size)) return Number.isNaN(size) ? "nan" : "inf";
  if (size >= 1e21) return BigInt(size) + (places ? `.${"0".repeat(places)}` : "");
  const deep = size.toFixed(places + DEEPER);
  if (!deep.endsWith(TIE)) return size.toFixed(places);
  const below = deep.slice(0, -DEEPER).replace(/\.$/, "");
  return isEven(below) ? below : size.toFixed(places);
}

/** The digits of a size and the power of ten of the first. */
function significant(size, figures) {
  const [deep, deepPower] = size.toExponential(figures - 1 + DEEPER).split("e");
  const below = deep.slice(0, -DEEPER);
  if (deep.endsWith(TIE) && isEven(below)) return [below.replace(".", ""), Number(deepPower)];
  const [digits, power] = size.toExponential(figures - 1).split("e");
  return [digits.replace(".", ""), Number(power)];
}

function isEven(digits) {
  return "02468".includes(digits.at(-1));
}
