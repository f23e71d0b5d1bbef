/**
 * A worker of the page. The first is the leader: it puts a question to the others, computes its own
 * share of the draws, and takes the quantiles over all; the others answer the leader. A question is put for
 * one part of the draws after another, and told with the last, so that one that nobody waits for any more
 * is left between two parts; what was run of it is kept until another is put.
 */
import { share } from "./share.js";

const PROBABILITIES = Float64Array.from([0.025, 0.25, 0.5, 0.75, 0.975]);
const LEAST = 0.5;
/** Numbers of which quantiles are taken at once, since the engine's memory does not shrink. */
const MOST_AT_ONCE = 400_000;

let mine = null;
let others = [];
let waiting = null;
let gathered = null;

function answer(question) {
  try {
    return mine.rows(question);
  } catch (error) {
    return { failed: String(error?.message ?? error) };
  }
}

/**
 * Median and intervals of every column, once all shares have come, and how many draws a change helps. Of the
 * draws those that the question keeps, but for wants of `all` of them.
 */
function summaries(question, shares) {
  const { id, keep, wants } = question;
  const failed = shares.find((one) => one.failed);
  if (failed) return { id, failed: failed.failed };
  const { width, parts } = shares[0];
  const all = rowsOf(shares, width, null);
  const some = keep ? rowsOf(shares, width, keep) : all;
  if (!some.length) return { id, none: true };
  const quantiles = quantilesOf(some, width);
  const whole = keep && wants.some((want) => want.all) ? quantilesOf(all, width) : quantiles;
  let at = 0;
  const told = wants.map(({ kind, all: every, values }, i) => {
    const [column, rows] = [at, every ? all : some];
    at += parts[i].count;
    if (every && keep) takeOver(quantiles, whole, column, at, width);
    return {
      draws: rows.length,
      ...(kind === "averted" && signs(rows, column)),
      ...(values && { values: Float64Array.from(rows, (row) => row[column]) }),
    };
  });
  return { id, parts, width, quantiles, told };
}

/** The rows of all shares, one a draw, or those that are kept, by the number of the draw. */
function rowsOf(shares, width, keep) {
  const found = [];
  for (const { first, draws, together } of shares) {
    for (let d = 0; d < draws; d++) {
      if (!keep || keep[first + d]) found.push(together.subarray(d * width, (d + 1) * width));
    }
  }
  return found;
}

/** By [probability][column]; of some columns after others. */
function quantilesOf(rows, width) {
  const { box } = mine;
  const found = new Float64Array(PROBABILITIES.length * width);
  const most = Math.max(1, Math.floor(MOST_AT_ONCE / rows.length));
  for (let from = 0; from < width; from += most) {
    const count = Math.min(most, width - from);
    const size = rows.length * count;
    const [values, probabilities, out] = box.place([8 * size, PROBABILITIES, 8 * PROBABILITIES.length * count]);
    const some = box.look(values, size);
    rows.forEach((row, d) => some.set(row.subarray(from, from + count), d * count));
    box.call("quantiles", values, rows.length, count, probabilities, PROBABILITIES.length, out);
    const own = box.read(out, PROBABILITIES.length * count);
    for (let p = 0; p < PROBABILITIES.length; p++) found.set(own.subarray(p * count, (p + 1) * count), p * width + from);
  }
  return found;
}

/** Columns of one set of quantiles from another. */
function takeOver(quantiles, whole, from, to, width) {
  for (let p = 0; p < PROBABILITIES.length; p++) {
    for (let i = p * width + from; i < p * width + to; i++) quantiles[i] = whole[i];
  }
}

/** Of what is averted: in how many draws fewer die, and in how many more; deaths that round to one. */
function signs(rows, column) {
  let [helps, harms] = [0, 0];
  for (const row of rows) {
    const value = row[column];
    if (value >= LEAST) helps += 1;
    else if (value <= -LEAST) harms += 1;
  }
  return { helps, harms };
}

function settle() {
  if (waiting.shares.some((one) => !one)) return;
  const { question, shares } = waiting;
  waiting = null;
  gathered.parts[question.part] = shares;
  tell(question);
}

/** What was found, if this was the last part that is asked for. What is believed may change, and runs stay. */
function tell(question) {
  const { id, part, parts, keep, last } = question;
  const shares = gathered.parts.slice(0, parts).flat();
  if (part + 1 < parts && !shares.some((one) => one.failed)) return postMessage({ id, more: true });
  const found = summaries(question, shares);
  if (found.failed || (last && !keep)) gathered = null;
  postMessage(found, found.quantiles ? [found.quantiles.buffer] : []);
}

/** What the rows of a question hang on. */
function textOf({ runs, wants, draws }) {
  return JSON.stringify([runs, wants, draws]);
}

/** A part that was run for the same question needs no run. */
function ask(question) {
  const text = textOf(question);
  if (gathered?.text !== text) gathered = { text, parts: [] };
  if (gathered.parts[question.part]) return tell(question);
  waiting = { question, shares: [null, ...others.map(() => null)] };
  for (const other of others) other.postMessage(question);
  waiting.shares[0] = answer(question);
  settle();
}

onmessage = ({ data, ports }) => {
  if (data.type === "start") {
    mine = share(data);
    if (data.leads) {
      others = ports;
      others.forEach((port, i) => {
        port.onmessage = (message) => {
          waiting.shares[i + 1] = message.data;
          settle();
        };
      });
    } else {
      const [leader] = ports;
      leader.onmessage = (message) => {
        if (message.data.type === "world") return mine.add(message.data.worlds, message.data.part);
        const found = answer(message.data);
        leader.postMessage(found, found.together ? [found.together.buffer] : []);
      };
    }
    postMessage({ type: "ready" });
  } else if (data.type === "part") {
    mine.addPart(data);
    ports[0].postMessage("there");
  } else if (data.type === "world") {
    mine.add(data.worlds, data.part);
    for (const other of others) other.postMessage(data);
  } else {
    ask(data);
  }
};
