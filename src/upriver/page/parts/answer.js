/** The answer: deaths averted by 2032, how sure, and of how many. */
import { html } from "vendor";
import { decimalsFor, interval, number } from "kit/format.js";
import { data, world } from "../model/data.js";
import { inUse, scenario, systemOf, todayOf } from "../model/scenario.js";
import { useSummary } from "../model/summaries.js";
import { Term } from "./term.js";

const FLOW = "people.overdose.deaths";

export function Answer() {
  const averted = useSummary({ run: "now", kind: "averted", flow: FLOW }).value;
  const total = useSummary({ run: "now", kind: "total", flow: FLOW }).value;
  if (!averted || !total) return html`<section class="answer" aria-busy="true"><p>Running the model …</p></section>`;
  return html`
    <section class="answer" aria-label="The answer" data-answer="true">
      ${isToday() ? asToday(total) : moved(averted, total)}
      <p class="soft">${sentence(systemOf(scenario.value).title)}.</p>
    </section>
  `;
}

/** The answer on one line, for a narrow window in which the levers and the answer lie far apart. */
export function AnswerLine() {
  const averted = useSummary({ run: "now", kind: "averted", flow: FLOW }).value;
  if (!averted || isToday()) return null;
  const { more, size, range } = counted(averted);
  return html`
    <p class="answer-line">${more ? "More deaths" : "Deaths averted"}
      ${" "}<b>${size}</b> (${range})</p>
  `;
}

/** Nothing is moved, and no scenario is loaded. */
function isToday() {
  return !inUse.value.length && !world(scenario.value.world).loaded;
}

function asToday(total) {
  return html`
    <p class="answer-label">Deaths expected ${span(total.since)}, nothing changed</p>
    <p class="answer-number">${number(total.median[0])}</p>
    <p class="answer-range"><${Term} name="interval">95 % interval<//>
      ${" "}${interval(total.low[0], total.high[0])}</p>
    <p class="soft">Move a lever to see how many deaths it averts.</p>
  `;
}

function moved(averted, total) {
  const { more, size, range } = counted(averted);
  const percent = averted.median[1];
  const against = world(todayOf(scenario.value).world).title;
  return html`
    <p class="answer-label">${more ? "More deaths" : "Deaths averted"} ${span(total.since)}</p>
    <p class="answer-number">${size}</p>
    <p class="answer-range"><${Term} name="interval">95 % interval<//>
      ${" "}${range}</p>
    <p class="soft">${number(Math.abs(percent), 1)} % ${more ? "more" : "fewer"} than in ‘${against}’ with all levers
      as today. Still expected: ${number(total.median[0])} deaths
      (${interval(total.low[0], total.high[0])}).</p>
  `;
}

/** What is averted, or added, with its interval; all three with the decimals of the largest. */
function counted({ median: [median], low: [low], high: [high] }) {
  const more = median < 0;
  const [from, to] = more ? [-high, -low] : [low, high];
  const decimals = decimalsFor(Math.max(...[median, low, high].map(Math.abs)));
  return { more, size: number(Math.abs(median), decimals), range: interval(from, to, decimals) };
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The years that are counted. */
function span(since) {
  return `${since} to ${data.clock.lastYear - 1}`;
}
