/** The map's numbers as a table, and to take away: one line a place, or one a month. */
import { html, useState } from "vendor";
import { number } from "kit/format.js";
import { saveAllPlaces, saveTable } from "../../parts/series-csv.js";
import { monthText } from "../../model/calendar.js";
import { seriesOf } from "../../model/packed.js";
import { recordRemarks } from "../../model/remarks.js";
import { COUNTRY, PLACES, SERIES, people, sorted, sourcesOf, vintagesOf } from "./data.js";
import { shownBy } from "./pick.js";

const COLUMNS = [
  "place", "name", "peak", "deaths_at_peak", "newest", "deaths_newest", "fall_percent", "months_without_a_value", "months",
  "source", "vintage", "peak_status", "newest_status",
];

export function StatesTable() {
  const [open, setOpen] = useState(false);
  return html`
    <details class="states-table" onToggle=${(event) => setOpen(event.currentTarget.open)}>
      <summary>The numbers as a table</summary>
      ${open && html`
        <div class="scroll" role="region" tabindex="0" aria-labelledby="states-caption">
          <table class="evidence-table">
            <caption id="states-caption">Deaths with synthetic opioids in 12 months ending with the month, as reported; months without a value
              were not published, so that a peak in one of them is not seen.</caption>
            <thead><tr>
              <th scope="col">Place</th><th scope="col">Peak</th><th scope="col" class="num">Deaths at the peak</th>
              <th scope="col" class="num">Newest</th><th scope="col" class="num">Fall since</th><th scope="col" class="num">Months without a value</th>
            </tr></thead>
            <tbody>${[COUNTRY, ...sorted(shownBy.value)].map((one) => html`<${Row} key=${one.place} one=${one} />`)}</tbody>
          </table>
        </div>`}
    </details>
    <p class="actions">
      <button type="button" aria-label="Save peak and fall of every place as CSV" onClick=${save}>CSV</button>
      <button type="button" aria-label="Save every month of every place as CSV" onClick=${() => saveAllPlaces(SERIES)}>CSV of all months</button>
    </p>
  `;
}

function Row({ one: { name, peak, newest, fall, missing, record, why } }) {
  const of = record.labels.length;
  if (!peak) {
    return html`<tr><th scope="row">${name}</th><td colspan="4">no data: ${why}</td>
      <td class="num" data-label="Months without a value"><span>${missing} of ${of}</span></td></tr>`;
  }
  return html`
    <tr>
      <th scope="row">${name}</th>
      <td data-label="Peak"><span>${monthText(peak.label)}</span></td>
      <td class="num" data-label="Deaths at the peak"><span>${people(peak.value)}</span></td>
      <td class="num" data-label="Newest"><span>${people(newest.value)} <span class="range">${monthText(newest.label)}</span></span></td>
      <td class="num" data-label="Fall since"><span>${number(fall, 1)} %</span></td>
      <td class="num" data-label="Months without a value"><span>${missing} of ${of}</span></td>
    </tr>
  `;
}

function save() {
  const rows = [COUNTRY, ...PLACES].map(({ place, name, peak, newest, fall, missing, record }) => [
    place, name, peak?.label, peak?.value, newest?.label, newest?.value, fall, missing, record.labels.length,
    sourcesOf([{ record }]).join("; "), vintagesOf([{ record }]), peak && record.statuses[peak.i], newest && record.statuses[newest.i],
  ]);
  const { title, about } = seriesOf(SERIES);
  saveTable("upriver-states.csv", [title, about, "Peak: the highest of the reported values. Fall: from the peak to the newest value, in percent.", ...recordRemarks()], COLUMNS, rows);
}
