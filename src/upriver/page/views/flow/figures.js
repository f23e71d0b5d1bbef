/** Figures of supply: seized weight and flow by year; the market's share, purity, coverage, dose, price. */
import { html } from "vendor";
import { data } from "../../model/data.js";
import { differsFrom, instants, isMoved, sums } from "../../model/figures.js";
import { seriesOf } from "../../model/packed.js";
import { MIDDLE, points } from "../../model/records.js";
import { useSummary } from "../../model/summaries.js";
import { Awaits } from "../../parts/awaits.js";
import { PageFigure } from "../../parts/figure.js";
import { InView } from "../../parts/series-view.js";
import { recordedByYear } from "./record.js";

const MADE = ["supply.production.produced[china]", "supply.production.produced[mexico]"];
const FISCAL_MIDDLE = 0.25;

/** Figures, each of one quantity, as today and with the levers. */
const FIGURES = [
  {
    id: "flow-seized",
    title: "Weight seized at the border and in the mail",
    question: "How much is seized in a federal fiscal year, as it is weighed?",
    unit: "kg a year, gross weight",
    want: { kind: "yearly", flows: ["supply.seizures.gross_total"], fiscal: true },
    shift: FISCAL_MIDDLE,
    from: 2014,
    records: () => [recordedByYear()],
    note: "Each point is a fiscal year, October to September. Recorded: by US Customs and Border Protection, turned from pounds to kilograms. Weight is that of the whole seizure, of which fentanyl is a part.",
  },
  {
    id: "flow-made",
    title: "Fentanyl made for the US market",
    question: "How many kilograms of pure fentanyl are made in a year, in China and Mexico together?",
    unit: "kg a year, pure",
    want: { kind: "yearly", flows: MADE },
    shift: MIDDLE,
    from: 2010,
    note: "The level hangs on how much a person takes in a year and on the chance of seizure; both are judgements, and nobody records them.",
  },
  {
    id: "flow-share",
    title: "Fentanyl's share of illicit opioids",
    question: "Of the doses of illicit opioids, what share is fentanyl?",
    unit: "share",
    want: { kind: "level", output: "supply.fentanyl_share" },
    from: 2010,
    records: () => [drawn("nflis_share_opioid", "laboratory samples")],
    note: "Recorded: of the samples with heroin or fentanyl that forensic laboratories tested, those that hold fentanyl. Samples are not doses.",
  },
  {
    id: "flow-purity",
    title: "Purity of powder",
    question: "What share of a powder that is sold as fentanyl is fentanyl?",
    unit: "share",
    want: { kind: "level", output: "supply.offer.purity" },
    from: 2010,
    records: () => [drawn("fentanyl_powder_purity", "DEA laboratories")],
    note: "Recorded: mean of powders that laboratories of the Drug Enforcement Administration tested, by month of seizure, read off a chart.",
  },
  {
    id: "flow-coverage",
    title: "Doses that can be had",
    question: "How many of the doses that people want at the reference price can be had and paid for?",
    unit: "ratio",
    want: { kind: "level", output: "people.beyond.risk.coverage" },
    from: 2010,
    note: "1 is all of them: below it the market is short or dear, above it cheap. Nobody records it.",
  },
  {
    id: "flow-dose",
    title: "Fentanyl in a dose",
    question: "How much fentanyl is in a dose that is taken, relative to 2019 to 2021?",
    unit: "ratio",
    want: { kind: "level", output: "supply.market.dose" },
    from: 2010,
    note: "1 is the dose at the reference purity of powder. A sudden rise kills: tolerance follows late.",
  },
  {
    id: "flow-price",
    title: "Price of a dose",
    question: "What does a dose of fentanyl cost, relative to the reference?",
    unit: "ratio",
    want: { kind: "level", output: "supply.price" },
    from: 2010,
    note: "Of a dose, and not of a milligram: where purity falls, the same price buys less.",
  },
];

/** All figures; each is computed while it is in view. */
export function SupplyFigures() {
  return html`
    <div class="people-figures">
      <h2>The market, year by year</h2>
      ${FIGURES.map((spec) => html`<${InView} key=${spec.id} height=${500}><${Modelled} spec=${spec} /><//>`)}
    </div>
  `;
}

function Modelled({ spec }) {
  const now = useSummary({ run: "now", ...spec.want }).value;
  const today = useSummary({ run: "today", ...spec.want }).value;
  if (!now || !today) return html`<${Awaits} />`;
  const line = (found, label, kind, since) =>
    (spec.want.kind === "level" ? instants(found, label, kind, since) : sums(found, label, kind, since, spec.shift));
  const series = [line(today, "as today", "modelled", spec.from)];
  if (isMoved()) series.push(line(now, "with your levers", "scenario", Math.max(spec.from, differsFrom())));
  const figure = {
    ...spec,
    yFromZero: true,
    projection: data.projection,
    interval: "95 % interval",
    note: spec.note,
    series: [...series, ...(spec.records?.() ?? [])],
  };
  return html`<${PageFigure} figure=${figure} height=${240} />`;
}

/** A record, drawn at the middle of its periods. */
function drawn(name, label) {
  const record = seriesOf(name);
  return points(record, label, record.at);
}
