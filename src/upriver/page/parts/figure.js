/** A figure of the page: the kit's, with what its numbers come from, here and in what is saved of it. */
import { html } from "vendor";
import { Figure } from "kit/figure.js";
import { isRecorded, sourcesOf } from "../model/origin.js";
import { reachOf, sourceText } from "../model/records.js";
import { recordRemarks, remarks } from "../model/remarks.js";
import { saveFigure } from "./series-csv.js";

/** `further` are lines that a saved file says besides; `how` those that say how it was made, if not as usual. */
export function PageFigure({ figure, further = [], how, ...given }) {
  const recorded = figure.series.filter(isRecorded);
  const made = () => how ?? (recorded.length < figure.series.length ? remarks() : recordRemarks());
  const whole = { ...figure, dataTo: reachOf(recorded), sources: sourcesOf(figure) };
  return html`<${Figure} figure=${whole} sourceText=${sourceText} remarks=${() => [...further, ...made()]} saveNumbers=${saveFigure} ...${given} />`;
}
