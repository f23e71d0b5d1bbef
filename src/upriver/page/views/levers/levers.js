/** Levers: all of them by stage, those nearest to people first, with levels, dates and cards, beside the answer. */
import { html, useSignal } from "vendor";
import { Answer } from "../../parts/answer.js";
import { Deaths } from "../../parts/deaths.js";
import { LeverControl } from "../../parts/lever.js";
import { ScenarioBar } from "../../parts/scenario-bar.js";
import { STAGE_NAMES } from "../../model/stages.js";
import { data } from "../../model/data.js";

export const view = { name: "levers", title: "Levers", View: Levers };

function Levers() {
  const words = useSignal("");
  const found = data.levers.filter((lever) => matches(lever, words.value));
  const stages = [...data.stages].reverse().filter((stage) => found.some((lever) => lever.stage === stage));
  return html`
    <div class="with-levers wide-levers">
      <div class="results">
        <${Answer} />
        <${Deaths} height=${280} level=${2} />
      </div>
      <section class="lever-list" aria-labelledby="all-levers">
        <div class="lever-search">
          <h2 id="all-levers">Levers</h2>
          <label>Search
            <input type="search" value=${words.value} onInput=${(event) => (words.value = event.currentTarget.value)} />
          </label>
        </div>
        <${ScenarioBar} />
        ${!found.length && html`<p role="status">No lever speaks of ‘${words.value}’. There are ${data.levers.length}.</p>`}
        ${stages.map((stage) => html`
          <section key=${stage} class="stage-levers" aria-label=${STAGE_NAMES[stage]}>
            <h3>${STAGE_NAMES[stage]}</h3>
            ${found.filter((lever) => lever.stage === stage).map((lever) => html`
              <${LeverControl} key=${lever.name} lever=${lever} />`)}
          </section>`)}
        <p class="soft">A lever's name opens its card.</p>
      </section>
    </div>
  `;
}

function matches(lever, words) {
  const { name, title, summary, acts_on, formerly, reference } = lever;
  const text = [name, title, summary, ...acts_on, ...formerly, reference ?? ""].join(" ").toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
