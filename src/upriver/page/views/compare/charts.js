/** Deaths by year on a ground, and what each of its scenarios averts as the years go by: one little chart each. */
import { html } from "vendor";
import { linkOf } from "../../model/address.js";
import { IN_PLACE, data } from "../../model/data.js";
import { sums } from "../../model/figures.js";
import { MIDDLE, only, recorded, roundedIn } from "../../model/records.js";
import { modelRemarks } from "../../model/remarks.js";
import { systemOf } from "../../model/scenario.js";
import { PageFigure } from "../../parts/figure.js";
import { baseText, labelOf } from "./grounds.js";

const SHOWN_FROM = 2010;
const RECORD = "deaths_any_opioid";
const BANDS = "50 and 95 % intervals";
const TALL = 300;
const SMALL = 150;

export function Courses({ ground, number, level }) {
  const { base, members } = ground;
  const remarks = [
    ...[base, ...members].map((one) => `Scenario ${labelOf(one)} (${systemOf(one.scenario).title}): ${linkOf(one.scenario, "compare")}`),
    ...modelRemarks([systemOf(base.scenario)]),
  ];
  const alone = members.length < 2;
  const domain = rangeOf(members);
  return html`
    <div class="compare-charts">
      <${PageFigure} figure=${deaths(ground, number)} height=${TALL} level=${level} how=${remarks} />
      <div class=${alone ? "" : "multiples"}>
        ${members.map((one) => html`<${PageFigure} key=${one.place} figure=${averted(one, ground)} height=${alone ? TALL : SMALL} domain=${domain}
          brief=${!alone} compact=${!alone} level=${level} how=${remarks} />`)}
        ${!alone && html`<p class="soft">On one scale. Darker: half of the draws; lighter: 95 % of them. Below zero there are more deaths.</p>`}
      </div>
    </div>
  `;
}

/** Only what all are held against has its bands; the scenarios are lines, their differences have charts of their own. */
function deaths({ base, members }, number) {
  const record = recorded(RECORD, "recorded", MIDDLE);
  const line = (one, kind) => ({ ...sums(one.yearly, labelOf(one), kind, SHOWN_FROM), colour: (one.place ?? 0) + 1 });
  return {
    id: `compare-deaths-${number}`,
    title: "Opioid overdose deaths",
    question: `How many people in ${IN_PLACE} die of an opioid overdose in a year, under each scenario?`,
    unit: "deaths a year",
    yFromZero: true,
    projection: data.projection,
    interval: BANDS,
    note: `Each point is a calendar year. The bands are those of ${baseText(base)}. ${systemOf(base.scenario).fitted}${roundedIn(RECORD)}`,
    series: [
      line(base, "modelled"),
      ...members.map((one) => ({ ...line(one, "scenario"), unshaded: true })),
      only(record, (i) => record.x[i] >= SHOWN_FROM),
    ],
  };
}

function averted(one, { base, since }) {
  return {
    id: `compare-averted-${one.place + 1}`,
    title: `${labelOf(one)}: deaths averted`,
    question: `How many deaths does it avert against ${baseText(base)}, from ${since} to the end of each year, added up?`,
    unit: "deaths",
    yFromZero: true,
    interval: BANDS,
    note: "Counted draw by draw, so that the band is that of the difference. Below zero there are more deaths.",
    series: [{ label: labelOf(one), ...grown(one.course, since), colour: one.place + 1 }],
  };
}

/** From nothing at `since` on. */
function grown({ x, of, ...found }, since) {
  const from = (name) => [0, ...found[name]];
  const times = [since, ...x];
  return {
    kind: "scenario", x: times, y: from("median"), low: from("low"), high: from("high"),
    innerLow: from("innerLow"), innerHigh: from("innerHigh"), of: { ...of, times },
  };
}

/** What one scale for all must hold. */
function rangeOf(members) {
  const ends = members.flatMap(({ course }) => [...course.low, ...course.high]);
  return ends.length ? [Math.min(0, ...ends), Math.max(0, ...ends)] : undefined;
}
