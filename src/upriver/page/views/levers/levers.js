/** Levers: all of them by stage, those nearest to people first, with levels, dates and cards, beside the answer. */
import { effect, html, useEffect, useSignal } from "vendor";
import { Answer, AnswerLine } from "../../parts/answer.js";
import { Deaths, Fewer } from "../../parts/deaths.js";
import { LeverControl } from "../../parts/lever.js";
import { ScenarioBar } from "../../parts/scenario-bar.js";
import { STAGE_NAMES } from "../../model/stages.js";
import { data } from "../../model/data.js";
import { namesInUse } from "../../model/scenario.js";
import { Bar } from "./bar.js";
import { matches } from "./search.js";

export const view = { name: "levers", title: "Levers", View: Levers };

function Levers() {
  const words = useSignal("");
  const only = useOnly();
  const found = data.levers.filter((lever) => (only.value?.includes(lever.name) ?? true) && matches(lever, words.value));
  const of = (stage) => found.filter((lever) => lever.stage === stage);
  const stages = [...data.stages].reverse();
  return html`
    <div class="lever-answer"><${AnswerLine} /></div>
    <div class="with-levers wide-levers">
      <div class="results">
        <${Answer} />
        <${Deaths} height=${230} brief level=${2} />
        <${Fewer} height=${80} brief level=${2} />
      </div>
      <section class="lever-list" aria-labelledby="all-levers">
        <${ScenarioBar} />
        <${Bar} words=${words} only=${only} found=${found.length}
          stages=${stages.map((stage) => ({ stage, count: of(stage).length }))} />
        ${stages.filter((stage) => of(stage).length).map((stage) => html`
          <section key=${stage} id=${`levers-${stage}`} class="stage-levers" aria-label=${STAGE_NAMES[stage]}>
            <h3 tabindex="-1">${STAGE_NAMES[stage]}</h3>
            ${of(stage).map((lever) => html`<${LeverControl} key=${lever.name} lever=${lever} />`)}
          </section>`)}
        <p class="soft">A lever's name opens its card.</p>
      </section>
    </div>
  `;
}

/**
 * Names of the levers to which the list is held; null: all. One that is put back to today stays until
 * the choice is made anew, so that none vanishes under the hand that moves it. (`useSignalEffect` would ask
 * for a frame with each move, and the answer wait for the next.)
 */
function useOnly() {
  const only = useSignal(null);
  useEffect(() => effect(() => {
    const moved = namesInUse.value.split(" ").filter(Boolean);
    const before = only.peek();
    if (before && moved.some((name) => !before.includes(name))) only.value = [...new Set([...before, ...moved])];
  }), []);
  return only;
}
