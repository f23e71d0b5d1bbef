/** Dated acts: state laws, controls of precursors, cooperation between states; what was done, and when. */
import { html } from "vendor";
import { data } from "../model/data.js";
import { dateText } from "../model/calendar.js";
import { Citation } from "./series-card.js";
import { recordRemarks } from "../model/remarks.js";
import { saveTable } from "./series-csv.js";
import { placeName } from "../model/packed.js";

const { rows, kinds, whats, sources, kindWords } = data.acts;

/** All acts, in order of time. */
export const ACTS = rows.map(([date, place, kind, what, source]) => ({
  date, place, kind: kinds[kind], what: whats[what], source: sources[source],
}));

/** The acts that were found by the reader's words, a part for each year, the newest first. */
export function Acts({ found }) {
  const years = [...new Set(found.map(({ date }) => date.slice(0, 4)))].reverse();
  const named = kinds.filter((kind) => found.some((act) => act.kind === kind));
  return html`
    <p class="soft acts-kinds">${named.map((kind) => `${kind}: ${kindWords[kind]}`).join("; ")}. What an act did is not said here.</p>
    ${years.map((year) => html`
      <section key=${year} class="acts-year" aria-labelledby=${`acts-${year}`}>
        <h3 id=${`acts-${year}`}>${year}</h3>
        <ul>
          ${found.filter(({ date }) => date.startsWith(year)).map(({ date, place, kind, what, source }, i) => html`
            <li key=${i}>
              <span class="acts-when">${dateText(date)}</span>
              <span><b>${placeName(place)}</b>: ${what} <span class="soft">(${kind}; <${Citation} source=${source} short />)</span></span>
            </li>`)}
        </ul>
      </section>`)}
    <p class="actions"><button type="button" onClick=${() => save(found)}>CSV</button></p>
  `;
}

function save(found) {
  const columns = ["date", "place", "kind", "what", "source"];
  const cells = found.map((act) => columns.map((column) => act[column]));
  saveTable("upriver-acts.csv", ["Dated acts: what was done, and when", ...recordRemarks()], columns, cells);
}
