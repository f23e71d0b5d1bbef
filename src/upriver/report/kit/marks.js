/**
 * How each series looks: colour, dash and marker, so that none is told apart by colour alone.
 */
import { html } from "vendor";

const COLOURS = 7;
const DASHES = 6;
const MARKERS = ["circle", "square", "triangle", "diamond"];

/**
 * A look for each series: records in ink, drivers in grey, models and scenarios in colour.
 *
 * The place among its kind gives it; `colour` (1 to 7) and `hollow` of a series override it.
 */
export function looks(series) {
  let [lines, records, drivers] = [0, 0, 0];
  return series.map((one) => {
    if (one.kind === "recorded") {
      const marker = MARKERS[records % MARKERS.length];
      const hollow = one.hollow ?? records % 2 === 1;
      records += 1;
      return { colour: one.colour ? `c${one.colour}` : "ink", dash: "d0", marker, hollow };
    }
    if (one.kind === "driver") {
      const dash = one.colour ? drivers % DASHES : 1 + (drivers % (DASHES - 1));
      drivers += 1;
      const colour = one.colour ? `c${one.colour}` : "grey";
      return { colour, dash: `d${dash}`, marker: "", hollow: false };
    }
    const dash = lines % DASHES || (one.dashed ? 1 : 0);
    const colour = `c${one.colour || 1 + (lines % COLOURS)}`;
    lines += 1;
    return { colour, dash: `d${dash}`, marker: "", hollow: false };
  });
}

/** A marker centred at a point, as part of a path. */
export function shape(marker, x, y, size) {
  const at = (dx, dy) => `${tenth(x + dx)} ${tenth(y + dy)}`;
  if (marker === "square") {
    const s = size * 0.9;
    return `M${at(-s, -s)}H${tenth(x + s)}V${tenth(y + s)}H${tenth(x - s)}Z`;
  }
  if (marker === "triangle") {
    const s = size * 1.15;
    return `M${at(0, -s)}L${at(s, 0.8 * s)}H${tenth(x - s)}Z`;
  }
  if (marker === "diamond") {
    const s = size * 1.25;
    return `M${at(0, -s)}L${at(s, 0)}L${at(0, s)}L${at(-s, 0)}Z`;
  }
  const [s, d] = [tenth(size), tenth(2 * size)];
  return `M${at(-size, 0)}a${s} ${s} 0 1 0 ${d} 0a${s} ${s} 0 1 0 ${-d} 0Z`;
}

/** The picture of a series beside its name, 16 units high: a record's 10 wide, a line's 28. */
export function swatch(look) {
  if (look.marker) {
    return html`<path class="points ${fill(look)}" d=${shape(look.marker, 5, 8, 4)} />`;
  }
  return html`<path class="line ${look.colour} ${look.dash}" d="M1 8H27" />`;
}

/** The picture of an interval. */
export function bandSwatch() {
  return html`<rect class="band grey plain" x="2" y="2" width="24" height="12" />`;
}

/** The classes of a record's marker. */
export function fill(look) {
  return `${look.colour} ${look.hollow ? "hollow" : "full"}`;
}

/** A coordinate to a tenth of a pixel. */
export function tenth(value) {
  return Math.round(value * 10) / 10;
}
