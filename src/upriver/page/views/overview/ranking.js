/**
 * Which lever saves most: each alone at its most, as bars with their intervals. A bar is its lever: open it,
 * and drag. The bars are of the base projection, reckoned once (`upriver rank`); what is dragged is run here.
 */
import { computed, html, useMemo, useRef, useSignal, useState } from "vendor";
import { figures } from "kit/format.js";
import { scale } from "kit/scales.js";
import { believing } from "../../model/beliefs.js";
import { data, lever as leverOf } from "../../model/data.js";
import { scenario, strength, whole } from "../../model/scenario.js";
import { Grade, LeverControl } from "../../parts/lever.js";
import { ScenarioBar } from "../../parts/scenario-bar.js";
import { Side } from "../../parts/side.js";

const FEW = 8;
const [WIDE, HIGH] = [200, 14];
const { draws, years, levels } = data.told.ranking ?? { levels: { most: [] } };
const KNOWN = levels.most.filter((one) => leverOf(one.lever));
/** Levers of one's own have no bar, and come last of their kind. */
const OWN = data.levers.filter(({ name }) => !KNOWN.some((one) => one.lever === name)).map(({ name }) => ({ lever: name }));
const isMeasured = (one) => leverOf(one.lever).evidence.grade !== "none";
const MEASURED = [...KNOWN, ...OWN].filter(isMeasured);
/** Nobody has measured what these do: they come after the others, however much they would save. */
const ASSUMED = [...KNOWN, ...OWN].filter((one) => !isMeasured(one));
const RANKED = [...MEASURED, ...ASSUMED];
const ENDS = RANKED.slice(0, FEW).flatMap(({ averted }) => averted ? [averted.low, averted.high] : []);
const X = scale(Math.min(0, ...ENDS), Math.max(...ENDS), 2, WIDE - 2);

export function Ranking() {
  const all = useSignal(false);
  const opened = useSignal("");
  if (data.place) return html`<${Side} some=${data.place.levers} said=${data.place.leversSaid} />`;
  if (!whole.value) return html`<${Side} />`;
  const used = useRef(new Set()).current;
  for (const name of moved.value.split(" ")) used.add(name);
  const shown = RANKED.filter((one, i) => all.value || i < FEW || used.has(one.lever));
  const row = (one) => html`
    <${Rank} key=${one.lever} one=${one} lever=${leverOf(one.lever)} open=${opened.value === one.lever}
      toggle=${() => (opened.value = opened.value === one.lever ? "" : one.lever)} />`;
  const assumed = shown.filter((one) => ASSUMED.includes(one));
  return html`
    <section class="ranking" aria-labelledby="ranking-title">
      <h2 id="ranking-title">Which lever saves most?</h2>
      <p class="soft">Deaths averted to the end of ${years[1]} by each alone, at its most from ${years[0]} on: half of ${draws} runs lie in the
        thick line, 95 % in the thin one; below zero more die. Letters grade the evidence, A best, D weakest.${believing.value ? " Your beliefs do not count here." : ""} Open a bar, and drag.</p>
      <ol class="ranks">
        ${shown.filter((one) => !ASSUMED.includes(one)).map(row)}
      </ol>
      ${assumed.length > 0 && html`
        <h3 id="assumed-title">If it could be done: effect not measured</h3>
        <ol class="ranks" aria-labelledby="assumed-title">${assumed.map(row)}</ol>`}
      <p><button type="button" class="link" aria-expanded=${all.value} onClick=${() => (all.value = !all.value)}>
        ${all.value ? `Only the first ${FEW}` : `All ${RANKED.length} levers, also ${ASSUMED.length} whose effect nobody measured`}</button></p>
      <${ScenarioBar} />
    </section>
  `;
}

/** The first of them in a line, for a narrow window in which the bars lie far below. */
export function Most() {
  if (!whole.value || data.place) return null;
  const [{ lever, averted: { median, low, high } }] = MEASURED;
  const from = low < 0 ? `${figures(-low)} more` : figures(low);
  return html`<p class="most">Most saved, with evidence: ‘${leverOf(lever).title}’, ${figures(median)} fewer deaths (${from} to ${figures(high)} fewer).
    ${" "}<button type="button" class="link" onClick=${toRanking}>See all levers</button></p>`;
}

function toRanking() {
  document.querySelector(".ranking").scrollIntoView();
}

/** Names of the levers that are not as today, as one text, so that only a change of them draws the list anew. */
const moved = computed(() => RANKED.map(({ lever }) => lever).filter(isUsed).join(" "));

function isUsed(name) {
  return strength(scenario.value, name) !== leverOf(name).today;
}

/** Its control shows once it is opened or moved, and stays when a hand leads the lever back to today. */
function Rank({ one, lever, open, toggle }) {
  const bar = useMemo(() => one.averted && html`<${Bar} averted=${one.averted} />`, [one]);
  const { median, low, high } = one.averted ?? {};
  const used = useMemo(() => computed(() => isUsed(lever.name)), [lever]).value;
  const [kept, keep] = useState(used);
  if (used && !kept) keep(true);
  const shown = open || kept;
  const press = () => {
    if (kept) keep(used);
    if (open || !kept) toggle();
  };
  return html`
    <li class=${`rank${open ? " open" : ""}`} data-rank=${lever.name}>
      <button type="button" class="rank-open" aria-expanded=${shown} onClick=${press}>
        <span class="rank-name">${lever.title}</span>
        <${Grade} grade=${lever.evidence.grade} />
        <span class="rank-number">${one.averted ? html`<b>${figures(median)}</b> <span class="range">${figures(low)} to ${figures(high)}</span>` : "not ranked"}</span>
        ${bar}
      </button>
      ${shown && html`<${LeverControl} lever=${lever} named="About it" compact />`}
    </li>
  `;
}

function Bar({ averted: { median, low, high, inner_low: from, inner_high: to } }) {
  const at = (value) => Math.min(WIDE, Math.max(0, X(value))).toFixed(1);
  return html`
    <svg class="rank-bar" viewBox=${`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="rank-zero" d=${`M${at(0)} 0V${HIGH}`} />
      <path class="rank-thin" d=${`M${at(low)} 7H${at(high)}`} />
      <path class="rank-thick" d=${`M${at(from)} 7H${at(to)}`} />
      <path class="rank-median" d=${`M${at(median)} 1V13`} />
    </svg>
  `;
}
