/** The states as tiles of one size, each with its course; the ground is the month of the peak, or the fall. */
import { html, useLayoutEffect, useRef, useState } from "vendor";
import { Pictures } from "kit/figure.js";
import { textWidth } from "kit/text.js";
import { sourceText } from "../../model/records.js";
import { recordRemarks } from "../../model/remarks.js";
import { monthText } from "../../model/calendar.js";
import { classOf, classTexts, country, placeOf, shortOf, sourcesOf, vintagesOf } from "./data.js";
import { Curve } from "./curve.js";
import { MEASURES, measure } from "./measure.js";
import { Reading, choice, chosen, leave, pointed, shownBy, walk } from "./pick.js";

/** Column and row of each tile. */
const TILES = {
  AK: [0, 0], ME: [10, 0],
  VT: [9, 1], NH: [10, 1],
  WA: [0, 2], ID: [1, 2], MT: [2, 2], ND: [3, 2], MN: [4, 2], IL: [5, 2], WI: [6, 2], MI: [7, 2], NY: [8, 2], RI: [9, 2], MA: [10, 2],
  OR: [0, 3], NV: [1, 3], WY: [2, 3], SD: [3, 3], IA: [4, 3], IN: [5, 3], OH: [6, 3], PA: [7, 3], NJ: [8, 3], CT: [9, 3],
  CA: [0, 4], UT: [1, 4], CO: [2, 4], NE: [3, 4], MO: [4, 4], KY: [5, 4], WV: [6, 4], VA: [7, 4], MD: [8, 4], DE: [9, 4],
  AZ: [1, 5], NM: [2, 5], KS: [3, 5], AR: [4, 5], TN: [5, 5], NC: [6, 5], SC: [7, 5], DC: [8, 5],
  OK: [3, 6], LA: [4, 6], MS: [5, 6], AL: [6, 6], GA: [7, 6],
  HI: [0, 7], TX: [3, 7], FL: [8, 7],
};
const COLUMNS = 11;
const ROWS = 8;
const GAP = 4;
const ROOMY = 52;
const LEGEND_ROW = 24;
const TITLES = {
  now: "Newest value", peak: "Month of the peak", fall: "Fall since the peak",
};
const HEIGHTS = { rate: "every curve on one scale", count: "every curve with its own height" };

export function TileMap() {
  const element = useRef(null);
  const [width, room] = useWidth();
  const by = shownBy.value;
  const whole = country();
  const figure = {
    id: `states-${by}`,
    title: `${TITLES[by]} of deaths with synthetic opioids, by state, ${MEASURES[measure.value]}`,
    question: `Each tile is a state, with its deaths in 12 months from January 2015 on and their peak marked; ${HEIGHTS[measure.value]}.`,
    note: "Provisional counts as reported; of Louisiana and Pennsylvania monthly counts of residents, added up.",
    dataTo: monthText(whole.newest.label),
    sources: sourcesOf([whole, placeOf("PA")]),
    series: [],
  };
  return html`
    <div class="states-map" ref=${element}>
      <div ref=${room}></div>
      ${width > 0 && html`<${Drawing} width=${width} by=${by} label=${figure.title} />`}
      <${Reading} of=${placeOf(pointed.value ?? chosen.value)} />
      <p class="actions">
        <${Pictures} figure=${figure} within=${() => element.current} remarks=${[`Vintage: ${vintagesOf([whole])}`, ...recordRemarks()]} sourceText=${sourceText} />
      </p>
    </div>
  `;
}

function Drawing({ width, by, label }) {
  const side = Math.floor((width - GAP * (COLUMNS - 1)) / COLUMNS);
  const texts = [...classTexts(by), "no data"];
  const { items, height: legend } = legendOf(texts, width);
  const height = legend + ROWS * (side + GAP) - GAP;
  const first = TILES[chosen.value] ? chosen.value : "AK";
  return html`
    <svg class="drawing tiles" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} xmlns="http://www.w3.org/2000/svg">
      <g aria-hidden="true">
        ${items.map(({ x, y, text }, i) => html`
          <g key=${text} class=${`tile k${i < texts.length - 1 ? i : "none"}`}>
            <rect x=${x + 0.5} y=${y + 0.5} width="17" height="17" rx="3" />
            <text class="legend" x=${x + 24} y=${y + 13.5}>${text}</text>
          </g>`)}
      </g>
      <g role="listbox" aria-label=${`${label}. Arrow keys go from state to state, Enter enlarges.`} onKeyDown=${walk} onPointerLeave=${leave}>
        ${Object.entries(TILES).map(([place, [column, row]]) => html`
          <${Tile} key=${place} one=${placeOf(place)} by=${by} side=${side} stop=${place === first}
            x=${column * (side + GAP)} y=${legend + row * (side + GAP)} />`)}
      </g>
    </svg>
  `;
}

function Tile({ one, by, side, x, y, stop }) {
  const found = classOf(one, by);
  const roomy = side >= ROOMY;
  const head = roomy ? 19 : 15;
  const foot = roomy ? 19 : 4;
  const marked = chosen.value === one.place ? " chosen" : "";
  return html`
    <g class=${`tile k${found < 0 ? "none" : found}${marked}`} ...${choice(one, stop)} transform=${`translate(${x} ${y})`}>
      <rect x="0.5" y="0.5" width=${side - 1} height=${side - 1} rx=${roomy ? 5 : 3} />
      <text class="code" x=${roomy ? 6 : side / 2} y=${roomy ? 15.5 : 13} text-anchor=${roomy ? "start" : "middle"}>${one.place}</text>
      <${Curve} of=${one} x=${roomy ? 6 : 3} y=${head} width=${side - (roomy ? 12 : 6)} height=${side - head - foot} mark=${roomy ? 2.8 : 2} />
      ${roomy && html`<text class="when" x=${side / 2} y=${side - 6} text-anchor="middle">${shortOf(one, by)}</text>`}
    </g>
  `;
}

/** Where the entries of the legend stand, in rows, and the height that they take. */
function legendOf(texts, width) {
  let [x, y] = [0, 0];
  const items = texts.map((text) => {
    const takes = 24 + textWidth(text) + 14;
    if (x && x + takes - 14 > width) [x, y] = [0, y + LEGEND_ROW];
    const item = { text, x: Math.round(x), y };
    x += takes;
    return item;
  });
  return { items, height: y + LEGEND_ROW + 10 };
}

/** The width that there is, kept up to date. What is watched has no height: drawing does not set it off again. */
function useWidth() {
  const [width, setWidth] = useState(0);
  const element = useRef(null);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    watch.observe(element.current);
    return () => watch.disconnect();
  }, []);
  return [width, element];
}
