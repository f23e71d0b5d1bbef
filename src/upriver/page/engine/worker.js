/**
 * A worker of the page. The first is the leader: it puts a question to the others, computes its own
 * share of the draws, and takes the quantiles over all; the others answer the leader.
 */
import { share } from "./share.js";

const PROBABILITIES = Float64Array.from([0.025, 0.25, 0.5, 0.75, 0.975]);
const LEAST = 0.5;

let mine = null;
let others = [];
let waiting = null;
let last = null;

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
  if (!some.draws) return { id, none: true };
  const quantiles = quantilesOf(some, width);
  const whole = keep && wants.some((want) => want.all) ? quantilesOf(all, width) : quantiles;
  let at = 0;
  const told = wants.map(({ kind, all: every, values }, i) => {
    const [column, rows] = [at, every ? all : some];
    at += parts[i].count;
    if (every && keep) takeOver(quantiles, whole, column, at, width);
    return {
      draws: rows.draws,
      ...(kind === "averted" && signs(rows, column, width)),
      ...(values && { values: Float64Array.from({ length: rows.draws }, (_, d) => rows.values[d * width + column]) }),
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
  const values = new Float64Array(found.length * width);
  found.forEach((row, i) => values.set(row, i * width));
  return { values, draws: found.length };
}

function quantilesOf({ values: rows, draws }, width) {
  const { box } = mine;
  const [values, probabilities, out] = box.place([rows, PROBABILITIES, 8 * PROBABILITIES.length * width]);
  box.call("quantiles", values, draws, width, probabilities, PROBABILITIES.length, out);
  return box.read(out, PROBABILITIES.length * width);
}

/** Columns of one set of quantiles from another. */
function takeOver(quantiles, whole, from, to, width) {
  for (let p = 0; p < PROBABILITIES.length; p++) {
    for (let i = p * width + from; i < p * width + to; i++) quantiles[i] = whole[i];
  }
}

/** Of what is averted: in how many draws fewer die, and in how many more; deaths that round to one. */
function signs({ values, draws }, column, width) {
  let [helps, harms] = [0, 0];
  for (let d = 0; d < draws; d++) {
    const value = values[d * width + column];
    if (value >= LEAST) helps += 1;
    else if (value <= -LEAST) harms += 1;
  }
  return { helps, harms };
}

function settle() {
  if (waiting.shares.some((one) => !one)) return;
  const { question, shares } = waiting;
  waiting = null;
  const found = summaries(question, shares);
  last = question.keep && !found.failed ? { text: textOf(question), shares } : null;
  postMessage(found, found.quantiles ? [found.quantiles.buffer] : []);
}

/** What the rows of a question hang on. */
function textOf({ runs, wants, draws }) {
  return JSON.stringify([runs, wants, draws]);
}

/** A question that differs from the last in the draws that it keeps alone needs no run. */
function ask(question) {
  if (question.keep && last && last.text === textOf(question)) {
    waiting = { question, shares: last.shares };
    return settle();
  }
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
        if (message.data.type === "world") return mine.add(message.data.worlds);
        const found = answer(message.data);
        leader.postMessage(found, found.together ? [found.together.buffer] : []);
      };
    }
    postMessage({ type: "ready" });
  } else if (data.type === "world") {
    mine.add(data.worlds);
    for (const other of others) other.postMessage(data);
  } else {
    ask(data);
  }
};
