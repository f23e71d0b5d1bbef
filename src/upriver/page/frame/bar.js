/** One bar above every view: name, place, views, and one menu for all that is done with a scenario. */
import { html, signal, useRef } from "vendor";
import { PLACE } from "../model/data.js";
import { fragmentOf } from "../model/link.js";
import { open, view } from "../model/address.js";
import { atRest } from "../model/scenario.js";
import { VIEWS } from "../views/index.js";
import { useAway } from "./away.js";
import { Menu } from "./menu.js";

/** Views that stand in the bar at every width; the others go into 'More' where there is no room. */
const FIRST = 4;
const more = signal(false);

export function Bar() {
  return html`
    <header class="bar">
      <h1>Upriver</h1>
      <p class="place">${PLACE}</p>
      <nav class="views" aria-label="Views">
        <ul>
          ${VIEWS.slice(0, FIRST).map(item)}
          ${VIEWS.slice(FIRST).map((one) => item(one, "roomy"))}
          <li class="scarce"><${More} /></li>
        </ul>
      </nav>
      <${Menu} />
    </header>
  `;
}

/** The other views, where the bar has no room for them. */
function More() {
  const element = useRef(null);
  const others = VIEWS.slice(FIRST);
  const here = others.find(({ name }) => name === view.value);
  useAway(element, more.value, () => (more.value = false));
  return html`
    <div class="drop" ref=${element}>
      <button type="button" class=${here ? "here" : ""} aria-expanded=${more.value} aria-controls="more-views"
        onClick=${() => (more.value = !more.value)}>${here?.title ?? "More"}</button>
      ${more.value && html`<ul class="dropped" id="more-views">${others.map((one) => item(one))}</ul>`}
    </div>
  `;
}

function item(one, kind) {
  return html`
    <li key=${one.name} class=${typeof kind === "string" ? kind : ""}>
      <a
        href=${fragmentOf(atRest.value, one.name)}
        aria-current=${view.value === one.name ? "page" : null}
        onClick=${(event) => go(event, one.name)}
      >${one.title}</a>
    </li>`;
}

/** A plain click opens the view here; with a modifier the browser does what it does. */
function go(event, name) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  more.value = false;
  open(name);
}
