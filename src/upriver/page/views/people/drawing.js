/**
 * The drawing: boxes hold people, bands are people who move in a year. Area of a square and width of
 * a band are to scale, the same in every year. It is laid out by hand, since people also go back.
 */
import { html } from "vendor";
import { textWidth, wrap } from "kit/text.js";
import { brief } from "./levels.js";

const WIDE = 1400;
const TALL = 655;
const PEOPLE_A_YEAR_TO_PIXEL = 30_000;
const PEOPLE_TO_AREA = 1_700;
const HEAD = 8;
const ALL = 28;

/** Boxes: corner, size, and the lines of their title. */
const BOXES = [
  { x: 190, y: 60, w: 220, h: 172, title: "Misuse of prescription opioids" },
  { x: 190, y: 338, w: 220, h: 172, title: "Heroin use without a disorder" },
  { x: 560, y: 60, w: 240, h: 450, title: "Opioid use disorder, no medication" },
  { x: 930, y: 60, w: 190, h: 385, title: "On medication" },
  { x: 1220, y: 60, w: 180, h: 250, title: "In remission" },
  { x: 1220, y: 390, w: 180, h: 250, title: "In stable remission" },
];

/** Squares of people: lower left corner, and where number and name stand; at 0 they follow the square. */
const SQUARES = {
  "misuse.0": { x: 206, y: 186, text: [0, 172], name: "people" },
  "heroin_use.0": { x: 206, y: 464, text: [0, 450], name: "people" },
  "untreated.0": { x: 578, y: 152, text: [624, 138], name: "from prescription opioids" },
  "untreated.1": { x: 578, y: 294, text: [624, 280], name: "also with heroin use" },
  "untreated.2": { x: 578, y: 424, text: [624, 410], name: "from heroin or fentanyl" },
  "buprenorphine.0": { x: 946, y: 148, text: [985, 136], name: "buprenorphine" },
  "methadone.0": { x: 946, y: 265, text: [985, 253], name: "methadone" },
  "naltrexone.0": { x: 946, y: 380, text: [985, 368], name: "naltrexone" },
  "remission.0": { x: 1234, y: 142, text: [1296, 126], name: "prescription" },
  "remission.1": { x: 1234, y: 198, text: [1296, 182], name: "both" },
  "remission.2": { x: 1234, y: 254, text: [1296, 238], name: "heroin" },
  "stable.0": { x: 1234, y: 482, text: [1296, 460], name: "prescription" },
  "stable.1": { x: 1234, y: 534, text: [1296, 518], name: "both" },
  "stable.2": { x: 1234, y: 590, text: [1296, 572], name: "heroin" },
};

/** Bands: path, where its head points, and the lines beside it; `above` and `below` follow its width. */
const BANDS = {
  start_misuse: { d: "M108 112H182", head: [190, 112, 0], text: [0, 106], name: "start" },
  stop_misuse: { d: "M190 190H116", head: [108, 190, 180], text: [0, 184], name: "stop" },
  start_heroin: { d: "M108 388H182", head: [190, 388, 0], text: [0, 382], name: "start" },
  stop_heroin: { d: "M190 458H116", head: [108, 458, 180], text: [0, 452], name: "stop" },
  misuse_to_heroin: { d: "M230 232V330", head: [230, 338, 90], text: [240, 280], name: "to heroin" },
  heroin_to_misuse: { d: "M326 338V240", head: [326, 232, 270], text: [336, 280], name: "to misuse" },
  develop_rx: { d: "M410 140H552", head: [560, 140, 0], middle: 481, y: 140, name: "develop a disorder" },
  develop_heroin: { d: "M410 412H552", head: [560, 412, 0], middle: 481, y: 412, name: "develop a disorder" },
  rx_to_both: { d: "M598 172V242", head: [598, 250, 90], text: [608, 206], name: "start heroin" },
  both_to_rx: { d: "M704 250V180", head: [704, 172, 270], text: [714, 206], name: "stop heroin" },
  both_to_heroin: { d: "M598 314V376", head: [598, 384, 90], text: [608, 344], name: "develop a heroin disorder" },
  start_buprenorphine: { d: "M800 128H922", head: [930, 128, 0], middle: 865, y: 128, above: "start" },
  lapse_buprenorphine: { d: "M930 170H808", head: [800, 170, 180], middle: 865, y: 170, below: "return" },
  start_methadone: { d: "M800 245H922", head: [930, 245, 0], middle: 865, y: 245, above: "start" },
  lapse_methadone: { d: "M930 287H808", head: [800, 287, 180], middle: 865, y: 287, below: "return" },
  start_naltrexone: { d: "M800 360H922", head: [930, 360, 0], middle: 865, y: 360, above: "start" },
  lapse_naltrexone: { d: "M930 402H808", head: [800, 402, 180], middle: 865, y: 402, below: "return" },
  finish_buprenorphine: { d: "M1120 140H1212", head: [1220, 140, 0], text: [1128, 130] },
  finish_methadone: { d: "M1120 258C1180 258 1160 200 1212 200", head: [1220, 200, 0], text: [1128, 281] },
  finish_naltrexone: { d: "M1120 375C1190 375 1150 250 1212 250", head: [1220, 250, 0], text: [1126, 393] },
  remit: { d: "M800 485H1110C1205 485 1166 290 1212 290", head: [1220, 290, 0], middle: 955, y: 485, above: "go into remission without medication" },
  relapse: { d: "M1310 60C1310 30 1297 28 1275 28H715C693 28 681 30 680 52", head: [680, 60, 90], middle: 995, y: 28, above: "relapse" },
  stabilise: { d: "M1262 310V382", head: [1262, 390, 90], text: [1276, 346], name: "become stable" },
};

