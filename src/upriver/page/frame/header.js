/** Name of the page and its views. */
import { html } from "vendor";
import { fragmentOf } from "../model/link.js";
import { open, view } from "../model/address.js";
import { scenario } from "../model/scenario.js";
import { VIEWS } from "../views/index.js";
import { ThemeChoice } from "./theme.js";

export function Header() {
  return html`
    <header class="top">
      <div class="brand">
        <h1>Upriver</h1>
        <p>What a drug policy did, what it would do, and how sure one can be</p>
      </div>
      <nav class="views" aria-label="Views">
        <ul>
          ${VIEWS.map((one) => html`
            <li key=${one.name}>
              <a
                href=${fragmentOf(scenario.value, one.name)}
                aria-current=${view.value === one.name ? "page" : null}
                onClick=${(event) => go(event, one.name)}
              >${one.title}</a>
            </li>`)}
        </ul>
      </nav>
      <${ThemeChoice} />
    </header>
  `;
}

/** A plain click opens the view here; with a modifier the browser does what it does. */
function go(event, name) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  open(name);
}
