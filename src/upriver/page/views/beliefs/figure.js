/** Deaths by year in the draws that are kept, with all draws as a second line. */
import { html } from "vendor";
import { believing, left } from "../../model/beliefs.js";
import { data } from "../../model/data.js";
import { sums } from "../../model/figures.js";
import { MIDDLE, recorded, roundedIn } from "../../model/records.js";
import { system } from "../../model/scenario.js";
import { useSummary } from "../../model/summaries.js";
import { Awaits } from "../../parts/awaits.js";
import { PageFigure } from "../../parts/figure.js";
import { useLast } from "../../parts/last.js";

const RECORD = "deaths_any_opioid";

export function BeliefsFigure({ flow }) {
  const mine = useLast(useSummary({ run: "now", kind: "sums", flow }).value);
  const every = useLast(useSummary({ run: "now", kind: "sums", flow, all: true }).value);
  if (!mine || !every) return html`<${Awaits} />`;
  const all = sums(every, "all draws", "modelled");
  const lines = believing.value ? [{ ...sums(mine, "with what you believe", "modelled"), colour: 2 }, { ...all, unshaded: true, colour: 1 }] : [all];
  const figure = {
    id: "beliefs",
    title: "Opioid overdose deaths in this scenario",
    question: "How many people die in a year, in the draws that hold what you believe and in all?",
    unit: "deaths a year",
    yFromZero: true,
    projection: data.projection,
    interval: "50 and 95 % intervals",
    note: `Each point is a calendar year. ${believing.value ? `The bands are those of the ${left.value} draws that hold what you believe. ` : ""}${system.value.fitted}${roundedIn(RECORD)}`,
    series: [...lines, recorded(RECORD, "recorded", MIDDLE)],
  };
  return html`<${PageFigure} figure=${figure} height=${240} brief level=${2} />`;
}
