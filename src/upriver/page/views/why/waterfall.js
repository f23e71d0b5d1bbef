/**
 * A change as a waterfall: from the first year's deaths, part by part, to the last's. A row each: its name, the
 * bar, its median and interval; on a narrow window the name stands above the bar, and the interval is its line alone.
 */
import { html, useId } from "vendor";
import { enclosing, scale, tickTexts } from "kit/scales.js";
import { textWidth } from "kit/text.js";
import { tenth } from "kit/marks.js";
import { ends, figures, signed } from "../../parts/told.js";

const WIDE = 700;
const [ROW, TALL] = [32, 42];
const [BAR, CAP] = [16, 3.5];
const TOP = 24;
const GAP = 16;
const LEAST = 1.5;
const UNEXPLAINED = "unexplained";

/** Rows of a change: both years, and between them each part from where the one above it ended. */
export function rowsOf(span) {
  let at = span.before.mean;
  const parts = span.parts.map((part) => {
    const begin = at;
    at += part.mean;
    return { ...part, begin, end: at, whole: false, text: signed(part.median), range: ends(part, signed) };
  });
  const year = (title, of) => ({ ...of, title, begin: 0, end: of.mean, whole: true, text: figures(of.median), range: ends(of) });
  return [year(`deaths in ${span.from}`, span.before), ...parts, year(`deaths in ${span.to}`, span.after)];
}

/** The drawing at a width. */
export function Waterfall({ span, width }) {
  const id = useId();
  const rows = rowsOf(span);
  const frame = frameOf(rows, width);
  const { x, height, left, right, values, wide } = frame;
  const at = values.map((value) => tenth(x(value)));
  return html`<svg class="drawing waterfall" role="img" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`}
      aria-labelledby=${`${id}t ${id}d`} xmlns="http://www.w3.org/2000/svg">
    <title id=${`${id}t`}>Deaths from ${span.from} to ${span.to}, part by part</title>
    <desc id=${`${id}d`}>${rows.map(({ title, text, range }) => `${title}: ${text} (${range})`).join("; ")}.</desc>
    <defs>${["c1", "c2"].map((colour) => html`
      <pattern id=${`${id}${colour}`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path class=${`hatch ${colour}`} d="M1.5 0V7" />
      </pattern>`)}</defs>
    <g class="axes">
      <path class="grid" d=${at.map((one) => `M${one} ${TOP}V${height - 4}`).join("")} />
      ${tickTexts(values, true).map((text, i) => html`<text class="mid" x=${at[i]} y=${TOP - 9}>${text}</text>`)}
      ${wide && html`<text class="unit" x=${right + GAP} y=${TOP - 9}>median (95 % interval)</text>`}
    </g>
    ${rows.map((row, i) => html`<${Row} key=${row.title} row=${row} next=${rows[i + 1]} y=${TOP + i * frame.row} frame=${frame} id=${id} left=${left} />`)}
  </svg>`;
}

function Row({ row, next, y, frame, id }) {
  const { x, wide, right, width } = frame;
  const colour = row.whole ? "grey" : row.mean < 0 ? "c1" : "c2";
  const middle = y + (wide ? frame.row / 2 : 29);
  const [from, to] = [x(Math.min(row.begin, row.end)), x(Math.max(row.begin, row.end))];
  const bar = { x: tenth(from), y: middle - BAR / 2, width: tenth(Math.max(LEAST, to - from)), height: BAR };
  const [low, high] = [row.low, row.high].map((end) => tenth(x((row.whole ? 0 : row.begin) + end)));
  const hatched = row.name === UNEXPLAINED;
  const text = wide ? middle + 4.5 : y + 15;
  const name = row.whole ? "amount" : "";
  return html`<g data-part=${row.name ?? row.title}>
    ${hatched && html`<rect ...${bar} fill=${`url(#${id}${colour})`} />`}
    <rect class=${`bar ${colour} ${hatched ? "outlined" : ""}`} ...${bar} />
    ${next && html`<path class="axis" d=${`M${tenth(x(row.end))} ${middle + BAR / 2}V${middle + frame.row - BAR / 2}`} />`}
    <path class="whisker ink" d=${`M${low} ${middle - CAP}v${2 * CAP}M${low} ${middle}H${high}M${high} ${middle - CAP}v${2 * CAP}`} />
    ${!wide && html`<text class=${`halo ${name}`} x="0" y=${text}>${row.title}</text>`}
    <text class=${name} x="0" y=${text}>${row.title}</text>
    ${wide
      ? html`<text x=${right + GAP} y=${text}><tspan class="amount">${row.text}</tspan> (${row.range})</text>`
      : html`<text class="amount" text-anchor="end" x=${width} y=${text}>${row.text}</text>`}
  </g>`;
}

function frameOf(rows, width) {
  const wide = width >= WIDE;
  const row = wide ? ROW : TALL;
  const left = wide ? GAP + Math.max(...rows.map(({ title }) => textWidth(title))) : 4;
  const numbers = Math.max(...rows.map(({ text, range }) => textWidth(`${text} (${range})`))) * 1.04;
  const right = wide ? width - GAP - numbers : width - 4;
  const reach = rows.flatMap(({ whole, begin, end, low, high }) => [begin, end, (whole ? 0 : begin) + low, (whole ? 0 : begin) + high]);
  const [low, high] = [Math.min(0, ...reach), Math.max(...reach)];
  const values = enclosing(low, high, right - left > 420 ? 6 : 4);
  const x = scale(values[0], values.at(-1), left + 8, right - 12);
  return { wide, row, left, right, width, values, x, height: TOP + rows.length * row + 6 };
}
