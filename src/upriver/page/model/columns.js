/** Columns of the engine's inputs, from what the page carries of them. */
import { bytes, bytesOf85, data, world } from "./data.js";
import { PARTS, drawsIn, numbersOf } from "./draws.js";

/**
 * A column as the engine takes it, from `[steps, draws, number or letters]`, or the row of its codes; with the
 * number of knots from values at them, with instants from values between which it is straight
 * (`payload_columns.py`). Of draws those of a part.
 */
function column([steps, draws, values, knots], part) {
  if (draws === 1 && typeof values === "number") return { values: Float64Array.of(values), steps, draws };
  if (typeof knots === "string") return { values: straight(bytes(values), bytes(knots), steps), steps, draws };
  const numbers = typeof values === "number"
    ? numbersOf(values, knots ?? 1, part)
    : ofPart(unpacked(bytesOf85(values).buffer, draws * (knots ?? steps)), draws, part);
  const count = numbers.length / (knots ?? steps);
  return { values: knots ? course(numbers, steps, count, knots) : numbers, steps, draws: count };
}

/** The rows of a part, of one a draw. */
function ofPart(numbers, draws, part) {
  const each = numbers.length / draws;
  return numbers.subarray(part * data.first * each, (part + 1) * data.first * each);
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

/** A constant in every draw. */
export function inEveryDraw(given) {
  const found = new Float64Array(data.draws);
  for (let part = 0; part < PARTS; part++) found.set(column(given, part).values, part * data.first);
  return found;
}

/** All columns of a mapping, with the draws of a part. */
export function columns(given, part) {
  return Object.fromEntries(Object.entries(given).map(([path, one]) => [path, column(one, part)]));
}

/** Columns of worlds by their names, of those that have a part; `{as: name}` is the column of the world of that name. */
export function columnsByWorld(worlds, part) {
  const found = {};
  for (const { name, columns: given } of worlds.filter((one) => part * data.first < drawsIn(one))) {
    const one = Object.entries(given).map(([path, it]) => [path, it.as ? found[it.as]?.[path] ?? borrowed(path, it, part) : column(it, part)]);
    found[name] = Object.fromEntries(one);
  }
  return found;
}

/** A column that a world has of another. */
function borrowed(path, it, part) {
  return it.as ? borrowed(path, world(it.as).columns[path], part) : column(it, part);
}
