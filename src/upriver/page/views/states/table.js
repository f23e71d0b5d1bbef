/** The map's numbers as a table, and to take away: one line a place, or one a month. */
import { html, useState } from "vendor";
import { number } from "kit/format.js";
import { saveAllPlaces, saveTable } from "../../parts/series-csv.js";
import { monthText } from "../../model/calendar.js";
import { seriesOf } from "../../model/packed.js";
import { recordRemarks } from "../../model/remarks.js";
import { country, places, sorted, sourcesOf, vintagesOf } from "./data.js";
import { MEASURES, SERIES, amount, measure } from "./measure.js";
import { shownBy } from "./pick.js";

const COLUMNS = [
  "place", "name", "peak", "deaths_at_peak", "newest", "deaths_newest", "fall_percent", "rate_at_peak", "rate_newest", "rate_fall_percent",
  "months_without_a_value", "months", "source", "vintage", "peak_status", "newest_status",
];

export function StatesTable() {
  const [open, setOpen] = useState(false);
  return html`
    <details class="states-table" onToggle=${(event) => setOpen(event.currentTarget.open)}>
      <summary>The numbers as a table</summary>
      ${open && html`
        <div class="scroll" role="region" tabindex="0" aria-labelledby="states-caption">
          <table class="evidence-table">
            <caption id="states-caption">Deaths with synthetic opioids in 12 months ending with the month, ${MEASURES[measure.value]}; months without a value
              were not published, so that a peak in one of them is not seen.</caption>
            <thead><tr>
              <th scope="col">Place</th><th scope="col">Peak</th><th scope="col" class="num">At the peak</th>
              <th scope="col" class="num">Newest</th><th scope="col" class="num">Fall since</th><th scope="col" class="num">Months without a value</th>
            </tr></thead>
            <tbody>${[country(), ...sorted(shownBy.value)].map((one) => html`<${Row} key=${one.place} one=${one} />`)}</tbody>
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
      <td class="num" data-label="At the peak"><span>${amount(peak.value)}</span></td>
      <td class="num" data-label="Newest"><span>${amount(newest.value)} <span class="range">${monthText(newest.label)}</span></span></td>
      <td class="num" data-label="Fall since"><span>${number(fall, 0)} %</span></td>
      <td class="num" data-label="Months without a value"><span>${missing} of ${of}</span></td>
    </tr>
  `;
}

function save() {
  const rates = new Map([country("rate"), ...places("rate")].map((one) => [one.place, one]));
  const rows = [country("count"), ...places("count")].map(({ place, name, peak, newest, fall, missing, record }) => {
    const rate = rates.get(place);
    return [
      place, name, peak?.label, peak?.value, newest?.label, newest?.value, fall, rate.peak?.value, rate.newest?.value, rate.fall,
      missing, record.labels.length, sourcesOf([rate.peak ? rate : { record }]).join("; "), vintagesOf([rate.peak ? rate : { record }]),
      peak && record.statuses[peak.i], newest && record.statuses[newest.i],
    ];
  });
  const { title, about } = seriesOf(SERIES);
  const said = "Peak: the highest of the values. Fall: from there to the newest value, in percent. Rates: per 100,000 residents in the middle of the 12 months. NY is the whole state.";
  saveTable("upriver-states.csv", [title, about, said, ...recordRemarks()], COLUMNS, rows);
}
