/** What stays above the list of levers: search, only those that differ, and the way to each stage. */
import { html } from "vendor";
import { STAGE_NAMES } from "../../model/stages.js";
import { countInUse, inUse } from "../../model/scenario.js";
import { told } from "./search.js";

export function Bar({ words, only, found, stages }) {
  return html`
    <div class="lever-bar">
      <div class="lever-search">
        <h2 id="all-levers">Levers</h2>
        <p class="soft" role="status">${told(found, words.value, only.value)}</p>
        <label>Search
          <input type="search" value=${words.value} onInput=${(event) => (words.value = event.currentTarget.value)} />
        </label>
        <${Only} only=${only} />
      </div>
      <div class="lever-stages" role="group" aria-label="Go to a stage">
        ${stages.map(({ stage, count }) => html`
          <button key=${stage} type="button" disabled=${!count} onClick=${() => goTo(stage)}>
            ${STAGE_NAMES[stage]}
          </button>`)}
      </div>
    </div>
  `;
}

/** Counts for itself, so that a lever that is moved does not draw the whole list anew. */
function Only({ only }) {
  const set = (event) => {
    only.value = event.currentTarget.checked ? inUse.value.map(({ name }) => name) : null;
  };
  return html`
    <label class="lever-only">
      <input type="checkbox" checked=${only.value !== null} onChange=${set} />
      only what differs from today (${countInUse})
    </label>
  `;
}

/** To a stage, with the keyboard's place too; the address keeps the scenario. */
function goTo(stage) {
  const place = document.getElementById(`levers-${stage}`);
  place.scrollIntoView({ block: "start" });
  place.querySelector("h3").focus({ preventScroll: true });
}
