/** One menu: link, file, name, embed, print, colours, help; and the keys of undo and redo. */
import { html, signal, useEffect, useRef } from "vendor";
import { download } from "kit/save.js";
import { address, leftOut, onTheWeb } from "../model/address.js";
import { world } from "../model/data.js";
import { change, redo, undo } from "../model/history.js";
import { nameOf } from "../model/plain.js";
import { drawsOption } from "../model/remarks.js";
import { atRest, scenario, titleOf } from "../model/scenario.js";
import { yamlOf } from "../model/yaml.js";
import { printWhole } from "../parts/series-view.js";
import { useAway } from "./away.js";
import { showLimits } from "./limits.js";
import { showShare } from "./share.js";
import { ThemeChoice } from "./theme.js";
import { startTour } from "./tour.js";

const said = signal("");
const isOpen = signal(false);

export function Menu() {
  const element = useRef(null);
  useAway(element, isOpen.value, shut);
  useEffect(() => {
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, []);
  return html`
    <div class="drop menu" ref=${element}>
      <button type="button" class="menu-button" aria-expanded=${isOpen.value} aria-controls="menu"
        onClick=${() => (isOpen.value = !isOpen.value)}>Menu</button>
      <div class="dropped" id="menu" hidden=${!isOpen.value}>
        <label class="named">
          <span>Name of this scenario</span>
          <input type="text" maxlength="120" value=${atRest.value.title === world(atRest.value.world).title ? "" : atRest.value.title}
            placeholder=${titleOf(atRest.value)} onChange=${(event) => rename(event.currentTarget.value)} />
        </label>
        <button type="button" class="strong" onClick=${copy}>Copy link</button>
        <button type="button" onClick=${save}>Scenario file</button>
        <button type="button" onClick=${then(showShare)}>Embed</button>
        <button type="button" onClick=${then(printWhole)}>Print</button>
        <button type="button" onClick=${then(startTour)}>Help</button>
        <button type="button" onClick=${then(showLimits)}>What this cannot tell you</button>
        <${ThemeChoice} />
        <p class="said" role="status">${said.value}</p>
      </div>
    </div>
  `;
}

function shut() {
  isOpen.value = false;
}

/** The menu closes before it does what was asked. */
function then(act) {
  return () => {
    shut();
    act();
  };
}

function rename(text) {
  const title = nameOf(text) || world(scenario.value.world).title;
  change({ ...scenario.value, title });
}

async function copy() {
  const text = address();
  const done = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  const where = onTheWeb ? [] : ["From the # on it goes behind the address of the page, wherever that lies."];
  if (done) say(["The link is copied.", ...where, ...leftOut.value].join(" "));
  else showShare();
}

function save() {
  download("scenario.yaml", new Blob([yamlOf(scenario.value, address())], { type: "text/yaml" }));
  say(`Saved scenario.yaml. Run it with: ${`upriver run scenario.yaml ${drawsOption()}`.trim()}`);
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
