/**
 * The plane: deaths averted to the right, cost upwards, every option a point with its two intervals.
 *
 * What is small would be one blot beside the mixes, and is drawn again on a scale of its own. Both
 * scales are straight, so that a line from the origin is a price.
 */
import { html, useId } from "vendor";
import { useWidth } from "kit/chart.js";
import { shape, tenth } from "kit/marks.js";
import { enclosing, scale, tickTexts } from "kit/scales.js";
import { data } from "../../model/data.js";
import { placed } from "./labels.js";
import { dollars, isWhole, nameOf } from "./words.js";

const { cost } = data.told;
const TALL = 300;
const [TOP, FOOT, LEFT, RIGHT] = [30, 46, 40, 14];
const NAMES_FROM = 560;
const SMALL = { deaths: 0.2, cost: 0.1 };
const SIZE = 5;

/** Two drawings of options: all of them, and those that are small beside the rest. */
export function Plane({ options, books }) {
  const numbered = options.map((one, i) => ({ ...one, number: i + 1, cost: one.views[books].cost }));
  const most = (field) => Math.max(...cost.options.map(field));
  const [deaths, money] = [most(({ averted }) => averted.mean), most(({ views }) => views.health.cost.mean)];
  const isSmall = ({ averted, views }) => averted.mean < SMALL.deaths * deaths && views.health.cost.mean < SMALL.cost * money;
  const small = numbered.filter(isSmall);
  const steps = cost.frontier[books].map((step) => [step.averted, step.cost]);
  return html`
    <div class="cost-planes">
      <figure aria-labelledby="cost-all">
        <h3 id="cost-all">Mixes, and the larger levers</h3>
        <${Drawing} options=${numbered} labelled=${numbered.filter((one) => !isSmall(one))} steps=${steps} named title="Cost against deaths averted, all options" />
        <${Key} />
      </figure>
      <figure aria-labelledby="cost-small">
        <h3 id="cost-small">The ${small.length} smaller levers, enlarged</h3>
        <${Drawing} options=${small} labelled=${small} steps=${[]} title="Cost against deaths averted, the smaller levers" />
      </figure>
    </div>
  `;
}

/** A drawing; levers carry names if it is `named` and there is room, else numbers that a list below explains. */
function Drawing({ options, labelled, steps, title, named = false }) {
  const [width, , measured] = useWidth();
  const withNames = named && width >= NAMES_FROM;
  return html`<div class="cost-drawing"><div ref=${measured}></div>
    ${width > 0
      ? html`<${Sheet} width=${width} options=${options} labelled=${labelled} steps=${steps} title=${title} withNames=${withNames} />`
      : html`<div style=${{ height: `${TALL}px` }}></div>`}
    ${!withNames && html`<ul class="cost-numbers">${labelled.filter(({ budget }) => budget === null).map((one) => html`
      <li key=${one.name}><span class="cost-number">${one.number}</span> ${nameOf(one)}</li>`)}</ul>`}</div>`;
}

