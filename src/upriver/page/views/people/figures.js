/** People with a disorder, treatment and its gap, naloxone: the report's figures, following the levers. */
import { html } from "vendor";
import { data } from "../../model/data.js";
import { differsFrom, instants, isMoved } from "../../model/figures.js";
import { recorded, summed } from "../../model/records.js";
import { whole } from "../../model/scenario.js";
import { useSummary } from "../../model/summaries.js";
import { Awaits } from "../../parts/awaits.js";
import { PageFigure } from "../../parts/figure.js";
import { InView } from "../../parts/series-view.js";

const MEDICATIONS = ["buprenorphine", "methadone", "naltrexone"];

/**
 * Figures, each of lines `{label, output}` or `{label, path}`. A figure of one line shows it as today
 * and with the levers; one of several shows them with the levers. A note may differ by system.
 */
const FIGURES = [
  {
    heading: "People with a disorder",
    id: "people-disorder",
    title: "People with opioid use disorder",
    question: "How many people have an active opioid use disorder, treated or not?",
    unit: "people",
    lines: [{ label: "as today", output: "people.heads.oud" }],
    records: () => [summed(["heroin_use_disorder", "rx_oud", "rx_oud_with_heroin"], "survey, adjusted")],
    note: "Survey counts are adjusted for heroin use that surveys miss, as the authors of SOURCE did. Other published estimates of 2019 reach 7.6 million.",
  },
  {
    id: "people-states",
    title: "Use, disorder and remission",
    question: "How many people misuse opioids, have a disorder, or are in remission?",
    unit: "people",
    lines: [
      { label: "misuse of prescription opioids", output: "people.stocks.misuse" },
      { label: "prescription opioid use disorder", output: "people.heads.with_disorder[rx]" },
      { label: "heroin use disorder", output: "people.heads.with_disorder[heroin]" },
      { label: "heroin use without a disorder", output: "people.stocks.heroin_use" },
      { label: "in remission", output: "people.heads.remission" },
    ],
    note: "A disorder is counted whether treated or not; remission includes people in remission in treatment, and stable remission.",
  },
  {
    heading: "Treatment and its gap",
    id: "people-treatment",
    title: "People on medication for opioid use disorder",
    question: "How many people take buprenorphine, methadone or extended-release naltrexone?",
    unit: "people",
    lines: [{ label: "as today", output: "people.heads.treatment" }],
    records: () => [summed(MEDICATIONS.map((name) => `${name}_patients`), "recorded")],
    note: {
      whole: "At the start of the year. Fitted to the record of each.",
      published: "At the start of the year. Places are full in every draw to 2020, so that the interval has no width. The published model counts people in remission in treatment twice against the places; that is kept, and puts ours about a sixth below the record.",
    },
  },
  {
    id: "people-need",
    title: "On medication, and in need",
    question: "How many people have an active disorder, and how many take a medication?",
    unit: "people",
    lines: [
      { label: "active opioid use disorder", output: "people.heads.oud" },
      { label: "on medication", output: "people.heads.treatment" },
    ],
    note: "Some people on medication are in remission, and some have an active disorder still, so that the two overlap.",
  },
  {
    id: "people-gap",
    title: "The treatment gap",
    question: "What share of people who seek treatment does not get in?",
    unit: "share",
    lines: [
      { label: "heroin use disorder", output: "people.treatment.gap_hud" },
      { label: "prescription opioid use disorder", output: "people.treatment.gap_rx" },
    ],
    note: {
      whole: "Lost to cost, other barriers or a lack of places, or since no medication that they would take is within reach. Of people with a disorder, many do not seek treatment at all; they are not in this share.",
      published: "Lost to cost, other barriers or a lack of places. Of people with a disorder, many do not seek treatment at all; they are not in this share.",
    },
    sources: ["stringfellow2022"],
  },
  {
    id: "people-medications",
    title: "People on each medication",
    question: "Which medication do people take?",
    unit: "people",
    lines: MEDICATIONS.map((name) => ({ label: name, output: `people.heads.in_treatment[${name}]` })),
    records: () => MEDICATIONS.map((name) => recorded(`${name}_patients`, `${name}, recorded`)),
    note: {
      whole: "By who offers each, who wants it and finds it within reach, and how long they stay.",
      published: "Capacity limits each of the three.",
    },
  },
  {
    id: "people-places",
    title: "Places in treatment",
    question: "How many people could take each medication at once?",
    unit: "people",
    lines: MEDICATIONS.map((name) => ({ label: name, output: `people.capacity.places[${name}]` })),
    note: "For buprenorphine: what providers can take on, each further one fewer. For methadone and naltrexone: places that can be used.",
    sources: ["samhsa_source", "nssats_source"],
  },
  {
    id: "people-used",
    title: "Places taken",
    question: "What share of the places is taken?",
    unit: "share",
    lines: MEDICATIONS.map((name) => ({ label: name, output: `people.capacity.used[${name}]` })),
    note: {
      whole: "At 1 treatment is full, and more demand does not bring more people in.",
      published: "At 1 treatment is full, and more demand does not bring more people in. As in the published model, people in remission in treatment count twice.",
    },
    from: 2003,
  },
  {
    heading: "Response to overdose",
    id: "people-naloxone",
    title: "Naloxone at an overdose on heroin or fentanyl",
    question: "How likely is it that a witness has naloxone at hand?",
    unit: "share",
    lines: [{ label: "as today", output: "people.response.naloxone_heroin" }],
    note: {
      whole: "From kits given out, who holds them, carries and uses them.",
      published: "From kits given out, with an efficiency that was fitted.",
    },
    sources: ["naloxone_source"],
  },
  {
    id: "people-kits",
    title: "Naloxone kits given out",
    question: "How many kits are given out in a year?",
    unit: "kits a year",
    lines: [{ label: "as today", output: "people.naloxone.given" }],
    records: () => [recorded("naloxone_kits", "estimated")],
    note: {
      whole: "By programmes and pharmacies. The model is given this series to 2020; how many more there were by 2023, and are since, is drawn.",
      published: "By harm reduction programmes, mail and retail. The model is given this series, and after it a projection.",
    },
  },
];

