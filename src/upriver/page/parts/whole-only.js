/** What views of supply and diplomacy say first: how sure, or that the published model has none. */
import { html } from "vendor";
import { data } from "../model/data.js";
import { change } from "../model/history.js";
import { fresh, isWhole, scenario } from "../model/scenario.js";

/** Its content, below the line on how sure it is; in the published model the way to the base. */
export function WholeOnly({ children }) {
  if (!isWhole(scenario.value.world)) return html`<${NotInPublished} />`;
  return html`
    <p class="first-said"><b>How sure.</b> ${data.systems.whole.caveat}</p>
    ${children}
  `;
}

function NotInPublished() {
  return html`
    <div class="first-said">
      <p><b>Not part of the published model.</b> The open projection gives fentanyl's share of the market to the
        published model, SOURCE, which has no supply and no diplomacy.</p>
      <p><button type="button" onClick=${openBase}>Open the base projection of the whole system</button></p>
    </div>
  `;
}

/** Open the first world; levers stay where they are. */
export function openBase() {
  change({ ...fresh(data.worlds[0].name), levers: scenario.value.levers });
}
