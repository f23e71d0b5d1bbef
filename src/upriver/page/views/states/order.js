/** All states in the order of what is modelled, with how sure that order is; as CSV, all years of all. */
import { html, useId, useSignal, useState } from "vendor";
import { data } from "../../model/data.js";
import { placeName } from "../../model/packed.js";
import { recordRemarks } from "../../model/remarks.js";
import { saveTable } from "../../parts/series-csv.js";
import { MEASURES, amount, measure } from "./measure.js";
import { QUANTITIES, YEARS, fanOf, inOrder, inYear, quantity, rankOf, recordedIn, told } from "./model.js";

const { states } = data.told;
const COLUMNS = ["place", "name", "quantity", "year", "low", "median", "high", "rate_low", "rate_median", "rate_high", "recorded", "rank", "rank_low", "rank_high"];

export function Order() {
  const [open, setOpen] = useState(false);
  const year = useSignal(states.ranked[0]);
  const id = useId();
  return html`
    <details class="states-order" onToggle=${(event) => setOpen(event.currentTarget.open)}>
      <summary>All states in order, as modelled</summary>
      ${open && html`
        <div class="states-bar">
          <label>In <select value=${year.value} onChange=${(event) => (year.value = Number(event.currentTarget.value))}>
            ${states.ranked.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}
          </select></label>
        </div>
        <div class="scroll" role="region" tabindex="0" aria-labelledby=${id}>
          <table class="evidence-table">
            <caption id=${id}>Deaths ${QUANTITIES[quantity.value]} in ${year.value} ${MEASURES[measure.value]}, with all as today, in the order of deaths per person. A place is the
              median of ${states.draws} draws, with its 95 % interval: where those of two states overlap, which has more is not known.${quantity.value === "synthetic" ? " Recorded are those who died in the state, modelled its residents." : ""}</caption>
            <thead><tr>
              <th scope="col">State</th><th scope="col" class="num">Place</th><th scope="col" class="num">Modelled</th><th scope="col" class="num">Recorded</th>
            </tr></thead>
            <tbody>${inOrder(quantity.value, year.value).map((place) => html`<${Row} key=${place} place=${place} year=${year.value} />`)}</tbody>
          </table>
        </div>`}
    </details>
    <p class="actions"><button type="button" aria-label="Save what is modelled of every state as CSV" onClick=${save}>CSV</button></p>
  `;
}

function Row({ place, year }) {
  const by = measure.value;
  const { median, low, high } = inYear(place, quantity.value, year, by);
  const rank = rankOf(place, quantity.value, year);
  const recorded = recordedIn(place, quantity.value, year, by);
  return html`
    <tr>
      <th scope="row">${placeName(place)}</th>
      <td class="num" data-label="Place"><span>${rank.median} <span class="range">${rank.low} to ${rank.high}</span></span></td>
      <td class="num" data-label="Modelled"><span>${amount(median)} <span class="range">${amount(low)} to ${amount(high)}</span></span></td>
      <td class="num" data-label="Recorded"><span>${recorded === null ? "–" : amount(recorded)}</span></td>
    </tr>
  `;
}

function save() {
  const rows = [...told.value.keys()].flatMap((place) => states.quantities.flatMap((name) => {
    const [counts, rates] = ["count", "rate"].map((by) => fanOf(place, name, by));
    const ends = ({ low, median, high }, i) => [low[i], median[i], high[i]].map((value) => Number(value.toPrecision(4)));
    return YEARS.map((year, i) => {
      const rank = told.value.get(place).ranks?.[name][year] ?? ["", "", ""];
      return [place, placeName(place), name, year, ...ends(counts, i), ...ends(rates, i), recordedIn(place, name, year, "count"), ...rank];
    });
  }));
  const said = [
    "Deaths by state and calendar year, modelled with all levers as today: median and 95 % interval to four figures; rates per 100,000 residents",
    `${states.draws} draws; made ${states.made}; digest ${states.stamp}; by hand: ${states.command} OH. Draws of a state are a cut posterior in the country's market.`,
    ...recordRemarks(),
  ];
  saveTable("upriver-states-modelled.csv", said, COLUMNS, rows);
}
