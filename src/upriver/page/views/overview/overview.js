/** Overview: the answer as a sentence, deaths, what the levers change, which lever saves most, the six stages. */
import { html } from "vendor";
import { Answer } from "../../parts/answer.js";
import { Deaths, Fewer } from "../../parts/deaths.js";
import { Most, Ranking } from "./ranking.js";
import { Strip } from "./strip.js";

export const view = { name: "overview", title: "Overview", View: Overview };

function Overview() {
  return html`
    <${Answer} />
    <${Most} />
    <div class="with-levers">
      <div class="results">
        <${Deaths} height=${250} brief level=${2} />
        <${Fewer} height=${90} brief level=${2} />
      </div>
      <${Ranking} />
    </div>
    <${Strip} />
  `;
}
