/** Deaths by year, recorded and modelled: the chart that every answer is about. */
import { html } from "vendor";
import { data } from "../model/data.js";
import { differsFrom, isMoved, sums } from "../model/figures.js";
import { MIDDLE, recorded, roundedIn } from "../model/records.js";
import { system } from "../model/scenario.js";
import { useSummary } from "../model/summaries.js";
import { PageFigure } from "./figure.js";

const FLOW = "people.overdose.deaths";
const RECORD = "deaths_any_opioid";

/** `level` is that of the figure's heading, below the one that it stands under. */
export function Deaths({ height, level = 3 }) {
  const now = useSummary({ run: "now", kind: "sums", flow: FLOW }).value;
  const today = useSummary({ run: "today", kind: "sums", flow: FLOW }).value;
  if (!now || !today) return html`<div class="awaits">Running the model …</div>`;
  return html`<${PageFigure} figure=${deathsFigure(now, today)} height=${height} level=${level} />`;
}

function deathsFigure(now, today) {
  const lines = [sums(today, "as today", "modelled")];
  if (isMoved()) lines.push(sums(now, "with your levers", "scenario", differsFrom()));
  return {
    id: "deaths",
    title: "Opioid overdose deaths",
    question: "How many people in the United States die of an opioid overdose in a year?",
    unit: "deaths a year",
    yFromZero: true,
    projection: data.projection,
    interval: "95 % interval",
    note: `Each point is a calendar year. ${system.value.fitted}${roundedIn(RECORD)}`,
    series: [...lines, recorded(RECORD, "recorded", MIDDLE)],
  };
}
