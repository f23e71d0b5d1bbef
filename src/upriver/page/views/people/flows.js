/** Stocks and flows of people in a year that the reader chooses, beside the same year as today. */
import { html, signal, useId, useRef } from "vendor";
import { Pictures } from "kit/figure.js";
import { data } from "../../model/data.js";
import { isMoved } from "../../model/figures.js";
import { sourceText } from "../../model/records.js";
import { remarks } from "../../model/remarks.js";
import { Awaits } from "../../parts/awaits.js";
import { holds } from "../../parts/paper.js";
import { system } from "../../model/scenario.js";
import { Drawing } from "./drawing.js";
import { ITEMS, asToday, inFull, isCounted, signs, useReadings, useReadingsBeside } from "./levels.js";
import { List } from "./list.js";
import { FlowsTable, saveCsv } from "./table.js";

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const year = signal(data.clock.lastYear);
const compare = signal(false);
const pointed = signal("untreated.2");
const roomy = holds("(min-width: 68rem)");

export function Flows() {
  return html`
    <section class="flows" aria-labelledby="flows-title">
      <h2 id="flows-title">Where people are, and how they move</h2>
      <p class="soft">Opioid use disorder is no one-way road. In the model most people who start a medication leave it with the
        disorder, and many of them start again; many people in remission relapse.${roomy.value && " Squares are people, bands are people who move in a year."}</p>
      <${Controls} />
      ${compare.value ? html`<${Beside} key="beside" />` : html`<${Alone} key="alone" />`}
    </section>
  `;
}

function Controls() {
  const id = useId();
  const { firstYear, lastYear } = data.clock;
  return html`
    <div class="flows-controls">
      <div class="flows-year">
        <label for=${id}>Start of the year</label>
        <input id=${id} type="range" min=${firstYear} max=${lastYear} step="1" value=${year.value} aria-valuetext=${String(year.value)}
          onInput=${(event) => (year.value = Number(event.currentTarget.value))} />
        <output for=${id}>${year.value}</output>
      </div>
      <label class="flows-compare">
        <input type="checkbox" checked=${compare.value} onChange=${(event) => (compare.value = event.currentTarget.checked)} />
        Compare with today: show what differs from the same year with all levers as today
      </label>
    </div>
  `;
}

/** The year alone; `Beside` asks for the run as today, too. */
function Alone() {
  return html`<${Body} found=${useReadings(year.value)} beside=${false} />`;
}

function Beside() {
  return html`<${Body} found=${useReadingsBeside(year.value)} beside />`;
}

function Body({ found, beside }) {
  const element = useRef(null);
  if (!found) return html`<${Awaits} />`;
  const same = beside && !isMoved();
  const figure = {
    id: `people-${year.value}`,
    title: `People and how they move, ${year.value}`,
    question: "Squares are people, bands are people who move in a year; area and width are to scale.",
    note: "Medians over draws.",
    dataTo: null,
    sources: [system.value.source],
    series: [],
  };
  const label = `People by state, and how many move in a year, at the start of ${year.value}. Arrow keys go through it.`;
  return html`
    ${same && html`<p class="soft" role="status">No lever is moved, so that nothing differs from today.</p>`}
    <div class="flows-body" ref=${element} onKeyDown=${(event) => walk(event, element.current)}>
      ${roomy.value
        ? html`<${Drawing} found=${found} current=${pointed.value} point=${(key) => (pointed.value = key)} label=${label} more=${spoken} />
          <${Detail} reading=${found.get(pointed.value)} />`
        : html`<${List} found=${found} compare=${beside} />`}
    </div>
    <${FlowsTable} found=${found} year=${year.value} compare=${beside} />
    <p class="actions flows-actions">
      <button type="button" onClick=${() => saveCsv(found, year.value)}>CSV</button>
      ${roomy.value && html`<${Pictures} figure=${figure} within=${() => element.current} remarks=${remarks} sourceText=${sourceText} />`}
    </p>
    <p class="soft flows-note">Stocks are counted at the start of the year; flows are those of that moment, in people a year. They are the flows
      that move the stocks in the model, and no others. The median of a sum is not quite the sum of medians, so that medians need
      not add up to the last person. Deaths, people who start, and entries into treatment are also counted over calendar years; the table
      says which.</p>
  `;
}

/** What is pointed at, in words. */
function Detail({ reading }) {
  const { item, difference, parts } = reading;
  const [middle, from, to] = difference ? signs(difference) : [];
  return html`
    <p class="flows-detail" aria-live="polite">
      <b>${sentence(item)}</b>
      <span>${inFull(reading)} ${item.unit}${item.unit === "people" ? ` at the start of ${year.value}` : ""}.</span>
      ${difference && html`<span>As today ${asToday(reading)}; it differs by ${middle} (${from} to ${to}).</span>`}
      ${parts.length === 1 && item.unit !== "people" && html`
        <span class="soft">${isCounted(item) ? "Also counted over calendar years." : "Not counted over calendar years."}</span>`}
      ${parts.length > 1 && html`<span class="soft">Its parts, with their intervals, stand in the table.</span>`}
    </p>
  `;
}

function spoken(reading) {
  return `${sentence(reading.item)}: ${inFull(reading)} ${reading.item.unit}`;
}

function sentence({ name, stock, from, to }) {
  if (stock || (from === undefined && to === undefined)) return name;
  return `People who ${name}`;
}

/** Arrow keys go from item to item; Home and End to the first and last. */
function walk(event, body) {
  const at = ITEMS.findIndex(({ key }) => key === pointed.value);
  if (!event.target.closest?.("svg.flows-drawing")) return;
  const next = event.key === "Home" ? 0 : event.key === "End" ? ITEMS.length - 1 : at + (STEPS[event.key] ?? 0);
  if (next === at || !ITEMS[next]) return;
  event.preventDefault();
  pointed.value = ITEMS[next].key;
  body.querySelector(`[data-key="${ITEMS[next].key}"]`)?.focus();
}
