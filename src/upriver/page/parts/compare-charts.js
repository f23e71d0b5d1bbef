/** Deaths by year of each scenario, and what each averts as the years go by. */
import { html } from "vendor";
import { data } from "../model/data.js";
import { sums } from "../model/figures.js";
import { addressOf } from "../model/link.js";
import { MIDDLE, recorded } from "../model/records.js";
import { systemOf } from "../model/scenario.js";
import { PageFigure } from "./figure.js";

const SHOWN_FROM = 2010;

/** `found` in the order of the shelf: `{entry, yearly, course}`. */
export function Courses({ found, since }) {
  const remarks = [
    ...found.map(({ entry }, i) => `Scenario ${label(entry, i)}: ${addressOf(entry.scenario, "compare")}`),
    `Upriver ${data.version} (${data.digest}), ${data.draws} draws`,
  ];
  return html`
    <div class="compare-charts">
      <${PageFigure} figure=${deaths(found, since)} height=${300} remarks=${remarks} />
      ${found.length > 1 && html`<${PageFigure} figure=${averted(found, since)} height=${300} remarks=${remarks} />`}
    </div>
  `;
}

function deaths(found, since) {
  const record = recorded("deaths_any_opioid", "recorded", MIDDLE);
  const begin = record.x.findIndex((year) => year >= SHOWN_FROM);
  return {
    id: "compare-deaths",
    title: "Opioid overdose deaths",
    question: "How many people in the United States die of an opioid overdose in a year, under each scenario?",
    unit: "deaths a year",
    yFromZero: true,
    projection: data.projection,
    interval: "95 % interval",
    dataTo: "the end of 2024",
    note: `Each point is a calendar year. ${[...new Set(found.map(({ entry }) => systemOf(entry.scenario).fitted))].join(" ")}`,
    sources: ["lim2022", "wonder", "nchs", "nchs_2024"],
    series: [
      ...found.map(({ entry, yearly }, i) =>
        sums(yearly, label(entry, i), i ? "scenario" : "modelled", i ? since : SHOWN_FROM)),
      { ...record, x: record.x.slice(begin), y: record.y.slice(begin) },
    ],
  };
}

function averted(found, since) {
  return {
    id: "compare-averted",
    title: "Deaths averted, added up",
    question: `How many deaths does each scenario avert against ‘${found[0].entry.scenario.title}’, from ${since} to the end of each year?`,
    unit: "deaths",
    yFromZero: true,
    interval: "95 % interval",
    note: "Counted draw by draw, so that the band is that of the difference. Below zero there are more deaths.",
    sources: ["lim2022"],
    series: found.map(({ entry, course }, i) => ({
      label: label(entry, i),
      ...(i ? grown(course, since) : level(since)),
      source: "lim2022",
    })),
  };
}

/** From nothing at `since` on. */
function grown({ x, median, low, high }, since) {
  const from = (values) => [0, ...values];
  return { kind: "scenario", x: [since, ...x], y: from(median), low: from(low), high: from(high) };
}

/** The first averts nothing against itself. It is drawn, so that each keeps its colour. */
function level(since) {
  return { kind: "modelled", x: [since, data.clock.lastYear], y: [0, 0] };
}

function label({ scenario }, i) {
  return `${i + 1} ${scenario.title}`;
}
