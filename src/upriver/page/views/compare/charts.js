/** Deaths by year of each scenario, and what each averts as the years go by. */
import { html } from "vendor";
import { data, world } from "../../model/data.js";
import { sums } from "../../model/figures.js";
import { linkOf } from "../../model/address.js";
import { MIDDLE, only, recorded, roundedIn } from "../../model/records.js";
import { modelRemarks } from "../../model/remarks.js";
import { systemOf } from "../../model/scenario.js";
import { systemsOf } from "../../model/shelf.js";
import { PageFigure } from "../../parts/figure.js";

const SHOWN_FROM = 2010;
const RECORD = "deaths_any_opioid";

/** `found` in the order of the shelf: `{entry, yearly, course}`. */
export function Courses({ found, since }) {
  const remarks = [
    ...found.map(({ entry }, i) => `Scenario ${label(entry, i)} (${systemOf(entry.scenario).title}): ${linkOf(entry.scenario, "compare")}`),
    ...modelRemarks(systemsOf(entriesOf(found))),
  ];
  return html`
    <div class="compare-charts">
      <${PageFigure} figure=${deaths(found, since)} height=${300} how=${remarks} />
      ${found.length > 1 && html`<${PageFigure} figure=${averted(found, since)} height=${300} how=${remarks} />`}
    </div>
  `;
}

function deaths(found, since) {
  const record = recorded(RECORD, "recorded", MIDDLE);
  return {
    id: "compare-deaths",
    title: "Opioid overdose deaths",
    question: "How many people in the United States die of an opioid overdose in a year, under each scenario?",
    unit: "deaths a year",
    yFromZero: true,
    projection: data.projection,
    interval: "95 % interval",
    note: `Each point is a calendar year. ${systemsOf(entriesOf(found)).map(({ fitted }) => fitted).join(" ")}${roundedIn(RECORD)}`,
    series: [
      ...found.map(({ entry, yearly }, i) =>
        sums(yearly, label(entry, i), i ? "scenario" : "modelled", i ? since : SHOWN_FROM)),
      only(record, (i) => record.x[i] >= SHOWN_FROM),
    ],
  };
}

function averted(found, since) {
  return {
    id: "compare-averted",
    title: "Deaths averted, added up",
    question: `How many deaths does each scenario avert against ${heldAgainst(found)}, from ${since} to the end of each year?`,
    unit: "deaths",
    yFromZero: true,
    interval: "95 % interval",
    note: "Counted draw by draw, so that the band is that of the difference. Below zero there are more deaths.",
    series: found.map(({ entry, course }, i) => ({
      label: label(entry, i),
      ...(i ? grown(course, since) : level(found[1].course.of, world(entry.scenario.world).system, since)),
    })),
  };
}

/** What each is held against: the first, or the base of its own system where there are several. */
function heldAgainst(found) {
  return systemsOf(entriesOf(found)).length > 1 ? "the base of the same system" : `‘${found[0].entry.scenario.title}’`;
}

function entriesOf(found) {
  return found.map(({ entry }) => entry);
}

/** From nothing at `since` on. */
function grown({ x, median, low, high, of }, since) {
  const from = (values) => [0, ...values];
  const times = [since, ...x];
  return { kind: "scenario", x: times, y: from(median), low: from(low), high: from(high), of: { ...of, times } };
}

/** The first averts nothing against itself. It is drawn, so that each keeps its colour. */
function level(of, system, since) {
  const times = [since, data.clock.lastYear];
  return { kind: "modelled", x: times, y: [0, 0], of: { ...of, system, times } };
}

function label({ scenario }, i) {
  return `${i + 1} ${scenario.title}`;
}
