/**
 * The drawing: columns of places, bands of kilograms a year between them. The width of a band is to scale,
 * the same in every year; each place is as tall as what passes through it.
 */
import { html } from "vendor";
import { kg, inFull, sentence } from "./levels.js";

const WIDE = 1400;
const TOP = 42;
const BAR = 8;
const KG_TO_PIXEL = 30;
const THINNEST = 1.2;
const GAP = 20;
const LINE = 18;
const HEAD = 38;
const LEAST_TALL = 430;
const KEY_TALL = 52;
const STOCK = "precursor_stock";

/** Columns: left edge and width of their boxes, and their title. */
const COLUMNS = [
  { x: 0, w: 118, title: "Precursors from" },
  { x: 268, w: 176, title: "Made in" },
  { x: 594, w: 206, title: "Sent by" },
  { x: 976, w: 212, title: "Seized, or delivered" },
  { x: 1276, w: 124, title: "Sold" },
];

/** Places in order from the top of each column: name, and `lines` of readings in their box. */
const PLACES = [
  { key: "china", column: 0, name: "China", lines: [["precursors_china", ""]] },
  { key: "india", column: 0, name: "India", lines: [["precursors_india", ""]] },
  { key: "other", column: 0, name: "Others", lines: [["precursors_other", ""]] },
  { key: "china_site", column: 1, name: "China", lines: [["made_china", "made"]] },
  { key: "mexico", column: 1, name: "Mexico", lines: [["made_mexico", "made"], ["precursors_kept", "precursors kept"]] },
  {
    key: "mail", column: 2, name: "Mail and express",
    lines: [["sent_mail", "sent"], ["seized_mail", "seized"], ["delivered_mail", "delivered"]],
  },
  ...[["ports", "Ports of entry"], ["between", "Between ports"], ["coastal", "Coast and air"]].map(([route, name]) => ({
    key: route, column: 2, name,
    lines: [
      [`sent_${route}`, "sent"], [`inland_${route}`, "seized in Mexico"],
      [`seized_${route}`, "seized at the border"], [`delivered_${route}`, "delivered"],
    ],
  })),
  { key: "market", column: 3, name: "Delivered", lines: [["delivered", ""], ["market_kept", "kept in stock"]] },
  { key: "seized", column: 3, name: "Seized, border and mail", lines: [["seized", ""]] },
  { key: "inland", column: 3, name: "Seized within Mexico", lines: [["inland", ""]] },
  { key: "us", column: 4, name: "In the US", lines: [["sold", ""]] },
];

/** `found`: readings by key; `current`: the key that is pointed at; `point(key)` points. */
export function Drawing({ found, current, point, label }) {
  const layout = layoutOf(found);
  const given = { found, current, point };
  return html`
    <svg class="drawing flows-drawing supply-drawing" viewBox=${`0 0 ${WIDE} ${layout.tall}`} width=${WIDE} height=${layout.tall} role="group"
      aria-label=${label} xmlns="http://www.w3.org/2000/svg">
      ${COLUMNS.map(({ x, title }) => html`<text key=${title} class="flow-title" x=${x} y="24">${title}</text>`)}
      ${layout.bands.map((band) => html`<${Band} key=${band.key} name=${band.key} band=${band} ...${given} />`)}
      ${layout.places.map((place) => html`<${Place} key=${place.key} place=${place} ...${given} />`)}
      <${Key} y=${layout.tall - 14} />
    </svg>
  `;
}

/** Where places and bands stand: places of a column below each other, bands in their order at each place. */
function layoutOf(found) {
  const size = (key) => Math.max(found.get(key).value, 0) / KG_TO_PIXEL;
  const moving = [...found.values()].map(({ item }) => drawnBetween(item)).filter(({ from, to }) => from && to);
  const sum = (all) => all.reduce((total, { key }) => total + size(key), 0);
  const below = COLUMNS.map(() => TOP);
  const places = PLACES.map((place) => {
    const into = sum(moving.filter(({ to }) => to === place.key));
    const out = sum(moving.filter(({ from }) => from === place.key));
    const { x, w } = COLUMNS[place.column];
    const tall = Math.max(into, out, HEAD + LINE * place.lines.length);
    const y = below[place.column];
    below[place.column] += tall + GAP;
    return { ...place, x, w, y, tall, into, out, used: { into: 0, out: 0 } };
  });
  const at = new Map(places.map((place) => [place.key, place]));
  const order = (key) => places.findIndex((place) => place.key === key);
  const bands = moving
    .toSorted((a, b) => order(a.from) - order(b.from) || order(a.to) - order(b.to))
    .map((item) => band(item, size(item.key), at.get(item.from), at.get(item.to)));
  return { places, bands, tall: Math.max(LEAST_TALL, ...below) + KEY_TALL };
}

