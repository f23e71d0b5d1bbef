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

function answer(question) {
  try {
    return mine.rows(question);
  } catch (error) {
    return { failed: String(error?.message ?? error) };
  }
}

/** Median and intervals of every column, once all shares have come, and how many draws a change helps. */
function summaries(question, shares) {
  const failed = shares.find((one) => one.failed);
  if (failed) return { id: question.id, failed: failed.failed };
  const { width, parts } = shares[0];
  const draws = shares.reduce((sum, one) => sum + one.draws, 0);
  const all = new Float64Array(draws * width);
  let at = 0;
  for (const one of shares) {
    all.set(one.together, at);
    at += one.together.length;
  }
  const { box } = mine;
  const [values, probabilities, out] = box.place([all, PROBABILITIES, 8 * PROBABILITIES.length * width]);
  box.call("quantiles", values, draws, width, probabilities, PROBABILITIES.length, out);
  const quantiles = box.read(out, PROBABILITIES.length * width);
  return { id: question.id, draws, parts, width, quantiles, signs: signs(question, parts, all, draws, width) };
}

/** Of each want of what is averted: in how many draws fewer die, and in how many more; deaths that round to one. */
function signs({ wants }, parts, all, draws, width) {
  let at = 0;
  return wants.map(({ kind }, i) => {
    const column = at;
    at += parts[i].count;
    if (kind !== "averted") return null;
    let [helps, harms] = [0, 0];
    for (let d = 0; d < draws; d++) {
      const value = all[d * width + column];
      if (value >= LEAST) helps += 1;
      else if (value <= -LEAST) harms += 1;
    }
    return { helps, harms };
  });
}

function settle() {
  if (waiting.shares.some((one) => !one)) return;
  const { question, shares } = waiting;
  waiting = null;
  const found = summaries(question, shares);
  postMessage(found, found.quantiles ? [found.quantiles.buffer] : []);
}

function ask(question) {
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
