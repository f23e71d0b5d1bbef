/** What could not be found in a text that can be cited: what, why, and where one would look. */
import { html } from "vendor";
import { seriesTitle } from "../../model/packed.js";
import { recordRemarks } from "../../model/remarks.js";
import { saveTable } from "../../parts/series-csv.js";

/** The gaps that were found by the reader's words. */
export function Gaps({ found }) {
  return html`
    <ul class="gaps">
      ${found.map(({ name, what, why, where, series = [] }) => html`
        <li key=${name}>
          <p><b>${sentence(what)}</b></p>
          <p>Missing because ${why}. <span class="soft">One would look in: ${where}.${series.length > 0
            && ` It would complete: ${series.map((one) => seriesTitle(one)).join("; ")}.`}</span></p>
        </li>`)}
    </ul>
    <p class="actions"><button type="button" onClick=${() => save(found)}>CSV</button></p>
  `;
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function save(found) {
  const columns = ["name", "what", "why", "where", "series"];
  const rows = found.map((gap) => columns.map((column) => (column === "series" ? (gap.series ?? []).join("; ") : gap[column])));
  saveTable("upriver-missing.csv", ["What was asked for and is not in the record", ...recordRemarks()], columns, rows);
}
