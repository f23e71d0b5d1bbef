/** All levers in short, to stand beside a view; those nearest to people first. */
import { html } from "vendor";
import { data } from "../model/data.js";
import { countInUse } from "../model/scenario.js";
import { STAGE_NAMES } from "../model/stages.js";
import { LeverControl } from "./lever.js";
import { ScenarioBar } from "./scenario-bar.js";

export function Side() {
  return html`
    <section class="lever-list" aria-labelledby="try">
      <div class="lever-list-head">
        <h2 id="try">Move a lever</h2>
        <p class="soft">${countInUse.value ? `${countInUse.value} of ${data.levers.length} moved` : "all as today"}</p>
      </div>
      <${ScenarioBar} />
      ${[...data.stages].reverse().map((stage) => html`
        <section key=${stage} class="stage-levers" aria-label=${STAGE_NAMES[stage]}>
          <h3>${STAGE_NAMES[stage]}</h3>
          ${data.levers.filter((lever) => lever.stage === stage).map((lever) => html`
            <${LeverControl} key=${lever.name} lever=${lever} compact />`)}
        </section>`)}
    </section>
  `;
}
