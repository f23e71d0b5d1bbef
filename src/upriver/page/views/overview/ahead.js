/** Where deaths go as today, and the way to what makes that, beside a curve that turns. */
import { html } from "vendor";
import { figures } from "kit/format.js";
import { open } from "../../model/address.js";
import { believing } from "../../model/beliefs.js";
import { chosen, isAhead, spans } from "../../model/changes.js";
import { data } from "../../model/data.js";
import { scenario } from "../../model/scenario.js";

const at = spans.findIndex(isAhead);

/** Of the base projection and of all draws, of which it is told; nothing elsewhere. */
export function Ahead() {
  if (at < 0 || believing.value || scenario.value.world !== data.systems.whole.base) return null;
  const { from, to, before, after } = spans[at];
  const way = after.median > before.median ? "rise" : "fall";
  return html`
    <p class="ahead">As today, deaths go from about ${figures(before.median)} in ${from} to about ${figures(after.median)} in ${to}${" "}
      (${figures(after.low)} to ${figures(after.high)}). <button type="button" class="link" onClick=${show}>Why they may ${way}</button></p>
  `;
}

/** Why opens on that change. */
function show() {
  chosen.value = at;
  open("why");
}
