/** Every band of the diagram of kilograms as a table, and as CSV. */
import { html } from "vendor";
import { world } from "../../model/data.js";
import { madeBy } from "../../model/origin.js";
import { remarks } from "../../model/remarks.js";
import { scenario } from "../../model/scenario.js";
import { drawsShown } from "../../model/summaries.js";
import { saveTable } from "../../parts/series-csv.js";
import { kg, range, sentence } from "./levels.js";

const COLUMNS = [
  "year", "name", "from", "to", "value", "low", "high", "unit", "source", "vintage", "status", "world", "draws",
];

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
                <td class="num">${kg(reading)}</td>
                <td class="num">${range(reading)}</td>
              </tr>`)}
          </tbody>
        </table>
      </div>
    </details>
  `;
}

export function saveCsv(found, year) {
  const by = madeBy(world(scenario.value.world).system, drawsShown.value);
  const rows = [...found.values()].map(({ item, value, low, high }) => [
    year, item.name, item.from, item.to, value, low, high, "kg/year", ...Object.values(by),
  ]);
  const comments = [
    "Flow: kilograms of pure fentanyl in a calendar year, from precursors to sales; medians and 95 % intervals over draws",
    ...remarks(),
  ];
  saveTable(`upriver-flow-${year}.csv`, comments, COLUMNS, rows);
}
