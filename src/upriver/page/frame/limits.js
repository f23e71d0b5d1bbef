/** What no answer here holds, how sure the model is, and how old its data are. */
import { html } from "vendor";
import { number } from "kit/format.js";
import { believing, drawsSaid } from "../model/beliefs.js";
import { data } from "../model/data.js";
import { seriesOf } from "../model/packed.js";
import { citation, dataTo } from "../model/records.js";
import { scenario, systemOf } from "../model/scenario.js";
import { drawsShown } from "../model/summaries.js";
import { showDialog } from "../parts/dialog.js";

const DEATHS = "deaths_any_opioid";

/** How sure: of what bands are, what nothing explains, and what cannot be told. */
export function showLimits() {
  const { limits, caveat, title } = systemOf(scenario.value);
  showDialog("How sure, and what this cannot tell you", () => html`
    <p class="lead">${title}. Bands are 95 % intervals over ${believing.value ? drawsSaid() : `${number(drawsShown.value, 0)} draws`}, the darker ones 50 %. ${caveat}</p>
    ${data.told.why && systemOf(scenario.value) === data.systems.whole && html`<p>${data.told.why.spans.at(-1).said[0]} The view <b>Why</b> has its parts.</p>`}
    <h3>What this cannot tell you</h3>
    <ul class="limits">${limits.map((text) => html`<li key=${text}>${text}</li>`)}</ul>
  `);
}

/** Where numbers are from, and how far the record reaches. */
export function showReach() {
  const { source } = systemOf(scenario.value);
  const cited = [source, ...new Set(seriesOf(DEATHS).sources.flatMap((keys) => keys.split("; ")))].map(citation);
  showDialog("Sources, and how recent they are", () => html`
    <p>What is modelled, Upriver computes here. Deaths are as their publishers counted them:</p>
    <ul class="sources">${cited.map(({ text, url }) => html`<li key=${text}>${text}${/^https?:/.test(url)
      && html` <a href=${url} rel="noreferrer" target="_blank">Open the source</a>`}</li>`)}</ul>
    <p><b>Deaths</b> to ${dataTo("deaths_any_opioid")}; <b>with synthetic opioids</b> to ${dataTo("deaths_synthetic_12m")}, the newest
      months provisional.${data.place ? "" : ` What the published model was fitted to ends in ${dataTo("naloxone_kits")}.`}</p>
    <p>${data.place ? `What else is recorded of ${data.place.name}: upriver evidence --place ${data.place.code}.`
      : html`Every series with its source, its date and its faults is in the view <b>Evidence</b>.`} Nothing is projected before
      ${data.projection}.</p>
  `);
}
