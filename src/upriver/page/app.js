/** The frame of the page: one bar, what is wrong if anything is, the open view, one line at the foot. */
import { html } from "vendor";
import { Dialogs } from "./parts/dialog.js";
import { Bar } from "./frame/bar.js";
import { Embedded } from "./frame/embedded.js";
import { Foot } from "./frame/foot.js";
import { Notices } from "./frame/notices.js";
import { Tour } from "./frame/tour.js";
import { embedded, view } from "./model/address.js";
import { VIEWS } from "./views/index.js";

export function App() {
  if (embedded.value) return html`<${Embedded} />`;
  const open = VIEWS.find(({ name }) => name === view.value);
  return html`
    <a class="skip" href="#main" onClick=${toMain}>Skip to the view</a>
    <${Bar} />
    <${Tour} />
    <${Notices} />
    <main id="main" tabindex="-1" class=${`view view-${open.name}`} aria-label=${open.title}>
      <${open.View} key=${open.name} />
    </main>
    <${Foot} />
    <${Dialogs} />
  `;
}

function toMain(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}
