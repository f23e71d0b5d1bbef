/** The answer as a sentence: what would be averted, how far off that could be, in how many runs it helps. */
import { html } from "vendor";
import { figures, number } from "kit/format.js";
import { beliefs, believing, leftSaid } from "../model/beliefs.js";
import { data, world } from "../model/data.js";
import { fragmentOf } from "../model/link.js";
import { atRest, scenario, systemOf, titleOf, todayOf, usedIn } from "../model/scenario.js";
import { answered, useSummary } from "../model/summaries.js";
import { Awaits } from "./awaits.js";
import { amountText } from "./lever-words.js";
import { Term } from "./term.js";

const FLOW = "people.overdose.deaths";
const END = data.clock.lastYear;
/** Where the answer is from, and what it cannot tell, for who reads no further. */
const OF = html`<b>Source:</b> a model of deaths that CDC recorded. <b>It cannot</b> prove that a measure works.`;
/** On a page of a place, where that is. */
const HERE = data.place ? ` in ${data.place.name}` : "";

export function Answer() {
  const { averted, total } = useAnswer();
  if (!averted || !total) return html`<section class="answer"><${Awaits} short /></section>`;
  return html`
    <section class="answer" aria-label="The answer" data-answer="true">
      ${isToday(answered.value) ? asToday(answered.value, total) : moved(answered.value, averted, total)}
    </section>
  `;
}

/** The answer on one line, for a narrow window in which the levers and the answer lie far apart. */
export function AnswerLine() {
  const { averted } = useAnswer();
  if (!averted || isToday(answered.value)) return null;
  const { more, size, ends } = counted(averted);
  return html`<p class="answer-line"><b>${size}</b> ${more ? "more" : "fewer"} (${ends.join(" to ")})</p>`;
}

function useAnswer() {
  return {
    averted: useSummary({ run: "now", kind: "averted", flow: FLOW }).value,
    total: useSummary({ run: "now", kind: "total", flow: FLOW }).value,
  };
}

/** Nothing is moved, and no scenario is loaded. */
export function isToday(one = scenario.value) {
  return !usedIn(one).length && !world(one.world).loaded;
}

function asToday(one, { since, median, low, high }) {
  return html`
    <p class="answer-sentence">With nothing changed, about <b class="answer-number">${figures(median[0])}</b> people would die
      of an opioid overdose${HERE} ${span(since)}; it could be <${Term} name="interval">anything from ${figures(low[0])} to ${figures(high[0])}<//>.</p>
    <p class="soft">${part()}${other(one)}${OF}</p>
  `;
}

function moved(one, averted, total) {
  const { more, size, ends } = counted(averted);
  const [still, from, to] = [total.median[0], total.low[0], total.high[0]].map((one) => figures(one));
  return html`
    <p class="answer-sentence">${doing(one)} ${averted.helps + averted.harms
      ? html`${size === "0" ? "would hardly move deaths" : html`would ${more ? "cost" : "avert"} about
        ${" "}<b class="answer-number">${size}</b>${more ? " more lives" : " opioid overdose deaths"}`}${HERE} ${when(averted.since)}; it could
        be <${Term} name="interval">${couldBe(ends, more)}<//>; ${inRuns(averted)}.`
      : html`would move <b class="answer-number">no</b> deaths${HERE} ${when(averted.since)} in any run.`}</p>
    <p class="soft">${part()}${OF}<span class="answer-more"> ${percent(averted)} than in ‘${world(todayOf(one).world).title}’ with
      all levers as today. Still expected ${span(total.since)}: about ${still} (${from} to ${to}). ${other(one)}${evidence(one)}</span></p>
  `;
}

/** What is done, as a sentence begins. */
export function doing(one = scenario.value) {
  const used = usedIn(one);
  const here = world(one.world);
  const named = here.loaded || one.title !== here.title;
  if (named || !used.length) return `‘${titleOf(one)}’`;
  if (used.length > 1) return `These ${used.length} levers together`;
  const [lever] = used;
  const { by, from } = one.levers[lever.name];
  return `${lever.doing ?? `‘${lever.title}’`} (${amountText(lever, by)}) from ${from}`;
}

/** Size and ends of what is averted, or added, to two figures, as `upriver compare` says them. */
export function counted({ median: [median], low: [low], high: [high], helps, harms }) {
  const more = helps < harms;
  const [middle, from, to] = more ? [-median, -high, -low] : [median, low, high];
  return { more, size: figures(middle), ends: [figures(from), figures(to)] };
}

/** Both ends in words, where the lower is on the other side of none. */
export function couldBe([from, to], more) {
  const below = from.startsWith("−");
  if (!below) return `anything from ${from} to ${to}`;
  return `anything from ${from.slice(1)} ${more ? "fewer deaths" : "more deaths"} to ${to} ${more ? "more" : "fewer"}`;
}

/** In how many of a hundred runs fewer die. */
export function inRuns({ helps, draws }) {
  if (helps === draws) return "in every run of the model it helps";
  if (!helps) return "in no run of the model it helps";
  return `in ${Math.round((100 * helps) / draws)} of 100 runs of the model it helps`;
}

function percent({ median: [, median] }) {
  const size = Math.abs(median);
  return `${number(size, size < 9.95 ? 1 : 0)} % ${median < 0 ? "more" : "fewer"}`;
}

/** What studies found for the one lever that is moved. */
function evidence(one) {
  const used = usedIn(one);
  if (used.length !== 1 || world(one.world).loaded) return "";
  const [{ evidence: { grade } }] = used;
  return ` Evidence for this lever: ${grade === "none" ? "none" : `grade ${grade}`}, ${data.grades[grade]}.`;
}

/** Of which draws it is, where something is believed. */
function part() {
  if (!believing.value) return "";
  const count = Object.keys(beliefs.value).length;
  return html`<b>Only the ${leftSaid()} draws in which what you believe holds</b>
    ${" "}(${count === 1 ? "one belief" : `${count} beliefs`}; see <a href=${fragmentOf(atRest.value, "beliefs")}>Beliefs</a>). `;
}

/** Which system answers, and what else happens where that is not as today. */
function other(one) {
  const { title, base } = systemOf(one);
  const here = world(one.world);
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}${here.name === base || here.loaded ? "" : `, ‘${here.title}’`}. `;
}

/** The years that are counted. */
function span(since) {
  return `from ${since} to the end of ${END - 1}`;
}

export function when(since) {
  return since < data.from ? span(since) : `by the end of ${END - 1}`;
}
