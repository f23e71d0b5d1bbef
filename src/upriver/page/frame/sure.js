/** Always in view: how sure, how recent, and what the model cannot tell. */
import { html } from "vendor";
import { data } from "../model/data.js";
import { scenario, systemOf } from "../model/scenario.js";
import { dataTo } from "../model/records.js";
import { drawsShown } from "../model/summaries.js";
import { AnswerLine } from "../parts/answer.js";
import { showDialog } from "../parts/dialog.js";
import { remarks } from "../model/remarks.js";

export function Sure() {
  const draws = drawsShown.value;
  const { caveat, title } = systemOf(scenario.value);
  const fewer = draws < data.draws ? ` (${draws} of ${data.draws} while you drag)` : "";
  return html`
    <aside class="sure-strip" aria-label="How sure, and how recent">
      <${AnswerLine} />
      <p class="sure-long">
        <b>How sure:</b> bands are 95 % intervals over ${draws} draws${fewer}. ${caveat}
      </p>
      <p class="sure-short"><b>How sure:</b> 95 % of ${draws} draws${fewer}; ${title}.</p>
      <p><b>Data to:</b> deaths ${dataTo("deaths_any_opioid")}, with synthetic opioids ${dataTo("deaths_synthetic_12m")};
        what the published model was fitted to ${dataTo("naloxone_kits")}.</p>
      <button type="button" class="link" onClick=${showLimits}>What this cannot tell you</button>
      <p class="on-paper">${remarks().join(". ")}</p>
    </aside>
  `;
}

/** The list of what no answer here holds. */
export function showLimits() {
  const { limits, caveat } = systemOf(scenario.value);
  showDialog("What this cannot tell you", () => html`
    <ul class="limits">${limits.map((text) => html`<li key=${text}>${text}</li>`)}</ul>
    <p>${caveat}</p>
  `);
}
