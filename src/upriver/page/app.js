/** The frame of the page: header, what is wrong if anything is, the open view, how sure. */
import { html } from "vendor";
import { Dialogs } from "./parts/dialog.js";
import { Embedded } from "./frame/embedded.js";
import { Header } from "./frame/header.js";
import { Notices } from "./frame/notices.js";
import { Sure } from "./frame/sure.js";
import { Toolbar } from "./frame/toolbar.js";
import { Tour } from "./frame/tour.js";
import { embedded, view } from "./model/address.js";
import { VIEWS } from "./views/index.js";

export function App() {
  if (embedded.value) return html`<${Embedded} />`;
  const open = VIEWS.find(({ name }) => name === view.value);
  return html`
    <a class="skip" href="#main" onClick=${toMain}>Skip to the view</a>
    <${Header} />
    <${Toolbar} />
    <${Notices} />
    <main id="main" tabindex="-1" class=${`view view-${open.name}`} aria-label=${open.title}>
      <${open.View} key=${open.name} />
    </main>
    <${Sure} />
    <${Dialogs} />
    <${Tour} />
  `;
}

function toMain(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}
