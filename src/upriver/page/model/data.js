/** What the page carries: the engine, draws, columns, worlds, levers, records and words. */

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%.()*+-;,=:?@^_`{|}~";

/** Bytes written in base64. */
export function bytes(text) {
  const found = atob(text);
  const all = new Uint8Array(found.length);
  for (let i = 0; i < found.length; i++) all[i] = found.charCodeAt(i);
  return all;
}

/** Bytes written in base85: four in five letters (`payload_zip.py`). */
export function bytesOf85(text) {
  const place = new Uint8Array(128);
  for (let i = 0; i < LETTERS.length; i++) place[LETTERS.charCodeAt(i)] = i;
  const groups = Math.ceil(text.length / 5);
  const all = new DataView(new ArrayBuffer(4 * groups));
  for (let group = 0, i = 0; group < groups; group++) {
    let word = 0;
    for (const end = i + 5; i < end; i++) word = word * 85 + (i < text.length ? place[text.charCodeAt(i)] : 84);
    all.setUint32(4 * group, word);
  }
  return new Uint8Array(all.buffer, 0, Math.floor((text.length * 4) / 5));
}

/** Bytes that were zipped; every browser that runs the engine can. */
export function unzipped(zipped) {
  const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}

/** The page's data, read once. */
export const data = JSON.parse(document.getElementById("data").textContent);

/**
 * Draws of the page: those that a move runs are the first, and at rest all are. With `?draws=200` in the address
 * the first are all, as with `--draws 200`.
 */
const asked = Number(new URLSearchParams(location.search).get("draws")) || data.draws;
data.draws = Math.min(data.draws, data.first * Math.max(1, Math.ceil(asked / data.first)));

/** What is of each input of the engine comes in their order, which is shorter. */
const byInput = (given) => Object.fromEntries(data.engine.inputs.map((path, i) => [path, given[i]]));
data.columns = byInput(data.columns);
data.bounds = byInput(data.bounds);

/** A world that is like another has its columns, but for its own and some. */
for (const one of data.worlds) {
  const paths = Object.keys(data.worlds.find(({ name }) => name === one.like)?.columns ?? {});
  for (const path of paths) if (!one.but.includes(path)) one.columns[path] ??= { as: one.like };
}

/** Factors on a lever's amount by draw come as thousandths. */
for (const one of data.levers) {
  if (typeof one.factors === "string") one.factors = Array.from(new Int16Array(bytes(one.factors).buffer), (n) => n / 1000);
}

/** Units come by unit, which is shorter; what asks for one has a name. */
data.units = Object.fromEntries(
  Object.entries(data.units).flatMap(([unit, names]) => names.map((name) => [name, unit])),
);

/** Years of the quarters, and of the calendar years that are summed. */
export const quarters = Float64Array.from(
  { length: (data.clock.lastYear - data.clock.firstYear) * 4 + 1 },
  (_, i) => data.clock.firstYear + i / 4,
);
export const years = Float64Array.from(
  { length: data.clock.lastYear - data.clock.firstYear },
  (_, i) => data.clock.firstYear + i,
);

/** The place that this page speaks of. */
export const PLACE = data.place?.name ?? data.places.US;

/** The same within a sentence. */
export const IN_PLACE = data.place ? PLACE : `the ${PLACE}`;

const levers = new Map(data.levers.map((one) => [one.name, one]));

/** A lever by its name, or nothing. */
export const lever = (name) => levers.get(name);

/** A lever by a name that it had in schema 1, where amounts had the sign of the parameters' change. */
export const formerLever = (name) =>
  data.levers.find((one) => {
    const own = one.formerly.length || onParameters(one, 1) < 0 ? one.formerly : [one.name];
    return own.includes(name);
  });

/** The amount of the parameters' change for one of a lever, whose amounts grow with its verb; and back. */
export const onParameters = ({ operation, direction, effect }, by) =>
  operation === "replace" ? by : direction * (effect?.value ?? 1) * by + 0;

/** A world by its name, or nothing. */
export const world = (name) => data.worlds.find((one) => one.name === name);
