/** Overview: the six stages from precursors to people, deaths, and what a lever averts. */
import { html } from "vendor";
import { Answer } from "../../parts/answer.js";
import { Band } from "./band.js";
import { Deaths } from "../../parts/deaths.js";
import { Side } from "../../parts/side.js";

export const view = { name: "overview", title: "Overview", View: Overview };

function Overview() {
  return html`
    <${Band} />
    <div class="with-levers">
      <div class="results beside">
        <${Answer} />
        <${Deaths} height=${300} />
      </div>
      <${Side} />
    </div>
  `;
}
