/**
 * How much room a text takes, how it breaks into lines, and how blocks of it keep apart.
 */

export const FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",Arial,sans-serif';
export const SIZE = 13;
export const LINE = 17;

const NARROW = new Set("iljtfrI.,:;'|!()[] -");
const BROAD = new Set("mwMW%@");
const widths = new Map();
let brush;

/** Pixels that a text takes; measured on a canvas, which asks for no layout. */
export function textWidth(text, size = SIZE) {
  const key = `${size}|${text}`;
  let found = widths.get(key);
  if (found === undefined) {
    found = measured(text, size);
    widths.set(key, found);
  }
  return found;
}

/** Text in at most `most` lines of `room` pixels; what does not fit ends in an ellipsis. */
export function wrap(text, room, most = 3, size = SIZE) {
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && textWidth(longer, size) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const kept = lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]}…`] : lines;
  return kept.map((line) => cut(line, room, size));
}

/**
 * Tops of blocks that want to be centred at `wanted`, moved so that none covers another.
 *
 * All lie between `low` and `high` if they fit there at all.
 */
export function spread(wanted, heights, low, high) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const tops = new Array(wanted.length);
  let edge = low;
  for (const i of order) {
    tops[i] = Math.max(edge, wanted[i] - heights[i] / 2);
    edge = tops[i] + heights[i];
  }
  edge = high;
  for (const i of order.reverse()) {
    tops[i] = Math.min(tops[i], edge - heights[i]);
    edge = tops[i];
  }
  return tops;
}

function measured(text, size) {
  if (brush === undefined) {
    brush = typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d");
  }
  if (!brush) return guessed(text, size);
  brush.font = `${size}px ${FONT}`;
  return brush.measureText(text).width * 1.01;
}

/** Without a canvas: rather too many than too few. */
function guessed(text, size) {
  let units = 0;
  for (const c of text) units += NARROW.has(c) ? 0.36 : BROAD.has(c) ? 0.92 : 0.62;
  return units * size;
}

function cut(line, room, size) {
  if (textWidth(line, size) <= room) return line;
  let kept = Array.from(line);
  while (kept.length > 1 && textWidth(`${kept.join("")}…`, size) > room) kept = kept.slice(0, -1);
  return `${kept.join("").replace(/[… ]+$/, "")}…`;
}
