/** The timeline: what happened, a mark for each act, above relations and effort as the model has them. */
import { computed, html, signal, useMemo } from "vendor";
import { linePath } from "kit/fan.js";
import { scale } from "kit/scales.js";
import { data } from "../../model/data.js";
import { useSummary } from "../../model/summaries.js";
import { EVENTS, LANES, OTHER_KNOTS, eventText, knotText, levelText } from "./events.js";
import { Awaits } from "../../parts/awaits.js";
import { holds } from "../../parts/paper.js";
import { Acts } from "../../parts/series-acts.js";
import { Citation } from "../../parts/series-card.js";

const TOP = 14;
const HEAD = 14;
const CURVE = 66;
const GAP = 26;
const MARK = 6;
const CLOSE = 14;
const FIRST = 2016.5;
const LAST = 2027;
const FIRST_POINTED = "2023-11-15";
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const roomy = holds("(min-width: 68rem)");
const middling = holds("(min-width: 44rem)", true);

/** Widths of the drawing in user units, so that text keeps its size; where names stand; years between ticks. */
const SIZES = {
  roomy: { wide: 1400, left: 130, above: 0, every: 1 },
  middling: { wide: 700, left: 90, above: 0, every: 1 },
  small: { wide: 366, left: 16, above: 22, every: 2 },
};

const shown = EVENTS.filter(({ at }) => at >= FIRST);
const pointed = signal(Math.max(0, shown.findIndex(({ date }) => date === FIRST_POINTED)));
const size = computed(() => (roomy.value ? "roomy" : middling.value ? "middling" : "small"));

/** Where lanes and their marks stand; marks close to each other stand above each other. */
function layoutOf({ wide, left, above }) {
  const x = scale(FIRST, LAST, left, wide - 16);
  let top = TOP;
  const lanes = LANES.map((lane) => {
    const rows = [];
    const marks = shown.flatMap((event, i) => {
      if (event.lane !== lane.key) return [];
      const at = x(event.at);
      let row = 0;
      while (rows[row] !== undefined && at - rows[row] < CLOSE) row += 1;
      rows[row] = at;
      return [{ event, i, at, row }];
    });
    const base = top + above + HEAD + CLOSE * Math.max(rows.length - 1, 0);
    const bare = lane.key === "us";
    const found = { lane, marks, name: above ? top + 14 : base + 5, base, end: base + 14 + (bare ? 0 : CURVE) };
    top = found.end + GAP;
    return found;
  });
  return { x, lanes, tall: top + 14 };
}

export function Timeline() {
  const curves = data.diplomacy.countries.map((country) => ({
    relations: useSummary({ run: "now", kind: "driver", path: `diplomacy.relations.level[${country}]` }).value,
    effort: useSummary({ run: "now", kind: "level", output: `diplomacy.effort[${country}]` }).value,
  }));
  const ready = curves.every(({ relations, effort }) => relations && effort);
  return html`
    <section class="diplomacy-timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">What happened, and what the model makes of it</h2>
      <p><b>Effort is a judgement, and nobody records it.</b> It says how much a government does against the trade, from 0, nothing, to 1, all
        that it could. Relations are those with the United States in this work. The dates of what happened are on record; the levels that the
        model gives them are not.</p>
      ${ready ? html`<${Drawing} curves=${curves} />` : html`<${Awaits} />`}
      <details class="flows-table">
        <summary>Every act as a list, with its source</summary>
        <${Acts} found=${EVENTS} />
        ${OTHER_KNOTS.length > 0 && html`<p class="soft">Moved in the model besides: ${OTHER_KNOTS.map((knot) => html`<span
          key=${knot.act + knot.country}>${levelText(knot)} from ${knot.year}${knot.source !== "assumption" && html` (<${Citation} source=${knot.source} short />)`}; </span>`)}
          with no act of the list above at that time.</p>`}
      </details>
    </section>
  `;
}

