/** The scenario in hand: what else happens, undo, redo and back to today. */
import { html } from "vendor";
import { data, world } from "../model/data.js";
import { canRedo, canUndo, change, redo, undo } from "../model/history.js";
import { LOADED, asToday, countInUse, fresh, scenario, worldInUse } from "../model/scenario.js";

export function ScenarioBar() {
  return html`
    <div class="scenario-bar" role="group" aria-label="Scenario">
      <label class="world">
        <span>What else happens</span>
        <select
          value=${worldInUse.value.name}
          aria-describedby="world-about"
          onChange=${(event) => choose(event.currentTarget.value)}
        >
          ${Object.entries(data.systems).map(([system, said]) => html`
            <optgroup key=${system} label=${said.title}>
              ${data.worlds.filter((one) => one.system === system).map(({ name, title, loaded }) => html`
                <option key=${name} value=${name}>${title}${loaded ? " (loaded)" : ""}</option>`)}
            </optgroup>`)}
        </select>
        <span class="hidden" id="world-about">${worldInUse.value.about}</span>
      </label>
      <div class="buttons">
        <button type="button" disabled=${!canUndo.value} onClick=${undo} title="Undo (Ctrl+Z)">Undo</button>
        <button type="button" disabled=${!canRedo.value} onClick=${redo} title="Redo (Ctrl+Shift+Z)">Redo</button>
        <button type="button" disabled=${!countInUse.value} onClick=${() => change(asToday(scenario.value))}>
          Reset to today
        </button>
        ${LOADED && html`
          <button type="button" onClick=${() => change(fresh(LOADED))}>
            Reset to “${shortened(world(LOADED).title)}”
          </button>`}
      </div>
    </div>
  `;
}

/** Another world keeps the levers where they are, and takes those of a loaded file. */
function choose(name) {
  const next = fresh(name);
  const named = scenario.value.title !== world(scenario.value.world).title;
  const title = named ? scenario.value.title : next.title;
  change({ ...next, title, levers: { ...scenario.value.levers, ...next.levers } });
}

function shortened(text) {
  return text.length > 28 ? text.slice(0, 27) + "…" : text;
}