/** All figures, under their headings; each is computed while it is in view. */
export function PeopleFigures() {
  return html`
    <div class="people-figures">
      ${FIGURES.map((spec) => html`
        ${spec.heading && html`<h2 key=${spec.heading}>${spec.heading}</h2>`}
        <${InView} key=${spec.id} height=${520}><${Modelled} spec=${spec} /><//>`)}
    </div>
  `;
}

function Modelled({ spec }) {
  const alone = spec.lines.length === 1;
  const now = useLines(spec.lines, "now");
  const today = useLines(alone ? spec.lines : [], "today");
  if (![...now, ...today].every(Boolean)) return html`<${Awaits} />`;
  const figure = {
    ...spec,
    ...(data.place ? { note: data.place.note, sources: [] } : { note: noteOf(spec) }),
    yFromZero: true,
    projection: data.projection,
    interval: "95 % interval",
    series: [...(alone ? beside(spec.lines[0], now[0], today[0]) : several(spec, now)), ...((!data.place && spec.records?.()) || [])],
  };
  return html`<${PageFigure} figure=${figure} height=${260} />`;
}

/** A note, or the one of the system that the scenario runs in. */
function noteOf({ note }) {
  return typeof note === "string" ? note : note[whole.value ? "whole" : "published"];
}

function useLines(lines, run) {
  return lines.map(({ output, path }) =>
    useSummary(path ? { run, kind: "driver", path } : { run, kind: "level", output }).value);
}

/** As today, and, once something is moved, with the levers from where they part. */
function beside({ label, path }, now, today) {
  const first = instants(today, label, path ? "driver" : "modelled");
  return isMoved() ? [first, instants(now, "with your levers", "scenario", differsFrom())] : [first];
}

function several({ lines, from = data.clock.firstYear }, now) {
  return lines.map(({ label, path }, i) => instants(now[i], label, path ? "driver" : "modelled", from));
}
