/** One line at the foot of every view: the answer where it is out of sight, how sure, how recent. */
import { html, useRef } from "vendor";
import { number } from "kit/format.js";
import { believing, leftSaid } from "../model/beliefs.js";
import { moving, system } from "../model/scenario.js";
import { dataTo } from "../model/records.js";
import { drawsShown, inPart } from "../model/summaries.js";
import { AnswerLine } from "../parts/answer.js";
import { remarks } from "../model/remarks.js";
import { showLimits, showReach } from "./limits.js";

export function Foot() {
  const draws = drawsShown.value;
  const { title, unexplained } = system.value;
  const fewer = inPart.value ? " (fewer while you drag)" : "";
  const of = believing.value ? `the ${leftSaid()} draws that hold what you believe` : `${number(draws, 0)} draws`;
  return html`
    <aside class=${`sure-strip${believing.value ? " some" : ""}`} aria-label="How sure, and how recent">
      <${AnswerLine} />
      <p><button type="button" class="link" onClick=${showLimits}><span class="sure-label">How sure<span class="sure-words">, and what this cannot tell</span><span class="sure-brief">; limits</span></span>${believing.value
        && html`<b class="sure-short">${" "}${leftSaid()} draws</b>`}</button><span class="sure-words">: ${title},
        ${" "}${of}${fewer}${unexplained ? `; ${unexplained} % of what changed since 2015 unexplained` : ""}</span></p>
      <p><button type="button" class="link" onClick=${showReach}>Sources<span class="reach-words">: record to ${dataTo("deaths_synthetic_12m")}</span></button></p>
      <${OnPaper} />
    </aside>
  `;
}

/** What paper says of the scenario, which nobody prints while a hand moves it. */
function OnPaper() {
  const said = useRef([]);
  if (!moving.value) said.current = remarks();
  return html`<p class="on-paper">${said.current.join(". ")}</p>`;
}