function Sheet({ width, options, labelled, steps, title, withNames }) {
  const id = useId();
  const all = (field, end) => options.map((one) => one[field][end]);
  const xs = enclosing(Math.min(0, ...all("averted", "low")), Math.max(...all("averted", "high")), width < NAMES_FROM ? 4 : 6);
  const ys = enclosing(Math.min(0, ...all("cost", "low")), Math.max(0, ...all("cost", "high")), 5);
  const x = scale(...reachOf(xs, all("averted", "low")), LEFT, width - RIGHT);
  const y = scale(...reachOf(ys, all("cost", "low")), TALL - FOOT, TOP);
  const at = (one) => ({ x: x(one.averted.mean), y: y(one.cost.mean) });
  const room = { left: LEFT, right: width - 2, top: TOP, bottom: TALL - FOOT };
  const text = (one) => (one.budget !== null ? `mix, ${dollars(one.budget)}` : withNames ? nameOf(one) : String(one.number));
  const labels = placed(labelled.map((one) => ({ ...at(one), text: text(one) })), options.map(at), room);
  return html`<svg class="drawing cost-plane" role="img" width=${width} height=${TALL} viewBox=${`0 0 ${width} ${TALL}`}
      aria-labelledby=${`${id}t ${id}d`} xmlns="http://www.w3.org/2000/svg">
    <title id=${`${id}t`}>${title}</title>
    <desc id=${`${id}d`}>Every number is in the table below: ${labelled.map((one) => `${one.number} ${nameOf(one)}`).join("; ")}.</desc>
    <${Axes} x=${x} y=${y} xs=${xs} ys=${ys} right=${width - RIGHT} />
    ${options.map((one) => html`<path key=${one.name} class="cost-whisker ${hue(one)}" d=${whiskers(one, x, y)} />`)}
    ${steps.length > 1 && html`<path class="cost-frontier" d=${`M${steps.map(([a, b]) => `${tenth(x(a))} ${tenth(y(b))}`).join("L")}`} />`}
    ${options.map((one) => html`<path key=${one.name} data-option=${one.name} class="points ${hue(one)} ${isWhole(one) ? "full" : "hollow"}"
      d=${shape(one.budget === null ? "circle" : "square", at(one).x, at(one).y, SIZE)} />`)}
    ${labels.map(({ lines, x: left, y: top, end, leader }) => html`
      ${leader && html`<path class="cost-leader" d=${leader} />`}
      ${["halo", "cost-name"].map((look) => lines.map((line, i) => html`<text class=${look} text-anchor=${end ? "end" : "start"} x=${tenth(left)} y=${tenth(top + 15 * i)}>${line}</text>`))}`)}
  </svg>`;
}

function Axes({ x, y, xs: allX, ys: allY, right }) {
  const [xs, ys] = [allX.filter((value) => value >= x.low), allY.filter((value) => value >= y.low)];
  const [bottom, zero] = [TALL - FOOT, tenth(y(0))];
  const money = tickTexts(ys.map((value) => value / 1e9));
  return html`<g>
    <path class="cost-grid" d=${ys.map((value) => `M${LEFT} ${tenth(y(value))}H${right}`).join("")} />
    <path class="cost-axis" d=${`M${LEFT} ${zero}H${right}M${tenth(x(0))} ${TOP}V${bottom}`} />
    ${ys.map((value, i) => html`<text class="end" x=${LEFT - 7} y=${tenth(y(value) + 4.5)}>${money[i]}</text>`)}
    ${tickTexts(xs, true).map((text, i) => html`<text class="mid" x=${tenth(Math.min(x(xs[i]), right - 8))} y=${bottom + 19}>${text}</text>`)}
    <text class="unit" x="0" y="14">cost, more than today, in billion dollars</text>
    <text class="end" x=${right} y=${bottom + 38}>deaths averted</text>
  </g>`;
}

/** From a little below the lowest end of what is drawn to the last tick. */
function reachOf(ticks, lows) {
  const lowest = Math.min(0, ...lows);
  return [Math.max(ticks[0], lowest - 0.04 * (ticks.at(-1) - lowest)), ticks.at(-1)];
}

function whiskers({ averted, cost: money }, x, y) {
  return `M${tenth(x(averted.low))} ${tenth(y(money.mean))}H${tenth(x(averted.high))}M${tenth(x(averted.mean))} ${tenth(y(money.low))}V${tenth(y(money.high))}`;
}

function hue({ budget }) {
  return budget === null ? "c1" : "c3";
}

/** What marks mean. */
function Key() {
  const mark = (kind, look) => html`<svg width="14" height="14" aria-hidden="true"><path class=${`points ${look}`} d=${shape(kind, 7, 7, SIZE)} /></svg>`;
  return html`<p class="cost-key soft">
    <span>${mark("circle", "c1 full")} a lever, all of its cost counted</span>
    <span>${mark("circle", "c1 hollow")} a lever, its cost in part or assumed</span>
    <span>${mark("square", "c3 hollow")} the best mix of levers for a budget</span>
    <span><svg width="26" height="14" aria-hidden="true"><path class="cost-frontier" d="M1 7H25" /></svg> frontier: no other option averts more for less</span>
    <span><svg width="26" height="14" aria-hidden="true"><path class="cost-whisker grey" d="M1 7H25" /></svg> 95 % intervals</span>
  </p>`;
}
