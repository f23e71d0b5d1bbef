/** What the page carries: the engine, draws, columns, worlds, levers, records and words. */

/** Bytes written in base64. */
export function bytes(text) {
  const found = atob(text);
  const all = new Uint8Array(found.length);
  for (let i = 0; i < found.length; i++) all[i] = found.charCodeAt(i);
  return all;
}

/**
 * A column as the engine takes it, from `[steps, draws, number or base64]`; with the number of knots
 * from values at them, with instants from values between which it is straight (`payload_columns.py`).
 */
function column([steps, draws, values, knots]) {
  if (typeof values === "number") return { values: Float64Array.of(values), steps, draws };
  if (typeof knots === "string") return { values: straight(bytes(values), bytes(knots), steps), steps, draws };
  const numbers = unpacked(bytes(values).buffer, draws * (knots ?? steps));
  return { values: knots ? course(numbers, steps, draws, knots) : numbers, steps, draws };
}

/** A course from its values at the instants at which it bends. */
function straight(values, instants, steps) {
  const at = new Uint16Array(instants.buffer);
  const numbers = unpacked(values.buffer, at.length);
  const found = new Float64Array(steps);
  for (let i = 0; i + 1 < at.length; i++) {
    const [first, last] = [at[i], at[i + 1]];
    const slope = (numbers[i + 1] - numbers[i]) / (last - first);
    for (let step = first; step < last; step++) found[step] = numbers[i] + slope * (step - first);
  }
  found[steps - 1] = numbers.at(-1);
  return found;
}

/** So many numbers, of single precision or doubles. */
function unpacked(buffer, count) {
  return buffer.byteLength === 4 * count ? Float64Array.from(new Float32Array(buffer)) : new Float64Array(buffer);
}

/** Factors by step from values at evenly spaced knots, in the order of `policy/disturbances.py`. */
function course(values, steps, draws, knots) {
  const found = new Float64Array(draws * steps);
  const apart = (steps - 1) / (knots - 1);
  for (let d = 0, to = 0; d < draws; d++) {
    for (let step = 0; step < steps; step++) {
      const knot = Math.min(Math.floor(step / apart), knots - 2);
      const share = (step - knot * apart) / apart;
      const at = d * knots + knot;
      found[to++] = values[at] * (1 - share) + values[at + 1] * share;
    }
  }
  return found;
}

/** All columns of a mapping. */
export function columns(given) {
  return Object.fromEntries(Object.entries(given).map(([path, one]) => [path, column(one)]));
}

/** Columns of worlds by their names; `{as: name}` is the column of the world of that name. */
export function columnsByWorld(worlds) {
  const found = {};
  for (const { name, columns: given } of worlds) {
    const one = Object.entries(given).map(([path, it]) => [path, it.as ? found[it.as]?.[path] ?? borrowed(path, it) : column(it)]);
    found[name] = Object.fromEntries(one);
  }
  return found;
}

/** A column that a world has of another. */
function borrowed(path, it) {
  return it.as ? borrowed(path, world(it.as).columns[path]) : column(it);
}

/** The page's data, read once. */
export const data = JSON.parse(document.getElementById("data").textContent);

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
