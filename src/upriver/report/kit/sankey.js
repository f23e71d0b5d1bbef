/**
 * A diagram of what flows where: bars are the places of a stage, bands the flows between them.
 *
 *     <Sankey figure={diagram} />
 *
 * All is to one scale. On a wide screen stages stand side by side, on a narrow one below each other.
 * What is lost and what is held back have their own colour, and say so in their name.
 */
import { html, useId } from "vendor";
import { useWidth } from "./chart.js";
import { number } from "./format.js";
import { tenth } from "./marks.js";
import { LINE, spread, wrap } from "./text.js";

const NARROW = 640;
const BAR = 10;
const THIN = 1.2;
const BOLD = 1.12;
const WIDE = { length: 330, gap: 46, top: 34 };
const TALL = { gap: 5, room: 34 };
const COLOURS = { on: "c1", lost: "c2", held: "c3" };

/** The drawing of a diagram. */
export function Sankey({ figure }) {
  const [width, , measured] = useWidth();
  return html`<div class="chart">
    <div ref=${measured}></div>
    ${width > 0
      ? html`<${Drawing} figure=${figure} width=${width} />`
      : html`<div style=${{ height: "400px" }}></div>`}
  </div>`;
}

function Drawing({ figure, width }) {
  const id = useId();
  const { height, bars, bands, texts } = width < NARROW ? below(figure, width) : beside(figure, width);
  return html`<svg class="drawing" role="img" width=${width} height=${height}
      viewBox=${`0 0 ${width} ${height}`} aria-labelledby=${`${id}t ${id}d`}
      xmlns="http://www.w3.org/2000/svg">
    <title id=${`${id}t`}>${figure.title}</title>
    <desc id=${`${id}d`}>${described(figure)}</desc>
    <g>${bands.map(({ d, fate }) => html`<path class="flowing ${COLOURS[fate]}" d=${d} />`)}</g>
    <g>${bars.map(({ x, y, w, h, fate }) => html`<rect class="place ${COLOURS[fate]}"
      x=${tenth(x)} y=${tenth(y)} width=${tenth(w)} height=${tenth(h)} />`)}</g>
    <g>${texts.map(({ x, y, text, kind }) => html`
      <text class="halo ${kind}" x=${tenth(x)} y=${tenth(y)}>${text}</text>
      <text class=${kind} x=${tenth(x)} y=${tenth(y)}>${text}</text>`)}</g>
  </svg>`;
}

/** Stages side by side, with the name of every place at the right of its bar. */
function beside(figure, width) {
  const laid = stacked(figure, WIDE.length, WIDE.gap);
  const last = figure.stages.length - 1;
  const names = figure.nodes.map(({ stage, ...node }) => ({ stage, rows: named(node, figure, room(stage)) }));
  function room(stage) {
    return stage === last ? 118 : (width - 128) / last - BAR - 14;
  }
  const x = (stage) => (stage * (width - 128 - BAR)) / last;
  const y = ({ from }) => WIDE.top + 24 + from;
  const bottom = WIDE.top + 24 + laid.length;
  const bars = laid.nodes.map((node) => ({ x: x(node.stage), y: y(node), w: BAR, h: node.size, fate: node.fate }));
  const texts = [];
  figure.stages.forEach((title, stage) => {
    const mine = laid.nodes.filter((node) => node.stage === stage);
    const rows = mine.map(({ index }) => names[index].rows);
    const heights = rows.map((lines) => lines.length * LINE + 4);
    const tops = spread(mine.map((node) => y(node) + node.size / 2), heights, WIDE.top + 6, bottom + 24);
    wrap(title, (room(stage) + BAR) / BOLD, 2).forEach((text, i) =>
      texts.push({ x: x(stage), y: 14 + LINE * i, text, kind: "stage" }));
    rows.forEach((lines, i) => lines.forEach((line, j) =>
      texts.push({ ...line, x: x(stage) + BAR + 7, y: tops[i] + 13 + LINE * j })));
  });
  const bands = laid.links.map(({ start, end, size, source, target, fate }) => {
    const [a, b] = [x(source.stage) + BAR, x(target.stage)];
    const [p, q, m] = [WIDE.top + 24 + start, WIDE.top + 24 + end, (a + b) / 2].map(tenth);
    const s = tenth(size);
    return { fate, d: `M${tenth(a)} ${p}C${m} ${p} ${m} ${q} ${tenth(b)} ${q}v${s}C${m} ${tenth(q + s)} ${m} ${tenth(p + s)} ${tenth(a)} ${tenth(p + s)}Z` };
  });
  return { height: bottom + 30, bars, bands, texts };
}

