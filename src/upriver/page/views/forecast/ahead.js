/** The fan: the record, what is said ahead with its intervals, and the other forecaster's middle. */
import { html, signal } from "vendor";
import { figures } from "kit/format.js";
import { monthText, spanOf } from "../../model/calendar.js";
import { data } from "../../model/data.js";
import { seriesOf } from "../../model/packed.js";
import { recordRemarks } from "../../model/remarks.js";
import { PageFigure } from "../../parts/figure.js";
import { NAMES, atMonths, course } from "./told.js";

const { forecast } = data.told;
const RECORD = "deaths_synthetic_12m_predicted";
const CALENDAR = "12 months ending";
const ROWS = [6, 12, 18, 24];
const shown = signal("ensemble");

const endOf = (label) => spanOf(CALENDAR, label)[1];

export function Ahead() {
  const chosen = shown.value;
  const other = Object.keys(forecast.ahead).find((name) => name !== chosen);
  const figure = {
    id: "forecast-ahead",
    title: "Deaths with synthetic opioids, twelve months to each month",
    unit: "people",
    yFromZero: true,
    projection: endOf(forecast.record_to),
    interval: "90 % interval, inside it 50 %",
    note: "The record is as final counts will have it: provisional sums, from 2024 on, are lowered by what they have been too high.",
    series: [line(chosen, true), line(other, false), record()],
  };
  return html`
    <fieldset class="choices">
      <legend>Intervals of</legend>
      ${Object.keys(forecast.ahead).map((name) => html`
        <label key=${name} class="choice">
          <input type="radio" name="forecast-by" checked=${chosen === name} onChange=${() => (shown.value = name)} />
          <span>${NAMES[name]}</span>
        </label>`)}
    </fieldset>
    <div class="forecast-ahead">
      <${PageFigure} figure=${figure} height=${300} how=${how()} />
      <${Table} />
    </div>
  `;
}

/** A forecaster's middle, with its intervals if it is the one that is chosen. */
function line(name, banded) {
  const bands = ["low", "high", "innerLow", "innerHigh"].map((field) => [field, course(name, field)]);
  const of = { name: `forecast: ${NAMES[name]}`, unit: "people", calendar: CALENDAR, system: forecast.world, draws: "", status: "projected", times: forecast.ends };
  return {
    label: NAMES[name], kind: "modelled", x: forecast.ends.map(endOf), y: course(name, "median"), ...Object.fromEntries(bands),
    unshaded: !banded, colour: name === "ensemble" ? 1 : 2, of,
  };
}

/** The record that the forecast starts from, with the sources of the published one. */
function record() {
  const { labels, sources, vintages, place, unit, name } = seriesOf(RECORD);
  const from = labels.indexOf(forecast.first);
  const part = (values) => values.slice(from, from + forecast.record.length);
  const months = part(labels);
  const each = (text) => months.map(() => text);
  const of = {
    name: `${name}, lowered`, place, unit, calendar: CALENDAR, labels: months, sources: part(sources), vintages: part(vintages),
    statuses: each("computed"), notes: each("as final counts will have it"),
  };
  return { label: "recorded", kind: "recorded", x: months.map(endOf), y: forecast.record, of };
}

function how() {
  return [
    `Forecast: ${forecast.command}; low and high: 90 % interval`,
    ...recordRemarks(),
  ];
}

function Table() {
  return html`
    <div class="scroll" role="region" tabindex="0" aria-labelledby="ahead-caption">
      <table class="forecast-table">
        <caption id="ahead-caption">Deaths expected: middle, and below it the 90 % interval.</caption>
        <thead><tr><th scope="col">Twelve months to</th>${Object.keys(forecast.ahead).map((name) => html`<th key=${name} scope="col" class="num">${NAMES[name]}</th>`)}</tr></thead>
        <tbody>${ROWS.map((months) => html`
          <tr key=${months}>
            <th scope="row">${monthText(forecast.ends[months - 1])}</th>
            ${Object.keys(forecast.ahead).map((name) => html`<${Cell} key=${name} ...${atMonths(name, months)} />`)}
          </tr>`)}</tbody>
      </table>
    </div>
  `;
}

function Cell({ median, low, high }) {
  return html`<td class="num"><b>${figures(median)}</b> <span class="range">${figures(low)} to ${figures(high)}</span></td>`;
}
