/** What is believed of one constant: its draws as a strip, and a slider of two ends. */
import { html, useId, useSignal } from "vendor";
import { CONSTANTS, beliefs, keep, leftSaid, withBelief } from "../../model/beliefs.js";
import { data } from "../../model/data.js";
import { believe, press, release } from "../../model/history.js";
import { unitText } from "../../model/words.js";
import { hasHold } from "./hold.js";
import { STOPPED, binsOf, possible, scaleOf } from "./scale.js";

const STEPS = 200;
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];
const NAMES = ["at least", "at most"];
const NONE = [null, null];

/** `r` is its rank correlation with the answer; `told` what is more of the latter. */
export function Belief({ path, r, told }) {
  const id = useId();
  const stopped = useSignal(false);
  const ends = beliefs.value[path] ?? NONE;
  const held = ends !== NONE;
  const [meaning, assumed] = CONSTANTS[path];
  const { least, most, text } = scaleOf(path);
  return html`
    <div class=${`belief${held ? " held" : ""}`} role="group" aria-labelledby=${id} data-belief=${path}>
      <p class="belief-part soft" title=${path}>${partOf(path)}</p>
      <p class="belief-name" id=${id}>${meaning.charAt(0).toUpperCase() + meaning.slice(1)}</p>
      <p class="soft">${assumed ? html`<b>An assumption still:</b> the record says nothing of it. ` : "The record moved it. "}${hasHold(r)
        ? `Where it is higher, ${r < 0 ? told.replace("more", "fewer") : told}` : "It has no clear hold on this answer"}
        ${" "}(rank correlation ${r < 0 ? "−" : "+"}${Math.abs(r).toFixed(2)}).</p>
      <${Strip} path=${path} />
      <${Ends} path=${path} ends=${ends} stopped=${stopped} named=${meaning} />
      <p class="belief-ends soft"><span>${text(least)}</span><span>${unitOf(path)}</span><span>${text(most)}</span></p>
      <p class="belief-said" role="status">${held && html`<b>${said(ends, text)}</b>: ${leftSaid()} draws hold all you believe.
        ${" "}<button type="button" class="link" onClick=${() => forget(path, stopped)}>Any value</button>`}
        ${!held && html`<span class="soft">Any value</span>`}${stopped.value && html` ${STOPPED}`}</p>
    </div>
  `;
}

/** The mechanism that it belongs to: `supply, market`. */
function partOf(path) {
  return path.split(".").slice(0, 2).join(", ");
}

function unitOf(path) {
  return unitText(data.units[path]);
}

function said([low, high], text) {
  if (high === null) return `At least ${text(low)}`;
  return low === null ? `At most ${text(high)}` : `${text(low)} to ${text(high)}`;
}

function forget(path, stopped) {
  stopped.value = false;
  believe(withBelief(beliefs.value, path, NONE));
}

/** How the draws lie: all of them lightly, over them those that hold all that is believed. */
function Strip({ path }) {
  const all = binsOf(path, null);
  const highest = Math.max(...all);
  return html`
    <svg class="belief-strip" viewBox=${`0 0 ${all.length} 1`} preserveAspectRatio="none" aria-hidden="true">
      <path class="strip-all" d=${bars(all, highest)} />
      <path class="strip-kept" d=${bars(binsOf(path, keep.value), highest)} />
    </svg>
  `;
}

function bars(counts, highest) {
  return counts.map((count, i) => (count ? `M${i + 0.06} 1V${(1 - count / highest).toFixed(3)}H${i + 0.94}V1Z` : "")).join("");
}

/** Two sliders on one track; one that stands at its end of the scale is no bound. */
function Ends({ path, ends, stopped, named }) {
  const { at, of, text } = scaleOf(path);
  const places = ends.map((end, i) => (end === null ? i : at(end)));
  const set = (i) => (event) => {
    const place = Number(event.currentTarget.value) / STEPS;
    const other = ends[1 - i];
    let end = place === i ? null : of(place);
    if (end !== null && other !== null && (i ? end < other : end > other)) end = other;
    const asked = i ? [other, end] : [end, other];
    const found = possible(beliefs.value, path, asked, i);
    stopped.value = found.stopped;
    believe(withBelief(beliefs.value, path, found.ends));
    event.currentTarget.value = STEPS * (found.ends[i] === null ? i : at(found.ends[i]));
  };
  return html`
    <div class="two-ends" style=${{ "--from": places[0], "--to": places[1] }}>
      ${NAMES.map((name, i) => html`
        <input key=${name} type="range" min="0" max=${STEPS} step="1" value=${STEPS * places[i]}
          class=${!i && places[0] > 0.5 ? "above" : ""}
          aria-label=${`${named}: ${name}`}
          aria-valuetext=${ends[i] === null ? "any" : `${name} ${text(ends[i])}`}
          onPointerDown=${hold} onPointerUp=${letGo} onPointerCancel=${letGo}
          onKeyDown=${(event) => KEYS.includes(event.key) && hold(event)}
          onKeyUp=${letGo} onBlur=${letGo} onInput=${set(i)} onChange=${letGo} />`)}
    </div>
  `;
}

const hold = (event) => press(event.currentTarget);
const letGo = (event) => release(event.currentTarget);
