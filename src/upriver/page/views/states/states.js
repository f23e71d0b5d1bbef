/** States: deaths with synthetic opioids in every state, when they were highest, and the fall since. */
import { html } from "vendor";
import { Citation } from "../../parts/series-card.js";
import { monthText } from "../../model/calendar.js";
import { COUNTRY, SERIES, sourcesOf, summary, vintagesOf } from "./data.js";
import { Enlarged } from "./detail.js";
import { TileMap } from "./map.js";
import { Multiples } from "./multiples.js";
import { shownBy } from "./pick.js";
import { StatesTable } from "./table.js";
import { seriesOf } from "../../model/packed.js";

export const view = { name: "states", title: "States", View: States };

const COLOURS = { peak: "Month of the peak", fall: "Fall since the peak" };

function States() {
  const [first, ...others] = summary();
  const { newest } = COUNTRY;
  return html`
    <section class="states" aria-labelledby="states-title">
      <h2 id="states-title">When deaths peaked, state by state</h2>
      <p class="states-first">${first}</p>
      <p>${others.join(" ")} Each number is people who died.</p>
      <fieldset class="choices">
        <legend>Colour</legend>
        ${Object.entries(COLOURS).map(([name, text]) => html`
          <label key=${name} class="choice">
            <input type="radio" name="states-by" checked=${shownBy.value === name} onChange=${() => (shownBy.value = name)} />
            <span>${text}</span>
          </label>`)}
      </fieldset>
      <div class="states-body">
        <${TileMap} />
        <${Enlarged} />
      </div>
      <${StatesTable} />
      <p class="soft states-note"><b>Data to:</b> ${monthText(newest.label)}. <b>Vintage:</b> ${vintagesOf([COUNTRY])}.
        ${" "}<b>Source:</b> ${sourcesOf([COUNTRY]).map((source) => html`<${Citation} key=${source} source=${source} /> `)}${seriesOf(SERIES).about}
        ${" "}Values are as reported, and the newest are incomplete. Months whose certificates were too incomplete were left out by the
        publisher, and a peak in one of them cannot be seen.</p>
      <${Multiples} />
    </section>
  `;
}
