/** The page inside another: the answer, the deaths, how sure, and the way to the whole. */
import { html } from "vendor";
import { fragmentOf } from "../model/link.js";
import { view } from "../model/address.js";
import { scenario, titleOf } from "../model/scenario.js";
import { Answer } from "../parts/answer.js";
import { Deaths } from "../parts/deaths.js";
import { Dialogs } from "../parts/dialog.js";
import { Notices } from "./notices.js";
import { Foot } from "./foot.js";

export function Embedded() {
  return html`
    <main id="main" class="embedded">
      <h1 class="soft">${titleOf(scenario.value)}</h1>
      <${Notices} />
      <${Answer} />
      <${Deaths} height=${260} level=${2} />
      <p><a href=${fragmentOf(scenario.value, view.value)} target="_blank">Open the whole page and move the levers</a></p>
    </main>
    <${Foot} />
    <${Dialogs} />
  `;
}
