/** Deaths by year, recorded and modelled, and below them what the levers change: a difference as a difference. */
import { html } from "vendor";
import { IN_PLACE, data } from "../model/data.js";
import { differsFrom, isMoved, sums } from "../model/figures.js";
import { MIDDLE, recorded, roundedIn } from "../model/records.js";
import { system } from "../model/scenario.js";
import { useSummary } from "../model/summaries.js";
import { Awaits } from "./awaits.js";
import { PageFigure } from "./figure.js";

const FLOW = "people.overdose.deaths";
const RECORD = "deaths_any_opioid";
const BANDS = "50 and 95 % intervals";

/** `level` is that of the figure's heading, below the one that it stands under. */
export function Deaths({ height, brief, level = 3 }) {
  const now = useSummary({ run: "now", kind: "sums", flow: FLOW }).value;
  const today = useSummary({ run: "today", kind: "sums", flow: FLOW }).value;
  if (!now || !today) return html`<${Awaits} />`;
  return html`<${PageFigure} figure=${deathsFigure(now, today)} height=${height} brief=${brief} level=${level} />`;
}

function deathsFigure(now, today) {
  const lines = [sums(today, "as today", "modelled")];
  if (isMoved()) lines.push({ ...sums(now, "with your levers", "scenario", differsFrom()), unshaded: true });
  return {
    id: "deaths",
    title: "Opioid overdose deaths",
    question: `How many people in ${IN_PLACE} die of an opioid overdose in a year?`,
    unit: "deaths a year",
    yFromZero: true,
    projection: data.projection,
    interval: isMoved() ? `${BANDS} of ‘as today’` : BANDS,
    note: `Each point is a calendar year. The bands are those of ‘as today’. ${system.value.fitted}${roundedIn(RECORD)}`,
    series: [...lines, recorded(RECORD, "recorded", MIDDLE)],
  };
}

/** How many fewer die in each year than as today, draw by draw; nothing while nothing is moved. */
export function Fewer({ height, brief, level = 3 }) {
  const found = useSummary({ run: "now", kind: "fewer", flow: FLOW }).value;
  if (!found || !isMoved()) return null;
  return html`<${PageFigure} figure=${fewerFigure(found)} height=${height} brief=${brief} level=${level} />`;
}

function fewerFigure(found) {
  return {
    id: "fewer",
    title: "Fewer deaths than as today",
    question: "How many fewer people die in each year with your levers? Below zero, more die.",
    unit: "deaths averted a year",
    yFromZero: true,
    interval: BANDS,
    note: "Counted draw by draw, so that the band is that of the difference.",
    series: [sums(found, "with your levers", "scenario", data.clock.firstYear)].map((line) => ({ ...line, colour: 2 })),
  };
}
