/** Every band of the diagram of kilograms as a table, and as CSV. */
import { html } from "vendor";
import { plain } from "kit/format.js";
import { remarks } from "./figure.js";
import { saveTable } from "./series-csv.js";
import { kg, range, sentence } from "./supply-levels.js";

const COLUMNS = ["year", "name", "from", "to", "value", "low", "high", "unit"];

export function SupplyTable({ found, year }) {
  return html`
    <details class="flows-table">
      <summary>Every band as a table</summary>
      <div class="scroll" role="region" tabindex="0" aria-label="Kilograms by band">
        <table>
          <caption>Kilograms of pure fentanyl in ${year}, and precursors in kilograms of the fentanyl that they are enough for.</caption>
          <thead><tr>
            <th scope="col">What</th><th scope="col" class="num">Median, kg</th><th scope="col" class="num">95 % interval, kg</th>
          </tr></thead>
          <tbody>
            ${[...found.values()].map((reading) => html`
              <tr key=${reading.item.key} data-band=${reading.item.key}>
                <th scope="row">${sentence(reading.item)}</th>
                <td class="num">${kg(reading.value)}</td>
                <td class="num">${range(reading)}</td>
              </tr>`)}
          </tbody>
        </table>
      </div>
    </details>
  `;
}

export function saveCsv(found, year) {
  const rows = [...found.values()].map(({ item, value, low, high }) => [
    year, item.name, item.from, item.to, Number(plain(value)), Number(plain(low)), Number(plain(high)), "kg/year",
  ]);
  const comments = [
    "Flow: kilograms of pure fentanyl in a calendar year, from precursors to sales; medians and 95 % intervals over draws",
    ...remarks(),
  ];
  saveTable(`upriver-flow-${year}.csv`, comments, COLUMNS, rows);
}
