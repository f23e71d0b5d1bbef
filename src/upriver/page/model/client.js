/**
 * Asks the engine, which lives in workers: one question at a time, and of those that wait only the
 * newest, so that what a hand has passed over is never computed.
 */
import { bytes, columns, columnsByWorld, data } from "./data.js";

const MOST_WORKERS = 4;
const SLOW_MS = 150;
const FEW_DRAWS = 50;

let leader = null;
let flying = null;
let next = null;
let count = 0;
const late = [];
let slow = false;

/** Start the workers; resolves once all can answer. `failed` is called if one stops later on. */
export async function startEngine(failed) {
  const module = await WebAssembly.compile(await unzipped(bytes(data.engine.wasm)));
  const source = document.getElementById("worker").textContent;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const size = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1));
  const workers = Array.from({ length: size }, () => new Worker(url));
  const { inputs, state, outputs } = data.engine;
  const common = {
    type: "start",
    module,
    inputs,
    state,
    outputs,
    clock: data.clock,
    draws: data.draws,
    bounds: data.bounds,
    columns: columns(data.columns),
    worlds: columnsByWorld(data.worlds),
  };
  const channels = workers.slice(1).map(() => new MessageChannel());
  const ready = workers.map((worker, i) => {
    const share = shareOf(i, size);
    const ports = i ? [channels[i - 1].port2] : channels.map(({ port1 }) => port1);
    worker.postMessage({ ...common, share, leads: i === 0 }, ports);
    return new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = (event) => reject(new Error(event.message || "The engine did not start."));
    });
  });
  await Promise.all(ready);
  URL.revokeObjectURL(url);
  for (const worker of workers) worker.onerror = (event) => failed(event.message);
  leader = workers[0];
  leader.onmessage = ({ data: found }) => landed(found);
  for (const one of late.splice(0)) addWorld(one);
  send();
}

/** Make a world known to the engine that the page was not made with. */
export function addWorld(one) {
  if (leader) leader.postMessage({ type: "world", worlds: columnsByWorld([one]) });
  else late.push(one);
}

/** Draws of each worker: as even as can be, and even in number but for the last. */
function shareOf(i, size) {
  const each = 2 * Math.ceil(data.draws / size / 2);
  const first = Math.min(i * each, data.draws);
  return { first, count: Math.min(each, data.draws - first) };
}

/**
 * Put a question `{runs, wants, keep}`; `done` is called with the answer, unless a newer question came
 * before this one was begun. `moving`: a hand is on a control, so that a machine which took too long
 * for all draws may answer with fewer until it is let go.
 */
export function ask(question, done, moving = false) {
  const draws = moving && slow ? FEW_DRAWS : data.draws;
  next = { question: { ...question, id: ++count, draws }, done, moving };
  send();
}

function send() {
  if (!leader || flying || !next) return;
  flying = { ...next, begun: performance.now() };
  next = null;
  leader.postMessage(flying.question);
}

function landed(found) {
  const { question, done, begun, moving } = flying;
  flying = null;
  if (moving && question.draws === data.draws) slow = performance.now() - begun > SLOW_MS;
  if (found.failed) done(null, found.failed, question);
  else done(found.none ? null : unpacked(found), null, question);
  send();
}

/**
 * Of every want: where it begins, its columns' median, their 95 % (`low`, `high`) and 50 % intervals, and of
 * what is averted in how many draws it helps, and harms; with `values`, those by draw.
 */
function unpacked({ parts, width, quantiles, told }) {
  let at = 0;
  return parts.map(({ first, count: n }, i) => {
    const [low, innerLow, median, innerHigh, high] = [0, 1, 2, 3, 4].map((p) => quantiles.slice(p * width + at, p * width + at + n));
    at += n;
    return { first, low, innerLow, median, innerHigh, high, ...told[i] };
  });
}

/** Bytes that were zipped; every browser that runs the engine can. */
function unzipped(zipped) {
  const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}
