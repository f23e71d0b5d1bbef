/** Figures of a claim as `upriver claims` prints them. */
import { MISSING, decimalsFor, number, percent } from "kit/format.js";

const SAME = "the same in every draw";

/** A figure with its unit: `87.8 %`, `80,411 people`; a share is told in percent. */
function quantity(value, unit, bare = false) {
  const share = unit === "1" && Math.abs(value) <= 1;
  if (share || unit === "percent") {
    const text = number(share ? 100 * value : value, 1).replace(/\.0$/, "");
    return bare ? text : `${text} %`;
  }
  const text = number(value, Number.isInteger(value) ? 0 : decimalsFor(value));
  const word = bare || unit === "1" ? "" : unit.replace(/\/year$/, "");
  return `${text} ${word}`.trimEnd();
}

/** What the article says; empty if it gives no number. */
export function statedText({ stated }) {
  if (!stated) return "";
  return `${quantity(stated.value, stated.unit)}${stated.year ? ` in ${stated.year}` : ""}`;
}

/** The recorded figure and its period; empty if there is none. */
export function recordedText({ recorded }) {
  if (!recorded) return "";
  const { value, unit, period, transform } = recorded;
  const told = quantity(value, unit);
  return transform === "change" ? `${sign(value)}${told} from ${period}` : `${told} in ${period}`;
}

/** The vintage of a recorded figure, and what kind of value it is if it was not reported. */
export function vintageText({ vintage, statuses }) {
  return [`vintage ${vintage}`, ...statuses.filter((status) => status !== "reported")].join(", ");
}

/** The modelled figure and its year, and apart from it its interval. */
export function modelledText({ unit, kind, period }, { low, median, high }) {
  const change = kind === "change";
  const ends = [low, high].map((end) => quantity(end, unit, true));
  const signed = change || kind === "effect";
  return {
    figure: `${signed ? sign(median) : ""}${quantity(median, unit)} ${change ? "from" : "in"} ${period}`,
    range: ends[0] === ends[1] ? SAME : ends.join(" to "),
  };
}

/** A difference with its sign: `+8.6 %` of what is recorded, or `−5.1 points`. */
export function differenceText(difference, unit) {
  if (difference === null) return MISSING;
  return unit === "percent" ? `${sign(difference)}${number(difference, 1)} points` : percent(difference);
}

function sign(value) {
  return value > 0 ? "+" : "";
}