function Drawing({ curves }) {
  const { wide, left, every } = SIZES[size.value];
  const { x, lanes, tall } = useMemo(() => layoutOf(SIZES[size.value]), [size.value]);
  const event = shown[pointed.value];
  const years = Array.from({ length: Math.floor(LAST) - Math.ceil(FIRST) + 1 }, (_, i) => Math.ceil(FIRST) + i);
  return html`
    <div class="timeline-body">
      <svg class="drawing timeline" viewBox=${`0 0 ${wide} ${tall}`} width=${wide} height=${tall} role="group" onKeyDown=${walk}
        aria-label="Acts between the United States and China, India and Mexico, by date. Arrow keys go through them." xmlns="http://www.w3.org/2000/svg">
        ${years.filter((year) => year % every === 0).map((year) => html`
          <g key=${year}><path class="timeline-year" d=${`M${x(year)} ${TOP}V${tall - 22}`} />
            <text class="flow-name middle" x=${x(year)} y=${tall - 6}>${year}</text></g>`)}
        ${lanes.map((lane, i) => html`<${Lane} key=${lane.lane.key} ...${lane} x=${x} left=${left} right=${wide - 16} curve=${curves[i]} />`)}
      </svg>
      <p class="flows-detail" aria-live="polite">
        <b>${eventText(event)}</b>
        <span>${knotText(event)}</span>
        <span class="soft">Source: <${Citation} source=${event.source} short /></span>
      </p>
      <p class="timeline-key soft">
        <span><svg width="30" height="12" aria-hidden="true"><path class="timeline-relations" d="M1 6H29" /></svg> relations</span>
        <span><svg width="30" height="12" aria-hidden="true"><path class="timeline-effort" d="M1 6H29" /></svg> effort, both from 0 to 1</span>
        <span><svg width="14" height="12" aria-hidden="true"><circle class="timeline-mark moves" cx="7" cy="6" r="5" /></svg> an act that moves one
          of them in the model</span>
        <span><svg width="14" height="12" aria-hidden="true"><circle class="timeline-mark" cx="7" cy="6" r="5" /></svg> one that moves neither</span>
      </p>
    </div>
  `;
}

/** A country: its marks, and below them its two curves. */
function Lane({ lane, marks, name, base, end, x, left, right, curve }) {
  const y = scale(0, 1, end, end - CURVE);
  return html`
    <g>
      <text class="flow-place" x="0" y=${name}>${lane.name}</text>
      ${curve && html`
        <rect class="timeline-ground" x=${left} y=${y(1)} width=${right - left} height=${CURVE} />
        <text class="flow-name" x=${left - 13} y=${y(1) + 10}>1</text><text class="flow-name" x=${left - 13} y=${y(0)}>0</text>
        <path class="timeline-relations" d=${pathOf(curve.relations, x, y)} />
        <path class="timeline-effort" d=${pathOf(curve.effort, x, y)} />`}
      ${marks.map(({ event, i, at, row }) => html`
        <g key=${i} class=${`timeline-act${pointed.value === i ? " current" : ""}`} data-event=${i} role="img" tabindex=${pointed.value === i ? 0 : -1}
          aria-label=${`${eventText(event)}. ${knotText(event)}`} onFocus=${() => (pointed.value = i)}
          onPointerEnter=${() => (pointed.value = i)} onClick=${() => (pointed.value = i)}>
          <path class="timeline-stem" d=${`M${at} ${base - CLOSE * row}V${end}`} />
          <circle class="flow-hit" cx=${at} cy=${base - CLOSE * row} r="9" />
          <circle class=${`timeline-mark${event.knots.length ? " moves" : ""}`} cx=${at} cy=${base - CLOSE * row} r=${MARK} />
        </g>`)}
    </g>
  `;
}

function pathOf({ x: years, median }, x, y) {
  const begin = years.findIndex((year) => year >= FIRST);
  const end = years.findIndex((year) => year > LAST);
  return linePath(years.slice(begin, end), median.slice(begin, end), x, y);
}

/** Arrow keys go from act to act in order of time; Home and End to the first and last. */
function walk(event) {
  const next = event.key === "Home" ? 0 : event.key === "End" ? shown.length - 1 : pointed.value + (STEPS[event.key] ?? 0);
  if (next === pointed.value || !shown[next]) return;
  event.preventDefault();
  pointed.value = next;
  event.currentTarget.querySelector(`[data-event="${next}"]`)?.focus();
}