/** Stages below each other, the places of each named in one text under their bars. */
function below(figure, width) {
  const laid = stacked(figure, width, TALL.gap);
  const texts = [];
  const tops = [];
  let down = 18;
  figure.stages.forEach((title, stage) => {
    texts.push({ x: 0, y: down - 4, text: title, kind: "stage" });
    tops.push(down + 3);
    down += BAR + 6;
    for (const node of laid.nodes.filter((one) => one.stage === stage)) {
      for (const line of named(figure.nodes[node.index], figure, width, true)) {
        down += LINE;
        texts.push({ ...line, x: 0, y: down });
      }
    }
    down += TALL.room;
  });
  const bars = laid.nodes.map((node) => ({
    x: node.from, y: tops[node.stage], w: node.size, h: BAR, fate: node.fate,
  }));
  const bands = laid.links.map(({ start, end, size, source, target, fate }) => {
    const [a, b] = [tops[source.stage] + BAR, tops[target.stage]].map(tenth);
    const [p, q, m, s] = [start, end, (a + b) / 2, size].map(tenth);
    return { fate, d: `M${p} ${a}C${p} ${m} ${q} ${m} ${q} ${b}h${s}C${tenth(q + s)} ${m} ${tenth(p + s)} ${m} ${tenth(p + s)} ${a}Z` };
  });
  return { height: down - TALL.room + 10, bars, bands, texts };
}

/**
 * Where every place and every flow stands along a stage, to one scale; each stage is centred.
 *
 * A place is as large as what comes in or goes out, whichever is more.
 */
function stacked({ nodes, links, stages }, length, gap) {
  const sum = (key, side) => links.reduce((all, link) => all + (link[side] === key ? link.value : 0), 0);
  const size = new Map(nodes.map(({ key }) => [key, Math.max(sum(key, "source"), sum(key, "target"))]));
  const of = stages.map((_, stage) => nodes.filter((node) => node.stage === stage));
  const scale = Math.min(...of.map((all) =>
    (length - gap * (all.length - 1)) / all.reduce((total, { key }) => total + size.get(key), 0)));
  const placed = new Map();
  of.forEach((all) => {
    const taken = all.reduce((total, { key }) => total + Math.max(THIN, size.get(key) * scale) + gap, -gap);
    let at = (length - taken) / 2;
    for (const node of all) {
      const here = Math.max(THIN, size.get(node.key) * scale);
      placed.set(node.key, { ...node, index: nodes.indexOf(node), from: at, size: here, out: at, in: at });
      at += here + gap;
    }
  });
  const order = (link) => [placed.get(link.source).index, placed.get(link.target).index];
  const laid = [...links].sort((a, b) => order(a)[0] - order(b)[0] || order(a)[1] - order(b)[1]).map((link) => {
    const [source, target] = [placed.get(link.source), placed.get(link.target)];
    const wide = Math.max(THIN, link.value * scale);
    const found = { source, target, size: wide, start: source.out, end: target.in, fate: target.fate };
    source.out += link.value * scale;
    target.in += link.value * scale;
    return found;
  });
  return { nodes: [...placed.values()], links: laid, length };
}

/** The lines of a place: its name, and its amount behind or below it. */
function named({ label, value }, { weighed }, room, oneLine = false) {
  const amount = `${number(value, value < 10 ? 1 : 0)} ${weighed}`;
  if (oneLine) return [{ text: `${label}: ${amount}`, kind: "item" }];
  const lines = wrap(label, room, 3).map((text) => ({ text, kind: "item" }));
  return [...lines, { text: amount, kind: "amount" }];
}

/** The same for the ear. */
function described({ nodes, links, weighed }) {
  const label = new Map(nodes.map((node) => [node.key, node.label]));
  return links
    .map(({ source, target, value }) =>
      `${label.get(source)} to ${label.get(target)}: ${number(value, value < 10 ? 1 : 0)} ${weighed}`)
    .join("; ");
}
