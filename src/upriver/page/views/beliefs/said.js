/** The answer in the draws that are kept, and in all: as sentences, and as two bars on one scale. */
import { html } from "vendor";
import { figures, number } from "kit/format.js";
import { scale } from "kit/scales.js";
import { ALL_DRAWS, LEAST, believing, left } from "../../model/beliefs.js";
import { data } from "../../model/data.js";
import { believe, canRedo, canUndo, redo, undo } from "../../model/history.js";
import { commandOf } from "../../model/remarks.js";
import { scenario } from "../../model/scenario.js";
import { useSummary } from "../../model/summaries.js";
import { couldBe, counted, doing, inRuns, isToday, when } from "../../parts/answer.js";
import { Awaits } from "../../parts/awaits.js";
import { useLast } from "../../parts/last.js";

const [WIDE, HIGH] = [400, 16];

export function Said({ flow }) {
  const kind = isToday() ? "total" : "averted";
  const mine = useLast(useSummary({ run: "now", kind, flow }).value);
  const every = useLast(useSummary({ run: "now", kind, flow, all: true }).value);
  if (!mine || !every) return html`<section class="answer"><${Awaits} short /></section>`;
  const tell = kind === "total" ? total : averted;
  return html`
    <section class="answer belief-answer" aria-label="The answer" data-answer="true">
      ${believing.value
        ? html`<p class="answer-sentence">Of the ${ALL_DRAWS} draws <b class="answer-number">${number(left.value, 0)}</b> hold what you believe. With them,
            ${" "}${tell(mine)}</p>
          <p>With all draws it would ${kind === "total" ? likewise(every) : effect(every)}</p>`
        : html`<p class="answer-sentence">Nothing is believed yet, so all ${ALL_DRAWS} draws count. With them, ${tell(every)}</p>`}
    </section>
    <${Bars} mine=${believing.value ? mine : null} every=${every} what=${kind === "total" ? "Deaths" : "Deaths averted"} />
    <${Sample} />
  `;
}

function total(found) {
  return html`about <b>${figures(found.median[0])}</b> people would die of an opioid overdose from ${found.since} to
    ${" "}${data.clock.lastYear - 1} with nothing changed; it could be ${ends(found)}.`;
}

function likewise(found) {
  return html`be about <b>${figures(found.median[0])}</b>; it could be ${ends(found)}.`;
}

function ends({ low, high }) {
  return `anything from ${figures(low[0])} to ${figures(high[0])}`;
}

function averted(found) {
  const done = doing();
  return html`${done.charAt(0).toLowerCase() + done.slice(1)} would ${effect(found, ` ${when(found.since)}`)}`;
}

function effect(found, by = "") {
  const { more, size, ends: both } = counted(found);
  return html`${more ? "cost" : "avert"} about <b>${size}</b> ${more ? "more lives" : "opioid overdose deaths"}${by}; it could be
    ${" "}${couldBe(both, more)}; ${inRuns(found)}.`;
}

/** Medians with 50 and 95 % intervals, those of the kept draws above those of all. */
function Bars({ mine, every, what }) {
  const rows = [...(mine ? [[`the ${number(mine.draws, 0)} you believe`, mine, 2]] : []), [`all ${number(every.draws, 0)} draws`, every, 1]];
  const reach = rows.flatMap(([, { low, high }]) => [low[0], high[0]]);
  const x = scale(Math.min(0, ...reach), Math.max(0, ...reach), 2, WIDE - 2);
  const at = ([value]) => x(value).toFixed(1);
  return html`
    <div class="belief-bars">
      <p class="soft">${what}: the median, half of the draws (thick) and 95 % of them (thin)</p>
      ${rows.map(([name, one, colour]) => html`
        <p key=${name}><span>${name}</span><span><b>${figures(one.median[0])}</b> <span class="soft">${figures(one.low[0])} to
          ${" "}${figures(one.high[0])}</span></span></p>
        <svg viewBox=${`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true" class=${`bar-${colour}`}>
          <path class="bar-zero" d=${`M${at([0])} 0V${HIGH}`} />
          <path class="bar-thin" d=${`M${at(one.low)} 8H${at(one.high)}`} />
          <path class="bar-thick" d=${`M${at(one.innerLow)} 8H${at(one.innerHigh)}`} />
          <path class="bar-median" d=${`M${at(one.median)} 1V15`} />
        </svg>`)}
    </div>
  `;
}

/** The effective sample, and the way back. */
function Sample() {
  return html`
    <div class="belief-sample">
      <p>Effective sample: <b>${number(left.value, 0)}</b> of ${ALL_DRAWS} draws. All count the same; with fewer than ${LEAST} nothing is said.</p>
      <div class=${`meter${believing.value ? " held" : ""}`} role="meter" aria-label="Effective sample" aria-valuemin="0" aria-valuemax=${data.draws} aria-valuenow=${left.value}
        style=${{ "--part": left.value / data.draws, "--least": LEAST / data.draws }}></div>
      <div class="buttons">
        <button type="button" disabled=${!believing.value} onClick=${() => believe({})}>Believe nothing</button>
        <button type="button" disabled=${!canUndo.value} onClick=${undo}>Undo</button>
        <button type="button" disabled=${!canRedo.value} onClick=${redo}>Redo</button>
      </div>
    </div>
  `;
}

/** How the command line gives the same. */
export function Command() {
  if (!believing.value) return null;
  return html`<p class="soft belief-command">The same from the command line, with the scenario's file from the menu:
    ${" "}<code>${commandOf(scenario.value)}</code></p>`;
}
