/** Overview: the answer as a sentence, deaths, what the levers change, which lever saves most, the six stages. */
import { html } from "vendor";
import { Answer } from "../../parts/answer.js";
import { data } from "../../model/data.js";
import { Deaths, Fewer } from "../../parts/deaths.js";
import { Coded } from "../../parts/told.js";
import { Ahead } from "./ahead.js";
import { Most, Ranking } from "./ranking.js";
import { Strip } from "./strip.js";

export const view = { name: "overview", title: "Overview", View: Overview };

function Overview() {
  return html`
    <${Answer} />
    <${Most} />
    <div class="with-levers">
      <div class="results">
        <${Deaths} height=${230} brief level=${2} />
        <${Ahead} />
        <${Fewer} height=${90} brief level=${2} />
      </div>
      <${Ranking} />
    </div>
    <${Strip} />
    ${data.place && html`<p class="soft left-out"><${Coded} text=${data.place.leftOut} /></p>`}
  `;
}
