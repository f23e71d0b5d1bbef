/** What no answer here holds, how sure the model is, and how old its data are. */
import { html } from "vendor";
import { believing, drawsSaid } from "../model/beliefs.js";
import { data } from "../model/data.js";
import { dataTo } from "../model/records.js";
import { scenario, systemOf } from "../model/scenario.js";
import { drawsShown } from "../model/summaries.js";
import { showDialog } from "../parts/dialog.js";

/** How sure: of what bands are, what nothing explains, and what cannot be told. */
export function showLimits() {
  const { limits, caveat, title } = systemOf(scenario.value);
  showDialog("How sure, and what this cannot tell you", () => html`
    <p class="lead">${title}. Bands are 95 % intervals over ${believing.value ? drawsSaid() : `${drawsShown.value} draws`}, the darker ones 50 %. ${caveat}</p>
    <h3>What this cannot tell you</h3>
    <ul class="limits">${limits.map((text) => html`<li key=${text}>${text}</li>`)}</ul>
  `);
}

/** How far the record reaches. */
export function showReach() {
  showDialog("How recent the data are", () => html`
    <p><b>Deaths</b> to ${dataTo("deaths_any_opioid")}; <b>with synthetic opioids</b> to ${dataTo("deaths_synthetic_12m")}, the newest
      months provisional. What the published model was fitted to ends in ${dataTo("naloxone_kits")}.</p>
    <p>Every series with its source, its date and its faults is in the view <b>Evidence</b>. Nothing is projected before
      ${data.projection}.</p>
  `);
}
