/**
 * Draws as the page carries them: codes of 16 bits, zipped in parts of as many draws as a move runs, and the
 * numbers that they stand for, to the bit those of the command line (`policy/coded.py`).
 */
import { bytesOf85, data, unzipped } from "./data.js";

const CODES = 2 ** 16;
const { low, step, exact, parts: zipped } = data.codes;

/** How many parts the draws of this page are in. */
export const PARTS = Math.ceil(data.draws / data.first);

const asked = [];
const held = [];

/** Read a part, once. */
export function readPart(part) {
  asked[part] ??= unzipped(bytesOf85(zipped[part])).then((buffer) => {
    held[part] = codesOf(new Uint8Array(buffer));
  });
  return asked[part];
}

/** Read all parts. */
export function readAll() {
  return Promise.all(Array.from({ length: PARTS }, (_, part) => readPart(part)));
}

/** Whether all parts were read. */
export const hasAll = () => Array.from({ length: PARTS }).every((_, part) => held[part]);

/** How many draws a world has. */
export function drawsIn({ draws, changes = [] }) {
  const drawn = changes.filter(({ factors }) => Array.isArray(factors)).map(({ factors }) => factors.length);
  return Math.min(data.draws, draws ?? data.draws, ...drawn);
}

/** Upper bytes of all codes, then lower ones. */
function codesOf(halves) {
  const count = halves.length / 2;
  const found = new Uint16Array(count);
  for (let i = 0; i < count; i++) found[i] = (halves[i] << 8) | halves[count + i];
  return found;
}

/** Numbers of some rows in a row, in the draws of a part, by [draw][row]. */
export function numbersOf(first, rows, part) {
  const codes = held[part];
  const draws = codes.length / low.length;
  const found = new Float64Array(draws * rows);
  for (let i = 0, row = first; i < rows; i++, row++) {
    const last = CODES - exact[row].length;
    for (let d = 0; d < draws; d++) {
      const code = codes[row * draws + d];
      found[d * rows + i] = code < last ? low[row] + step[row] * code : exact[row][code - last];
    }
  }
  return found;
}
