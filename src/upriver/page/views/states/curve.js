/** The course of a place at the size of a tile, from nothing to the height of all or its own, the peak marked. */
import { html } from "vendor";
import { linePath } from "kit/fan.js";
import { tenth } from "kit/marks.js";
import { scale } from "kit/scales.js";
import { commonTop } from "./data.js";

const courses = new WeakMap();

/** The line and the mark, inside a box; empty for a place without data. */
export function Curve({ of: { record, peak }, x, y, width, height, mark = 2.6 }) {
  if (!peak) return null;
  const { at, values } = courseOf(record);
  const sx = scale(at[0], at.at(-1), x + mark, x + width - mark);
  const sy = scale(0, commonTop() ?? peak.value, y + height, y + mark);
  return html`
    <path class="course" d=${linePath(at, values, sx, sy)} />
    <circle class="summit" cx=${tenth(sx(at[peak.i]))} cy=${tenth(sy(peak.value))} r=${mark} />
  `;
}

function courseOf(record) {
  let found = courses.get(record);
  if (!found) {
    found = { at: record.at, values: Float64Array.from(record.y, (value) => value ?? NaN) };
    courses.set(record, found);
  }
  return found;
}
