/** Kilograms of fentanyl in a year that the reader chooses, from precursors to sales. */
import { html, signal, useId, useRef } from "vendor";
import { Pictures } from "kit/figure.js";
import { data } from "../../model/data.js";
import { sourceText } from "../../model/records.js";
import { remarks } from "../../model/remarks.js";
import { Awaits } from "../../parts/awaits.js";
import { holds } from "../../parts/paper.js";
import { system } from "../../model/scenario.js";
import { Drawing } from "./drawing.js";
import { inFull, sentence, useBands } from "./levels.js";
import { List } from "./list.js";
import { SupplyTable, saveCsv } from "./table.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const FIRST_SHOWN = 2021;

/** The year that is shown; other parts of the view follow it. */
export const year = signal(FIRST_SHOWN);
const pointed = signal("sent_ports");
const roomy = holds("(min-width: 68rem)");

export function Kilograms() {
  const found = useBands(year.value);
  return html`
    <section class="flows" aria-labelledby="flow-title">
      <h2 id="flow-title">Kilograms, from precursors to sales</h2>
      <p class="soft">Pure fentanyl in a calendar year, as the model has it; precursors count as the fentanyl that they are enough for.
        Countries, four corridors and one national market: nothing finer is modelled.</p>
      <${Year} />
      ${found ? html`<${Body} found=${found} />` : html`<${Awaits} />`}
    </section>
  `;
}

function Year() {
  const id = useId();
  const { firstYear, lastYear } = data.clock;
  return html`
    <div class="flows-controls">
      <div class="flows-year">
        <label for=${id}>Year</label>
        <input id=${id} type="range" min=${firstYear} max=${lastYear - 1} step="1" value=${year.value} aria-valuetext=${String(year.value)}
          onInput=${(event) => (year.value = Number(event.currentTarget.value))} />
        <output for=${id}>${year.value}</output>
      </div>
    </div>
  `;
}

function Body({ found }) {
  const element = useRef(null);
  const figure = {
    id: `flow-${year.value}`,
    title: `Kilograms of fentanyl, from precursors to sales, ${year.value}`,
    question: "Bands are kilograms of pure fentanyl in the year; their width is to scale.",
    note: "Medians over draws.",
    dataTo: null,
    sources: [system.value.source],
    series: [],
  };
  const label = `Kilograms of fentanyl from precursors to sales in ${year.value}. Arrow keys go through it.`;
  return html`
    <div class="flows-body" ref=${element} onKeyDown=${(event) => walk(event, element.current)}>
      ${roomy.value
        ? html`<${Drawing} found=${found} current=${pointed.value} point=${(key) => (pointed.value = key)} label=${label} />
          <${Detail} reading=${found.get(pointed.value)} />`
        : html`<${List} found=${found} />`}
    </div>
    <${SupplyTable} found=${found} year=${year.value} />
    <p class="actions flows-actions">
      <button type="button" onClick=${() => saveCsv(found, year.value)} aria-label="Save the numbers as CSV: kilograms of fentanyl">CSV</button>
      ${roomy.value && html`<${Pictures} figure=${figure} within=${() => element.current} remarks=${remarks} sourceText=${sourceText} />`}
    </p>
    <p class="soft flows-note">Every band is a flow that moves the stocks of the model, summed over the year. The median of a sum is not
      quite the sum of medians, so that medians need not add up to the last kilogram. What is delivered and not sold stays in stock.</p>
  `;
}

/** What is pointed at, in words. */
function Detail({ reading }) {
  return html`
    <p class="flows-detail" aria-live="polite">
      <b>${sentence(reading.item)}</b>
      <span>${inFull(reading)}, in ${year.value}.</span>
    </p>
  `;
}

/** Arrow keys go from number to number; Home and End to the first and last. */
function walk(event, body) {
  if (!event.target.closest?.("svg.flows-drawing")) return;
  const keys = [...body.querySelectorAll("[data-key]")].map(({ dataset }) => dataset.key);
  const at = keys.indexOf(pointed.value);
  const next = event.key === "Home" ? 0 : event.key === "End" ? keys.length - 1 : at + (STEPS[event.key] ?? 0);
  if (next === at || !keys[next]) return;
  event.preventDefault();
  pointed.value = keys[next];
  body.querySelector(`[data-key="${keys[next]}"]`)?.focus();
}
