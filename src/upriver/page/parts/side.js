/** All levers in short, to stand beside a view, those nearest to people first; or some, and those that are moved. */
import { html } from "vendor";
import { data } from "../model/data.js";
import { countInUse, namesInUse } from "../model/scenario.js";
import { STAGE_NAMES } from "../model/stages.js";
import { LeverControl } from "./lever.js";
import { ScenarioBar } from "./scenario-bar.js";
import { Coded } from "./told.js";

export function Side({ some = null, said = "" }) {
  const moved = namesInUse.value.split(" ");
  const shown = ({ name }) => !some || some.includes(name) || moved.includes(name);
  const stages = [...data.stages].reverse().filter((stage) => data.levers.some((lever) => lever.stage === stage && shown(lever)));
  return html`
    <section class="lever-list" aria-labelledby="try">
      <div class="lever-list-head">
        <h2 id="try">Move a lever</h2>
        <p class="soft">${countInUse.value ? `${countInUse.value} of ${data.levers.length} moved` : "all as today"}</p>
      </div>
      <${ScenarioBar} />
      ${said && html`<p class="soft"><${Coded} text=${said} /></p>`}
      ${stages.map((stage) => html`
        <section key=${stage} class="stage-levers" aria-label=${STAGE_NAMES[stage]}>
          <h3>${STAGE_NAMES[stage]}</h3>
          ${data.levers.filter((lever) => lever.stage === stage && shown(lever)).map((lever) => html`
            <${LeverControl} key=${lever.name} lever=${lever} compact />`)}
        </section>`)}
    </section>
  `;
}
