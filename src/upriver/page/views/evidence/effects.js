/** What trials and studies found: each effect with its interval, its design and how sure one can be of it. */
import { html } from "vendor";
import { interval, number } from "kit/format.js";
import { data } from "../../model/data.js";
import { Citation } from "../../parts/series-card.js";
import { recordRemarks } from "../../model/remarks.js";
import { saveTable } from "../../parts/series-csv.js";

const COLUMNS = [
  "name", "measure", "outcome", "kind", "value", "low", "high", "design", "grade", "population", "period",
  "sources", "secondary", "note",
];
const DECIMALS = 2;

/** Rows for the effects that were found by the reader's words. */
export function Effects({ found }) {
  return html`
    <div class="scroll" role="region" tabindex="0" aria-labelledby="effects-caption">
      <table class="evidence-table effects">
        <caption id="effects-caption">Below 1, a ratio means less of the outcome where the measure is; the 95 % interval stands below it.
          Grades: ${Object.entries(data.grades).map(([grade, text]) => `${grade}, ${text}`).join("; ")}.</caption>
        <thead><tr>
          <th scope="col">Measure</th><th scope="col">Outcome</th><th scope="col" class="num">Effect</th>
          <th scope="col">Grade</th><th scope="col">Design, and among whom</th><th scope="col">Source</th>
        </tr></thead>
        <tbody>${found.map((one) => html`<${Row} key=${one.name} one=${one} />`)}</tbody>
      </table>
    </div>
    <p class="actions"><button type="button" onClick=${() => save(found)}>CSV</button></p>
  `;
}

function Row({ one }) {
  const { measure, outcome, kind, value, low, high, design, grade, population, period, sources, secondary, note } = one;
  const known = value !== undefined;
  return html`
    <tr>
      <th scope="row">${measure}${note && html`<span class="aside">${note}</span>`}</th>
      <td data-label="Outcome"><span>${outcome}</span></td>
      <td class="num" data-label="Effect"><span>${known
        ? html`<b>${number(value, decimals(value))}</b>${low !== undefined && html` <span class="range">${interval(low, high, decimals(value))}</span>`}`
        : html`<b>no estimate</b>`} <span class="range">${kind}</span></span></td>
      <td data-label="Grade"><b class=${`grade grade-${grade}`}>${grade}</b></td>
      <td data-label="Design"><span>${design} <span class="range">${population}; ${period}</span></span></td>
      <td data-label="Source"><span>${sources.map((source) => html`<span key=${source} class="cited"><${Citation} source=${source} short /></span>`)}
        ${secondary && html`<span class="range">read in a text that quotes it</span>`}</span></td>
    </tr>
  `;
}

function decimals(value) {
  return Math.abs(value) >= 100 ? 0 : DECIMALS;
}

function save(found) {
  const rows = found.map((one) => COLUMNS.map((column) => {
    const value = one[column];
    if (column === "secondary") return value ? "yes" : "no";
    return Array.isArray(value) ? value.join("; ") : value;
  }));
  saveTable("upriver-effects.csv", ["Effects of measures, as trials and studies found them", ...recordRemarks()], COLUMNS, rows);
}
