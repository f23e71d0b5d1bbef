/** The states side by side, each with its course, its peak and where it stands; in an order to choose. */
import { html, useId, useSignal } from "vendor";
import { monthShort } from "../../model/calendar.js";
import { classOf, shortOf, sorted } from "./data.js";
import { Curve } from "./curve.js";
import { amount, measure } from "./measure.js";
import { choice, chosen, leave, shownBy, walk } from "./pick.js";

const ORDERS = { now: "newest value", peak: "month of the peak", fall: "fall since the peak", name: "name" };
const HEIGHTS = {
  rate: "All curves stand on one scale, so that heights can be compared.",
  count: "Each curve rises to its own highest count, so that heights cannot be compared.",
};
const [WIDTH, HEIGHT] = [150, 54];

export function Multiples() {
  const order = useSignal("now");
  const id = useId();
  const all = sorted(order.value);
  const stop = all.some(({ place }) => place === chosen.value) ? chosen.value : all[0].place;
  return html`
    <section class="states-multiples" aria-labelledby=${`${id}h`}>
      <div class="states-bar">
        <h3 id=${`${id}h`}>One by one</h3>
        <label>In order of <select value=${order.value} onChange=${(event) => (order.value = event.currentTarget.value)}>
          ${Object.entries(ORDERS).map(([name, text]) => html`<option key=${name} value=${name}>${text}</option>`)}
        </select></label>
      </div>
      <p class="soft">${HEIGHTS[measure.value]} A gap is a month that the publisher left out. New York is the whole state; New York City
        and Puerto Rico stand beside the states, in deaths alone.</p>
      <div class="states-cards" role="listbox" aria-label="The states one by one. Arrow keys go from one to the next, Enter enlarges."
        onKeyDown=${walk} onPointerLeave=${leave}>
        ${all.map((one) => html`<${Card} key=${one.place} one=${one} stop=${one.place === stop} />`)}
      </div>
    </section>
  `;
}

function Card({ one, stop }) {
  const { name, peak, newest, why } = one;
  const found = classOf(one, shownBy.value);
  return html`
    <div class=${`state-card${chosen.value === one.place ? " chosen" : ""}`} ...${choice(one, stop)}>
      <p class="state-name"><b>${name}</b> <span class=${`tag k${found < 0 ? "none" : found}`}>${shortOf(one, shownBy.value)}</span></p>
      <svg class="small" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <path class="floor" d=${`M0 ${HEIGHT - 0.5}H${WIDTH}`} />
        <${Curve} of=${one} x=${0} y=${2} width=${WIDTH} height=${HEIGHT - 4} mark=${3} />
      </svg>
      ${peak
        ? html`<p class="state-ends">${[peak, newest].map(({ label, value }) => html`
          <span key=${label}><b>${amount(value)}</b> <span class="soft">${monthShort(label)}</span></span>`)}</p>`
        : html`<p class="soft">no data: ${why}</p>`}
    </div>
  `;
}