/** Deaths: a line in the box that they leave. */
const DEATHS = {
  overdose_misuse: [206, 206, "overdose deaths"],
  other_misuse: [206, 223, "other deaths"],
  overdose_heroin_use: [206, 484, "overdose deaths"],
  other_heroin_use: [206, 501, "other deaths"],
  overdose_untreated: [578, 480, "overdose deaths"],
  other_untreated: [578, 497, "other deaths"],
  overdose_buprenorphine: [946, 172, "overdose deaths"],
  other_buprenorphine: [946, 188, "other deaths"],
  overdose_methadone: [946, 289, "overdose deaths"],
  other_methadone: [946, 305, "other deaths"],
  overdose_naltrexone: [946, 404, "overdose deaths"],
  other_naltrexone: [946, 420, "other deaths"],
  other_remission: [1234, 296, "other deaths"],
  other_stable: [1234, 624, "other deaths"],
};

/** `found`: readings by key; `current`: the key that is pointed at; `point(key)` points. */
export function Drawing({ found, current, point, label, more }) {
  const given = { found, current, point, more };
  return html`
    <svg class="drawing flows-drawing" viewBox=${`0 0 ${WIDE} ${TALL}`} width=${WIDE} height=${TALL} role="group"
      aria-label=${label} xmlns="http://www.w3.org/2000/svg">
      ${BOXES.map(({ x, y, w, h, title }) => html`
        <g key=${title}>
          <rect class="flow-box" x=${x} y=${y} width=${w} height=${h} rx="8" />
          ${wrap(title, w - 24, 2, 14.5).map((line, i) => html`<text key=${i} class="flow-title" x=${x + 14} y=${y + 25 + 17 * i}>${line}</text>`)}
        </g>`)}
      ${Object.entries(BANDS).map(([key, band]) => html`<${Band} key=${key} name=${key} band=${band} ...${given} />`)}
      ${Object.entries(SQUARES).map(([key, square]) => html`<${Square} key=${key} name=${key} square=${square} ...${given} />`)}
      ${Object.entries(DEATHS).map(([key, line]) => html`<${Line} key=${key} name=${key} line=${line} ...${given} />`)}
      <${AllDeaths} ...${given} />
      <${Key} />
    </svg>
  `;
}

/** What can be pointed at by mouse, finger and keyboard; one stop of the Tab key for all. */
function Item({ name, found, current, point, more, children }) {
  const reading = found.get(name);
  return html`
    <g class=${`flow ${reading.item.kind ?? "stock"}${current === name ? " current" : ""}`} data-key=${name} role="img"
      tabindex=${current === name ? 0 : -1} aria-label=${more(reading)}
      onFocus=${() => point(name)} onPointerEnter=${() => point(name)} onClick=${() => point(name)}>
      ${children(reading)}
    </g>
  `;
}

function Band({ band, ...given }) {
  return html`<${Item} ...${given}>${(reading) => {
    const width = Math.max(1.2, reading.value / PEOPLE_A_YEAR_TO_PIXEL);
    const [x, y, angle] = band.head;
    const half = width / 2 + 4;
    return html`
      <path class="flow-hit" d=${band.d} stroke-width=${Math.max(width, 24)} />
      <path class="flow-band" d=${band.d} stroke-width=${round(width)} />
      <path class="flow-head" d=${`M0 0L${-HEAD} ${round(-half)}V${round(half)}Z`} transform=${`translate(${x} ${y}) rotate(${angle})`} />
      ${words(band, width, brief(reading))}
    `;
  }}<//>`;
}

