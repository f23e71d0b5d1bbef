/** People: where they are and how they move; disorder, treatment and its gap, naloxone. */
import { html } from "vendor";
import { Flows } from "./flows.js";
import { PeopleFigures } from "./figures.js";
import { Side } from "../../parts/side.js";

export const view = { name: "people", title: "People", View: People };

function People() {
  return html`
    <${Flows} />
    <details class="levers-here">
      <summary>Move a lever here, and see who moves</summary>
      <${Side} />
    </details>
    <${PeopleFigures} />
  `;
}
