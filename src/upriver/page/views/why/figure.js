/** The waterfall with what a reader needs beside it, and its numbers to take away. */
import { html, useRef } from "vendor";
import { useWidth } from "kit/chart.js";
import { Pictures } from "kit/figure.js";
import { data } from "../../model/data.js";
import { recordRemarks } from "../../model/remarks.js";
import { sourceText } from "../../model/records.js";
import { saveTable } from "../../parts/series-csv.js";
import { Waterfall, rowsOf } from "./waterfall.js";

const COLUMNS = ["part", "title", "mean", "median", "low", "high", "lowers_in", "draws", "unit"];

/** The change from one year to another; `made` is the command that gives it. */
export function Fall({ span, draws, made }) {
  const element = useRef(null);
  const [width, , measured] = useWidth();
  const figure = {
    id: `why-${span.from}-${span.to}`,
    title: `Opioid overdose deaths a year, from ${span.from} to ${span.to}: what each part did to them`,
    note: `Bars are means of ${draws} draws, which add up; lines are 95 % intervals. Blue lowers deaths, orange raises them; what is hatched nothing in the model explains. Already under way is what still changes when every history stays as it was in ${span.from}.`,
    dataTo: null,
    sources: [data.systems.whole.source],
    series: [],
  };
  const remarks = () => [`Made by: ${made}, ${draws} draws`, data.systems.whole.caveat, ...recordRemarks()];
  return html`
    <figure class="figure why-fall" ref=${element} aria-labelledby="why-fall">
      <h3 id="why-fall" class="figure-title">${figure.title}</h3>
      <div class="chart"><div ref=${measured}></div>${width > 0 && html`<${Waterfall} span=${span} width=${width} />`}</div>
      <figcaption><p>${figure.note}</p></figcaption>
      <p class="actions">
        <button type="button" aria-label=${`Save the numbers as CSV: ${figure.title}`} onClick=${() => save(span, draws, [figure.title, ...remarks()])}>CSV</button>
        <${Pictures} figure=${figure} within=${() => element.current} remarks=${remarks} sourceText=${sourceText} />
      </p>
    </figure>
  `;
}

function save(span, draws, remarks) {
  const rows = rowsOf(span).map(({ name, title, mean, median, low, high, lowers_in: lowers }) => [
    name, title, mean, median, low, high, lowers, draws, "people",
  ]);
  saveTable(`upriver-why-${span.from}-${span.to}.csv`, remarks, COLUMNS, rows);
}
