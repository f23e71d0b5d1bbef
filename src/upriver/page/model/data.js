/** What the page carries: the engine, draws, columns, worlds, levers, records and words. */

/** Bytes written in base64. */
export function bytes(text) {
  const found = atob(text);
  const all = new Uint8Array(found.length);
  for (let i = 0; i < found.length; i++) all[i] = found.charCodeAt(i);
  return all;
}

/** A column as the engine takes it, from `[steps, draws, number or base64 of doubles]`. */
function column([steps, draws, values]) {
  const numbers = typeof values === "number" ? Float64Array.of(values) : new Float64Array(bytes(values).buffer);
  return { values: numbers, steps, draws };
}

/** All columns of a mapping. */
export function columns(given) {
  return Object.fromEntries(Object.entries(given).map(([path, one]) => [path, column(one)]));
}

/** Columns of every world by its name; `{as: name}` is the column of the world of that name. */
export function columnsByWorld(worlds) {
  const found = {};
  for (const { name, columns: given } of worlds) {
    const one = Object.entries(given).map(([path, it]) => [path, it.as ? found[it.as][path] : column(it)]);
    found[name] = Object.fromEntries(one);
  }
  return found;
}

/** The page's data, read once. */
export const data = JSON.parse(document.getElementById("data").textContent);

/** Years of the quarters, and of the calendar years that are summed. */
export const quarters = Float64Array.from(
  { length: (data.clock.lastYear - data.clock.firstYear) * 4 + 1 },
  (_, i) => data.clock.firstYear + i / 4,
);
export const years = Float64Array.from(
  { length: data.clock.lastYear - data.clock.firstYear },
  (_, i) => data.clock.firstYear + i,
);

/** A lever by its name, or nothing. */
export const lever = (name) => data.levers.find((one) => one.name === name);

/** A lever by a name that it had in schema 1, where amounts had the sign of the parameters' change. */
export const formerLever = (name) =>
  data.levers.find((one) => {
    const own = one.formerly.length || onParameters(one, 1) < 0 ? one.formerly : [one.name];
    return own.includes(name);
  });

/** The amount of the parameters' change for one of a lever, whose amounts grow with its verb; and back. */
export const onParameters = ({ operation, direction }, by) => (operation === "replace" ? by : direction * by + 0);

/** A world by its name, or nothing. */
export const world = (name) => data.worlds.find((one) => one.name === name);
