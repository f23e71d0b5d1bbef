/**
 * Asks the engine, which lives in workers: one question at a time, and of those that wait only the
 * newest, so that what a hand has passed over is never computed. A question of all draws is put for one part of
 * them after another, and given up between two where a newer one waits.
 */
import { columns, columnsByWorld } from "./columns.js";
import { bytesOf85, data, unzipped } from "./data.js";
import { drawsIn, readPart } from "./draws.js";

const MOST_WORKERS = 4;
const SLOW_MS = 150;
const FEW_DRAWS = 50;

let workers = [];
let leader = null;
let parts = 1;
let flying = null;
let next = null;
let count = 0;
const late = [];
let slow = false;

/** Start the workers; resolves once all can answer. `failed` is called if one stops later on. */
export async function startEngine(failed) {
  const [module] = await Promise.all([
    unzipped(bytesOf85(data.engine.wasm)).then((wasm) => WebAssembly.compile(wasm)),
    readPart(0),
  ]);
  const source = document.getElementById("worker").textContent;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const size = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1));
  workers = Array.from({ length: size }, () => new Worker(url));
  const { inputs, state, outputs } = data.engine;
  const common = {
    type: "start",
    module,
    inputs,
    state,
    outputs,
    clock: data.clock,
    draws: data.first,
    bounds: data.bounds,
    factors: Object.fromEntries(data.levers.map(({ name, factors }) => [name, factors])),
    columns: columns(data.columns, 0),
    worlds: columnsByWorld(data.worlds, 0),
    place: data.place && { ...data.place, columns: columns(data.place.columns, 0), spread: { ...data.place.spread, columns: columns(data.place.spread.columns, 0) } },
  };
  const channels = workers.slice(1).map(() => new MessageChannel());
  const ready = workers.map((worker, i) => {
    const share = shareOf(i, data.first);
    const ports = i ? [channels[i - 1].port2] : channels.map(({ port1 }) => port1);
    worker.postMessage({ ...common, share, leads: i === 0 }, ports);
    return new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = (event) => reject(new Error(event.message || "The engine did not start."));
    });
  });
  await Promise.all(ready);
  URL.revokeObjectURL(url);
  /* Shares of what was asked may still come, so nothing more is put. */
  for (const worker of workers) worker.onerror = ({ message }) => {
    leader = null;
    if (flying) landed({ failed: message });
    else failed(message);
  };
  leader = workers[0];
  leader.onmessage = ({ data: found }) => landed(found);
  for (const one of late.splice(0)) addWorld(one);
  send();
}

/** Make a world known to the engine that the page was not made with. */
export function addWorld(one) {
  if (!leader) return late.push(one);
  for (let part = 0; part < parts; part++) addTo(part, one);
}

function addTo(part, one) {
  if (part * data.first < drawsIn(one)) leader.postMessage({ type: "world", worlds: columnsByWorld([one], part), part });
}

/** Bring a part of the draws to the workers. */
async function bring(part) {
  await readPart(part);
  const known = data.worlds.length;
  const drawn = Object.fromEntries(Object.entries(data.columns).filter(([, [, draws]]) => draws > 1));
  const message = { type: "part", part, columns: columns(drawn, part), worlds: columnsByWorld(data.worlds, part) };
  const draws = Math.min(data.first, data.draws - part * data.first);
  await Promise.all(workers.map((worker, i) => new Promise((there) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = there;
    worker.postMessage({ ...message, share: shareOf(i, draws) }, [port2]);
  })));
  parts = part + 1;
  for (const one of data.worlds.slice(known)) addTo(part, one);
}

/** Draws of each worker, of so many: as even as can be, and even in number but for the last. */
function shareOf(i, draws) {
  const each = 2 * Math.ceil(draws / workers.length / 2);
  const first = Math.min(i * each, draws);
  return { first, count: Math.min(each, draws - first) };
}

/**
 * Put a question `{runs, wants, keep}` of the first so many draws; `done` is called with the answer, unless a newer
 * question came before all of this one was begun. `moving`: a hand is on a control, so that a machine which took
 * too long for the first draws may answer with fewer until it is let go.
 */
export function ask(question, draws, done, moving = false) {
  const few = moving && slow;
  const of = few ? { draws: FEW_DRAWS, parts: 1 } : { draws: data.first, parts: Math.ceil(draws / data.first) };
  const last = draws === data.draws;
  next = { question: { ...question, ...of, id: ++count, part: 0, last }, done, moving };
  send();
}

function send() {
  if (!leader || flying || !next) return;
  flying = { ...next, begun: performance.now() };
  next = null;
  put();
}

/** Put the next part of the question that flies, or give it up for a newer one. */
async function put() {
  try {
    if (flying.question.part >= parts) await bring(flying.question.part);
  } catch (error) {
    return landed({ failed: String(error?.message ?? error) });
  }
  if (!next) return leader.postMessage(flying.question);
  flying = null;
  send();
}

function landed(found) {
  if (found.more) {
    flying.question = { ...flying.question, part: flying.question.part + 1 };
    return put();
  }
  const { question, done, begun, moving } = flying;
  flying = null;
  if (moving && question.parts === 1 && question.draws === data.first) slow = performance.now() - begun > SLOW_MS;
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
