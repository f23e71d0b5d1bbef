/** The scenario in hand: its projection, undo and redo, two resets, the link, the file, the printer. */
import { html, signal, useEffect } from "vendor";
import { download } from "kit/save.js";
import { address, onTheWeb } from "../model/address.js";
import { data, world } from "../model/data.js";
import { canRedo, canUndo, change, redo, undo } from "../model/history.js";
import { nameOf } from "../model/link.js";
import { LOADED, asToday, fresh, inUse, scenario, titleOf } from "../model/scenario.js";
import { yamlOf } from "../model/yaml.js";
import { showShare } from "./share.js";
import { startTour } from "./tour.js";

const said = signal("");

export function Toolbar() {
  useEffect(() => {
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, []);
  const count = inUse.value.length;
  return html`
    <div class="toolbar" role="group" aria-label="Scenario">
      <label class="world">
        <span>Future of the drivers</span>
        <select
          value=${scenario.value.world}
          aria-describedby="world-about"
          onChange=${(event) => choose(event.currentTarget.value)}
        >
          ${Object.entries(data.systems).map(([system, said]) => html`
            <optgroup key=${system} label=${said.title}>
              ${data.worlds.filter((one) => one.system === system).map(({ name, title, loaded }) => html`
                <option key=${name} value=${name}>${title}${loaded ? " (loaded)" : ""}</option>`)}
            </optgroup>`)}
        </select>
        <span class="hidden" id="world-about">${world(scenario.value.world).about}</span>
      </label>
      <label class="named">
        <span>Name</span>
        <input type="text" maxlength="120" value=${scenario.value.title === world(scenario.value.world).title ? "" : scenario.value.title}
          placeholder=${titleOf(scenario.value)} onChange=${(event) => rename(event.currentTarget.value)} />
      </label>
      <div class="buttons">
        <button type="button" disabled=${!canUndo.value} onClick=${undo} title="Undo (Ctrl+Z)">Undo</button>
        <button type="button" disabled=${!canRedo.value} onClick=${redo} title="Redo (Ctrl+Shift+Z)">Redo</button>
        <button type="button" disabled=${!count} onClick=${() => change(asToday(scenario.value))}>
          Reset to today
        </button>
        ${LOADED && html`
          <button type="button" onClick=${() => change(fresh(LOADED))}>
            Reset to “${shortened(world(LOADED).title)}”
          </button>`}
        <button type="button" class="strong" onClick=${copy}>Copy link</button>
        <button type="button" onClick=${save}>Scenario file</button>
        <button type="button" onClick=${showShare}>Embed</button>
        <button type="button" onClick=${() => print()}>Print</button>
        <button type="button" onClick=${startTour}>Help</button>
      </div>
      <p class="said" role="status">${said.value}</p>
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

function rename(text) {
  const title = nameOf(text) || world(scenario.value.world).title;
  change({ ...scenario.value, title });
}

async function copy() {
  const text = address();
  const done = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  if (done) say(onTheWeb ? "The link is copied." : "The link is copied. From the # on it goes behind the address of the page, wherever that lies.");
  else showShare();
}

function save() {
  download("scenario.yaml", new Blob([yamlOf(scenario.value, address())], { type: "text/yaml" }));
  say("Saved scenario.yaml. Run it with: upriver run scenario.yaml");
}

function say(text) {
  said.value = text;
  setTimeout(() => {
    if (said.value === text) said.value = "";
  }, 6000);
}

/** Ctrl+Z and Ctrl+Shift+Z, but not while a text is edited. */
function keys(event) {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
  if (event.target.matches?.("input[type=text], textarea")) return;
  event.preventDefault();
  if (event.shiftKey) redo();
  else undo();
}

function shortened(text) {
  return text.length > 28 ? text.slice(0, 27) + "…" : text;
}
