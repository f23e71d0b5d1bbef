/**
 * What stands still in a chart: legend, unit, light lines at round values, years, projection.
 */
import { html } from "vendor";
import { INTERVAL, PROJECTION } from "./layout.js";
import { bandSwatch, swatch, tenth } from "./marks.js";
import { LINE } from "./text.js";

/** The ground behind what is projected. */
export function ground(frame) {
  if (frame.projection === null) return null;
  const at = tenth(frame.x(frame.projection));
  return html`<rect class="future" x=${at} y=${frame.top} width=${tenth(frame.right - at)}
    height=${frame.bottom - frame.top} />`;
}

/** Light lines at round values with their numbers, and the years. */
export function axes(frame) {
  const { x, y, left, right, bottom, values, texts, years } = frame;
  const lines = values
    .filter((value) => value !== 0)
    .map((value) => `M${left} ${tenth(y(value))}H${tenth(right)}`)
    .join("");
  const zero = values.includes(0) ? tenth(y(0)) : bottom;
  const ends = years.map((year) => `M${tenth(x(year))} ${bottom}v5`).join("");
  return html`<g class="axes">
    <path class="grid" d=${lines} />
    <path class="axis" d=${`M${left} ${zero}H${tenth(right)}${ends}`} />
    ${values.map(
      (value, i) => html`<text class="end" x=${left - 7} y=${tenth(y(value) + 4.5)}>${texts[i]}</text>`,
    )}
    ${years.map(
      (year) => html`<text class="mid" x=${tenth(x(year))} y=${bottom + 20}>${String(year)}</text>`,
    )}
  </g>`;
}

/** The dashed line from which on nothing is recorded yet, with its name above the plot. */
export function beginning(frame) {
  if (frame.projection === null) return null;
  const at = tenth(frame.x(frame.projection));
  return html`<g>
    <path class="begins" d=${`M${at} ${frame.top - 7}V${frame.bottom}`} />
    ${frame.begins && html`<text class="mid" x=${tenth(frame.begins.middle)} y=${frame.top - 12}>
      ${PROJECTION}</text>`}
  </g>`;
}

/** Unit and legend, above the plot. */
export function heading(frame) {
  const last = frame.words.length - 1;
  const lowest = frame.top - 12 - (frame.begins?.ownRow ? LINE : 0);
  return html`<g class="heading">
    ${frame.items.map(
      ({ look, rows, x, y }) => html`<g transform=${`translate(${x} ${y + 2})`}>
        ${look ? swatch(look) : bandSwatch()}
        ${rows.map((row, i) => html`<text x=${look?.marker ? 18 : 34} y=${12.5 + 15 * i}>${row}</text>`)}
      </g>`,
    )}
    ${frame.words.map(
      (row, i) => html`<text class="unit" x="0" y=${lowest - LINE * (last - i)}>${row}</text>`,
    )}
  </g>`;
}

/** What the bands are, where a caller does not say. */
export function intervalOf(figure) {
  return figure.interval || INTERVAL;
}
