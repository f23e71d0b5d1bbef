/** The same stocks and flows where there is no room for the drawing: a list from stock to stock. */
import { html } from "vendor";
import { FLOWS, STOCKS } from "./data.js";
import { range, signs, whole } from "./levels.js";

const OPEN = "untreated";
const MOST_PEOPLE = 12e6;
const MOST_A_YEAR = 2.5e6;

export function List({ found, compare }) {
  const all = found.get("all_deaths");
  return html`
    <div class="flows-list">
      <p class="flows-all"><b>${whole(all)[0]}</b> deaths from opioid overdose a year
        ${" "}(${range(all)}), ${whole(found.get("as_prescribed"))[0]} of them of people who take opioids as prescribed, who are in none of the groups below.</p>
      ${STOCKS.map((stock) => html`
        <section key=${stock.key} class="flows-stock">
          <h3>${stock.name}</h3>
          ${stock.parts.map((part, i) => html`
            <${Row} key=${part.output} reading=${found.get(`${stock.key}.${i}`)} name=${part.name && stock.parts.length > 1 ? part.name : "people"}
              most=${MOST_PEOPLE} compare=${compare} kind="stock" />`)}
          <details open=${stock.key === OPEN}>
            <summary>Who comes, who goes</summary>
            <${Moves} title="Come in, people a year" flows=${FLOWS.filter(({ from, to }) => to === stock.key && from !== to)} found=${found} compare=${compare} />
            <${Moves} title="Move within, people a year" flows=${FLOWS.filter(({ from, to }) => to === stock.key && from === to)} found=${found} compare=${compare} />
            <${Moves} title="Leave, people a year" flows=${FLOWS.filter(({ from, to }) => from === stock.key && from !== to)} found=${found} compare=${compare} />
          </details>
        </section>`)}
    </div>
  `;
}

function Moves({ title, flows, found, compare }) {
  if (!flows.length) return null;
  return html`
    <h4>${title}</h4>
    ${flows.map((flow) => html`
      <${Row} key=${flow.key} reading=${found.get(flow.key)} name=${flow.name} most=${MOST_A_YEAR} compare=${compare} kind=${flow.kind} />`)}
  `;
}

/** A name, a bar to scale, the number with its interval. */
function Row({ reading, name, most, compare, kind }) {
  const width = Math.max(0.3, Math.min(100, (100 * reading.value) / most));
  return html`
    <div class=${`flows-row flow ${kind}`}>
      <span class="flows-name">${name}</span>
      <span class="flows-value"><b>${whole(reading)[0]}</b>
        ${compare && html` <span class="flows-difference">${signs(reading.difference)[0]}</span>`}</span>
      <svg class="flows-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width=${width} height="4" /></svg>
      <span class="range">${range(reading)}</span>
    </div>
  `;
}
