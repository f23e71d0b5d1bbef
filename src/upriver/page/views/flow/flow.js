/** Flow: kilograms from precursors to sales, seizures beside the record, and the market. */
import { html } from "vendor";
import { WholeOnly } from "../../parts/whole-only.js";
import { Side } from "../../parts/side.js";
import { Kilograms } from "./kilograms.js";
import { SupplyFigures } from "./figures.js";
import { Seizures } from "./seizures.js";

export const view = { name: "flow", title: "Flow", View: Flow };

function Flow() {
  return html`
    <${WholeOnly}>
      <${Kilograms} />
      <details class="levers-here">
        <summary>Move a lever here, and see what flows</summary>
        <${Side} />
      </details>
      <${Seizures} />
      <${SupplyFigures} />
    <//>
  `;
}
