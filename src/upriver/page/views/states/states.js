/** States: deaths with synthetic opioids in every state, how they stand, when they were highest, and the fall since. */
import { html } from "vendor";
import { Citation } from "../../parts/series-card.js";
import { monthText } from "../../model/calendar.js";
import { country, placeOf, sourcesOf, summary, vintagesOf } from "./data.js";
import { Enlarged } from "./detail.js";
import { TileMap } from "./map.js";
import { MEASURES, SERIES, measure } from "./measure.js";
import { Modelled } from "./modelled.js";
import { Multiples } from "./multiples.js";
import { shownBy } from "./pick.js";
import { StatesTable } from "./table.js";
import { seriesOf } from "../../model/packed.js";

export const view = { name: "states", title: "States", View: States };

const COLOURS = { now: "Newest value", peak: "Month of the peak", fall: "Fall since the peak" };

function States() {
  const [first, ...others] = summary();
  const whole = country();
  return html`
    <section class="states" aria-labelledby="states-title">
      <h2 id="states-title">Deaths with synthetic opioids, state by state</h2>
      <p class="states-first">${first}</p>
      <p>${others.join(" ")}</p>
      <div class="states-choices">
        <${Choices} legend="Deaths" name="states-measure" of=${MEASURES} chosen=${measure} />
        <${Choices} legend="Colour" name="states-by" of=${COLOURS} chosen=${shownBy} />
      </div>
      <div class="states-body">
        <${TileMap} />
        <${Enlarged} />
      </div>
      <${StatesTable} />
      <${Modelled} />
      <p class="soft states-note"><b>Data to:</b> ${monthText(whole.newest.label)}. <b>Vintage:</b> ${vintagesOf([whole])}.
        ${" "}<b>Source:</b> ${sourcesOf([whole, placeOf("PA")]).map((source) => html`<${Citation} key=${source} source=${source} /> `)}${seriesOf(SERIES).about}
        ${" "}Values are as reported, and the newest are incomplete. Months whose certificates were too incomplete were left out by the
        publisher, and a peak in one of them cannot be seen. Twelve months of Louisiana and Pennsylvania are added up here only where
        none is withheld as fewer than ten; the others count who died in the state, resident or not. A rate divides by the residents in the middle of the twelve months; that of a small state rests on a few dozen
        deaths and jumps by chance.</p>
      <${Multiples} />
    </section>
  `;
}

function Choices({ legend, name, of, chosen }) {
  return html`
    <fieldset class="choices">
      <legend>${legend}</legend>
      ${Object.entries(of).map(([one, text]) => html`
        <label key=${one} class="choice">
          <input type="radio" name=${name} checked=${chosen.value === one} onChange=${() => (chosen.value = one)} />
          <span>${text}</span>
        </label>`)}
    </fieldset>
  `;
}
