/**
 * The report's script: draws every figure in its place, and offers its picture.
 *
 * Headings, notes, tables and CSV stand in the HTML already, so that without this script every
 * number is still there.
 */
import { html, render } from "vendor";
import { Chart } from "./chart.js";
import { Pictures } from "./figure.js";
import { Sankey } from "./sankey.js";

const { figures, cited, remarks } = JSON.parse(document.getElementById("figures").textContent);
const byId = new Map(figures.map((figure) => [figure.id, figure]));

for (const place of document.querySelectorAll(".chart-here")) {
  const figure = byId.get(place.dataset.figure);
  const holder = place.closest("figure");
  render(html`<${figure.links ? Sankey : Chart} figure=${figure} />`, place);
  render(
    html`<${Pictures} figure=${figure} within=${() => holder} remarks=${remarks}
      sourceText=${(key) => cited[key] ?? key} />`,
    holder.querySelector(".pictures"),
  );
}