/** Precursors are drawn to the place that makes fentanyl of them, whose stock is a line there; sales to the US. */
function drawnBetween(item) {
  if (item.key === "sold") return { ...item, to: "us" };
  if (item.from === STOCK) return { ...item, from: null };
  return item.to === STOCK ? { ...item, to: "mexico" } : item;
}

/** A ribbon from edge to edge: as wide at every place as what flows, and never too thin to be seen. */
function band({ key }, width, from, to) {
  const [x0, x1] = [from.x + from.w, to.x];
  const [y0, y1] = [from.y + from.used.out, to.y + to.used.into];
  from.used.out += width;
  to.used.into += width;
  const shown = Math.max(width, THINNEST);
  const middle = (x0 + x1) / 2;
  const edge = (xa, ya, xb, yb) => `${xa} ${round(ya)}C${middle} ${round(ya)} ${middle} ${round(yb)} ${xb} ${round(yb)}`;
  return {
    key,
    ribbon: `M${edge(x0, y0, x1, y1)}L${edge(x1, y1 + shown, x0, y0 + shown)}Z`,
    line: `M${edge(x0, y0 + shown / 2, x1, y1 + shown / 2)}`,
  };
}

/** What can be pointed at by mouse, finger and keyboard; one stop of the Tab key for all. */
function Item({ name, found, current, point, class: more = "", focus = false, children }) {
  const reading = found.get(name);
  const said = focus && { role: "img", tabindex: current === name ? 0 : -1, "data-key": name, "aria-label": `${sentence(reading.item)}: ${inFull(reading)}`, onFocus: () => point(name) };
  return html`
    <g class=${`flow ${reading.item.kind}${current === name ? " current" : ""} ${more}`} ...${said || { "aria-hidden": "true" }}
      onPointerEnter=${() => point(name)} onClick=${() => point(name)}>${children(reading)}</g>
  `;
}

function Band({ band: { ribbon, line }, ...given }) {
  return html`<${Item} ...${given}>${() => html`
    <path class="flow-hit" d=${line} stroke-width="14" />
    <path class="flow-ribbon" d=${ribbon} />
  `}<//>`;
}

/** A box with its name and a line for each reading, which take the focus; bars at its sides are what passes. */
function Place({ place, ...given }) {
  const { x, y, w, tall, into, out, name, lines } = place;
  const left = x + 16;
  return html`
    <g>
      <rect class="flow-box" x=${x} y=${round(y)} width=${w} height=${round(tall)} rx="4" />
      ${into > 0 && html`<rect class="flow-bar" x=${x} y=${round(y)} width=${BAR} height=${round(Math.max(into, THINNEST))} />`}
      ${out > 0 && html`<rect class="flow-bar" x=${x + w - BAR} y=${round(y)} width=${BAR} height=${round(Math.max(out, THINNEST))} />`}
      <text class="flow-place" x=${left} y=${round(y + 22)}>${name}</text>
      ${lines.map(([key, what], i) => html`
        <${Item} key=${key} name=${key} focus ...${given}>${(reading) => html`
          <rect class="flow-hit" x=${left - 6} y=${round(y + 28 + LINE * i)} width=${w - 20} height=${LINE} />
          <text class="flow-name" x=${left} y=${round(y + 42 + LINE * i)}>${what && `${what} `}<tspan class="flow-number">${kg(reading)}</tspan></text>
        `}<//>`)}
    </g>
  `;
}

/** How to read widths and colours. */
function Key({ y }) {
  const width = 1000 / KG_TO_PIXEL;
  const kinds = [["precursor", "precursors"], ["sent", "sent"], ["seized", "seized"], ["delivered", "delivered"], ["sold", "sold"]];
  return html`
    <g class="flow-key" aria-hidden="true">
      <g class="flow sent"><rect class="flow-ribbon" x="0" y=${y - 5 - width / 2} width="40" height=${width} /></g>
      <text class="flow-name" x="50" y=${y}>1,000 kg of pure fentanyl a year, in every year alike</text>
      ${kinds.map(([kind, text], i) => html`
        <g key=${kind} class=${`flow ${kind}`}><rect class="flow-ribbon" x=${440 + 150 * i} y=${y - 10} width="30" height="10" /></g>
        <text key=${`${kind}-text`} class="flow-name" x=${480 + 150 * i} y=${y}>${text}</text>`)}
    </g>
  `;
}

function round(value) {
  return Math.round(value * 10) / 10;
}
