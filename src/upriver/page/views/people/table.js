/** Every stock and flow of the diagram as a table, and as CSV with its parts. */
import { html, useState } from "vendor";
import { world } from "../../model/data.js";
import { madeBy } from "../../model/origin.js";
import { remarks } from "../../model/remarks.js";
import { scenario } from "../../model/scenario.js";
import { drawsShown } from "../../model/summaries.js";
import { asToday, isCounted, range, signs, whole as counted } from "./levels.js";
import { saveTable } from "../../parts/series-csv.js";

const COLUMNS = [
  "year", "name", "from", "to", "part", "value", "low", "high", "unit", "as_today", "counted", "source", "vintage", "status", "world", "draws",
];

/** The table, made when it is opened. */
export function FlowsTable({ found, year, compare }) {
  const [open, setOpen] = useState(false);
  return html`
    <details class="flows-table" onToggle=${(event) => setOpen(event.currentTarget.open)}>
      <summary>Every stock and flow as a table</summary>
      ${open && html`<${Table} found=${found} year=${year} compare=${compare} />`}
    </details>
  `;
}

function Table({ found, year, compare }) {
  return html`
    <div class="scroll" role="region" tabindex="0" aria-label="Stocks and flows">
      <table>
        <caption>Stocks at the start of ${year} (people), and flows at that moment (people a year). A flow that is counted
          also has a counter, so that any calendar year's sum is exact.</caption>
        <thead><tr>
          <th scope="col">What</th><th scope="col">Unit</th><th scope="col" class="num">Median</th>
          <th scope="col" class="num">95 % interval</th>
          ${compare && html`<th scope="col" class="num">As today</th><th scope="col" class="num">Difference (95 % interval)</th>`}
          <th scope="col">Counted</th>
        </tr></thead>
        <tbody>
          ${[...found.values()].flatMap((reading) => rowsOf(reading).map(({ name, whole, ...told }) => html`
            <tr key=${`${reading.item.key}${name}`}>
              <th scope="row">${whole ? name : html`<span class="part">${name}</span>`}</th>
              <td>${reading.item.unit}</td>
              <td class="num">${counted(told)[0]}</td>
              <td class="num">${range(told)}</td>
              ${compare && html`
                <td class="num">${whole ? asToday(reading) : ""}</td>
                <td class="num">${whole ? differs(reading.difference) : ""}</td>`}
              <td>${whole && reading.item.unit !== "people" ? (isCounted(reading.item) ? "yes" : "no") : ""}</td>
            </tr>`))}
        </tbody>
      </table>
    </div>
  `;
}

/** A difference with its interval. */
function differs(difference) {
  const [middle, from, to] = signs(difference);
  return `${middle} (${from} to ${to})`;
}

/** An item, and below it the outputs of which it is the sum. */
function rowsOf({ item, value, low, high, draws, parts }) {
  const whole = { name: item.name, value, low, high, draws, whole: true };
  if (parts.length === 1) return [whole];
  return [whole, ...parts.map((part, i) => ({ ...part, name: partName(item.outputs[i]), whole: false }))];
}

const GROUPS = { rx: "prescription opioids", rx_heroin: "prescription opioids, with heroin use", heroin: "heroin or fentanyl" };

/** What a part is, from the labels of its output. */
function partName(output) {
  const [group] = output.match(/\[(.*)\]/)[1].split(",");
  return `disorder from ${GROUPS[group]}`;
}

export function saveCsv(found, year) {
  const by = madeBy(world(scenario.value.world).system, drawsShown.value);
  const rows = [...found.values()].flatMap((reading) => {
    const { item, before } = reading;
    return rowsOf(reading).map(({ name, value, low, high, whole }) => [
      year, item.name, item.from, item.to, whole ? "" : name, value, low, high, item.unit === "people" ? "people" : "people/year",
      whole && before !== null ? before : "", item.unit === "people" ? "" : isCounted(item), ...Object.values(by),
    ]);
  });
  const said = [
    "People: stocks and flows",
    `Stocks at the start of ${year}, flows at that moment; the medians of parts need not add up to that of their sum.`,
  ];
  saveTable(`upriver-people-${year}.csv`, [...said, ...remarks()], COLUMNS, rows);
}
