/**
 * Beliefs: the answer in the draws that agree with what a reader believes, beside that of all draws, and the
 * constants with the largest hold on it as sliders of two ends.
 */
import { html, useMemo, useSignal } from "vendor";
import { number } from "kit/format.js";
import { CONSTANTS, beliefs } from "../../model/beliefs.js";
import { data } from "../../model/data.js";
import { whole } from "../../model/scenario.js";
import { useSummary } from "../../model/summaries.js";
import { isToday } from "../../parts/answer.js";
import { Awaits } from "../../parts/awaits.js";
import { useLast } from "../../parts/last.js";
import { openBase } from "../../parts/whole-only.js";
import { Belief } from "./belief.js";
import { BeliefsFigure } from "./figure.js";
import { BY_CHANCE, LEAST_HOLD, hasHold, holds } from "./hold.js";
import { Command, Said } from "./said.js";

export const view = { name: "beliefs", title: "Beliefs", View: Beliefs };

const FLOW = "people.overdose.deaths";
const SHOWN = 8;
const MOST_FOUND = 12;

function Beliefs() {
  if (!whole.value) return html`<${Elsewhere} />`;
  return html`
    <div class="with-levers beliefs">
      <div class="results">
        <${Said} flow=${FLOW} />
        <${BeliefsFigure} flow=${FLOW} />
        <${Command} />
      </div>
      <${List} />
    </div>
  `;
}

function List() {
  const words = useSignal("");
  const kind = isToday() ? "total" : "averted";
  const found = useLast(useSummary({ run: "now", kind, flow: FLOW, all: true, values: true }).value);
  const values = found?.values?.length === data.draws ? found.values : null;
  const every = useMemo(() => (values ? holds(values) : []), [values]);
  const told = kind === "total" ? "more people die" : "more deaths are averted";
  const top = every.filter(({ r }) => hasHold(r)).slice(0, SHOWN);
  const others = every.filter((one) => one.path in beliefs.value && !top.includes(one));
  const matching = words.value.trim() ? every.filter(({ path }) => matches(path, words.value)) : null;
  const shown = matching ? matching.slice(0, MOST_FOUND) : [...top, ...others];
  return html`
    <section class="belief-list" aria-labelledby="believe">
      <div class="lever-search">
        <h2 id="believe">What do you believe?</h2>
        <label>Search
          <input type="search" value=${words.value} onInput=${(event) => (words.value = event.currentTarget.value)} />
        </label>
      </div>
      <p class="soft">${Object.keys(CONSTANTS).length} numbers that nobody knows well differ from draw to draw. Say where you think one lies, and only the
        draws that agree are kept. ${matching ? saidOf(matching, words.value) : html`These have the largest hold on the answer
        (rank correlation above ${LEAST_HOLD}; chance alone gives ${number(BY_CHANCE, 2)}).`}</p>
      ${values && !shown.length && !matching && html`<p>No single number has such a hold on this answer.</p>`}
      ${!values && html`<${Awaits} short />`}
      ${shown.map(({ path, r }) => html`<${Belief} key=${path} path=${path} r=${r} told=${told} />`)}
    </section>
  `;
}

function saidOf(found, words) {
  if (!found.length) return `None speaks of ‘${words}’.`;
  return found.length > MOST_FOUND ? `${found.length} speak of ‘${words}’; the ${MOST_FOUND} with the largest hold are shown.` : "";
}

function matches(path, words) {
  const text = `${path} ${CONSTANTS[path][0]}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** In the published model nothing is chosen: its draws are others. */
function Elsewhere() {
  return html`
    <section aria-labelledby="believe">
      <h2 id="believe">What do you believe?</h2>
      <p>The published model runs the draws that were published with it. Beliefs choose among the draws of the whole system.</p>
      <p><button type="button" onClick=${openBase}>Open the base projection of the whole system</button></p>
    </section>
  `;
}