/** Name and number of a band: beside it, or in the middle above or below it. */
function words({ text, middle, y, name, above, below }, width, value) {
  if (text) {
    const [x, top] = text;
    return html`
      <text class="flow-number" x=${x} y=${top}>${value}</text>
      ${name && html`<text class="flow-name" x=${x} y=${top + 16}>${name}</text>`}
    `;
  }
  const over = y - width / 2 - 7;
  const under = y + width / 2 + 16;
  if (name) {
    return html`
      <text class="flow-name middle" x=${middle} y=${over}>${name}</text>
      <text class="flow-number middle" x=${middle} y=${under}>${value}</text>
    `;
  }
  return html`
    <text class="flow-name middle" x=${middle} y=${round(above ? over : under)}>${above ?? below} <tspan
      class="flow-number">${value}</tspan></text>
  `;
}

function Square({ square, ...given }) {
  return html`<${Item} ...${given}>${(reading) => {
    const side = sideOf(reading.value);
    const [fixed, y] = square.text;
    const x = fixed || square.x + sideOf(Math.max(reading.value, reading.before ?? 0)) + 14;
    return html`
      <rect class="flow-hit" x=${square.x} y=${y - 18} width=${x - square.x + 84} height="38" />
      <rect class="flow-square" x=${square.x} y=${round(square.y - side)} width=${round(side)} height=${round(side)} />
      ${reading.before !== null && html`
        <rect class="flow-before" x=${square.x} y=${round(square.y - sideOf(reading.before))}
          width=${round(sideOf(reading.before))} height=${round(sideOf(reading.before))} />`}
      <text class="flow-people" x=${x} y=${y}>${brief(reading)}</text>
      <text class="flow-name" x=${x} y=${y + 16}>${square.name}</text>
    `;
  }}<//>`;
}

function Line({ line: [x, y, name], ...given }) {
  return html`<${Item} ...${given}>${(reading) => html`
    <rect class="flow-hit" x=${x - 4} y=${y - 13} width="170" height="17" />
    <text class="flow-name" x=${x} y=${y}>${name} <tspan class="flow-number">${brief(reading)}</tspan></text>
  `}<//>`;
}

function AllDeaths(given) {
  const [x, y] = [0, 580];
  return html`
    <${Item} name="all_deaths" ...${given}>${(reading) => html`
      <rect class="flow-hit" x=${x} y=${y - 26} width="400" height="34" />
      <text class="flow-all" x=${x} y=${y}>${brief(reading)}</text>
      <text class="flow-title" x=${x + textWidth(brief(reading), ALL) * 1.06 + 12} y=${y - 1}>deaths from opioid overdose a year</text>
    `}<//>
    <${Item} name="as_prescribed" ...${given}>${(reading) => html`
      <rect class="flow-hit" x=${x} y=${y + 12} width="420" height="36" />
      <text class="flow-name" x=${x} y=${y + 25}>of them <tspan class="flow-number">${brief(reading)}</tspan> of people who take opioids as prescribed,</text>
      <text class="flow-name" x=${x} y=${y + 42}>who are in none of the boxes</text>
    `}<//>
  `;
}

/** How to read areas, widths and colours. */
function Key() {
  const [x, y] = [560, 572];
  const side = sideOf(1e6);
  const width = 3e5 / PEOPLE_A_YEAR_TO_PIXEL;
  return html`
    <g class="flow-key">
      <rect class="flow-square" x=${x} y=${y - side + 6} width=${side} height=${side} />
      <text class="flow-name" x=${x + side + 10} y=${y}>one million people</text>
      <g class="flow"><path class="flow-band" d=${`M${x + 190} ${y - 4}h36`} stroke-width=${width} /></g>
      <text class="flow-name" x=${x + 236} y=${y}>300,000 people a year</text>
      ${[["into", "into use, a disorder or relapse"], ["out", "into treatment, remission, or out of use"]].map(([kind, text], i) => html`
        <g key=${kind} class=${`flow ${kind}`}>
          <path class="flow-band" d=${`M${x} ${y + 28 + 22 * i}h26`} stroke-width="6" />
          <path class="flow-head" d="M0 0L-8 -7V7Z" transform=${`translate(${x + 34} ${y + 28 + 22 * i})`} />
        </g>
        <text key=${`${kind}-text`} class="flow-name" x=${x + 44} y=${y + 32 + 22 * i}>${text}</text>`)}
    </g>
  `;
}

function sideOf(people) {
  return Math.sqrt(Math.max(people, 0) / PEOPLE_TO_AREA);
}

function round(value) {
  return Math.round(value * 10) / 10;
}
