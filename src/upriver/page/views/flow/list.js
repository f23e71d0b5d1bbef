/** The same kilograms where there is no room for the drawing: a list from precursors to sales. */
import { html } from "vendor";
import { BANDS } from "./data.js";
import { kg, range, sentence } from "./levels.js";

const MOST = 7000;

/** Headings, and the kinds of bands below each; `open` ones are shown at once. */
const PARTS = [
  { title: "Precursors", kinds: ["precursor"], keys: ["precursors_kept"], open: true },
  { title: "Made", kinds: ["made"], keys: [], open: true },
  { title: "Sent", kinds: ["sent"], keys: [], open: true },
  { title: "Seized", kinds: ["seized"], keys: [], open: false },
  { title: "Delivered and sold", kinds: ["delivered", "sold"], keys: ["market_kept"], open: true },
];

export function List({ found }) {
  return html`
    <div class="flows-list">
      ${PARTS.map(({ title, kinds, keys, open }) => {
        const inPart = BANDS.filter(({ key, kind }) => kinds.includes(kind) || keys.includes(key));
        const [totals, others] = [inPart.filter(({ total }) => total), inPart.filter(({ total }) => !total)];
        return html`
          <section key=${title} class="flows-stock">
            <h3>${title}, kg a year</h3>
            ${totals.map(({ key }) => html`<${Row} key=${key} reading=${found.get(key)} />`)}
            ${open ? others.map(({ key }) => html`<${Row} key=${key} reading=${found.get(key)} />`) : html`
              <details><summary>By corridor</summary>
                ${others.map(({ key }) => html`<${Row} key=${key} reading=${found.get(key)} />`)}
              </details>`}
          </section>`;
      })}
    </div>
  `;
}

/** A name, a bar to scale, the number with its interval. */
function Row({ reading }) {
  const { item, value } = reading;
  return html`
    <div class=${`flows-row flow ${item.kind}`}>
      <span class="flows-name">${sentence(item)}</span>
      <span class="flows-value"><b>${kg(reading)}</b></span>
      <svg class="flows-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect width=${Math.max(0.3, Math.min(100, (100 * Math.abs(value)) / MOST))} height="4" /></svg>
      <span class="range">${range(reading)}</span>
    </div>
  `;
}
