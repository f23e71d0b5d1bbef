/**
 * A place in the country's market, draw by draw, as `experiments/placed.py` has it: the country is run under the
 * levers, and what its people meet on the market is what the place's meet. What is a number of people is the
 * place's part, what is local a factor, fentanyl's odds in the place others than in the country.
 */
import { integrate } from "./program.js";

/** Places of a runner: `place` is what the page carries of one (`payload_place.py`), with the columns of these draws. */
export function placing(box, model, stateFrom) {
  const { place, clock, inputs } = model;
  const outputs = place.met.map(([, output]) => output);
  const numbers = new Map([...model.outputs, ...model.state].map((name, i) => [name, i]));
  const steps = clock.steps + 1;
  const odds = oddsOf(place.spread, clock, model.draws);
  const given = Object.fromEntries(Object.entries(place.given).map(([path, value]) => [path, { values: Float64Array.of(value), steps: 1, draws: 1 }]));

  /** A world: the country's columns and states by year, the place's columns, and those from a year on as they are asked for. */
  function world(columns) {
    const country = { columns, states: stateFrom(columns) };
    const market = met(columns, model.draws, null, 0);
    return { country, columns: { ...columns, ...local(columns, 0, model.draws), ...market, ...given }, courses: new Map(), later: new Map() };
  }

  /** The place's columns of a scenario from a step on: `bent` are the country's with its changes, of the first draws. */
  function columnsOf(of, bent, year, first, draws) {
    if (!of.later.has(year)) of.later.set(year, local(of.country.columns, first, model.draws));
    const changed = Object.keys(place.times).filter((path) => bent[path] !== of.country.columns[path]);
    const anew = local(bent, first, draws, changed);
    return { ...bent, ...of.later.get(year), ...anew, ...met(bent, draws, of.country.states[year], first), ...given };
  }

  /** What people meet on the market in the country's runs, and in the place, from a step on. */
  function met(columns, draws, state, first) {
    const count = steps - first;
    const instants = Array.from({ length: count }, (_, i) => first + i);
    const which = outputs.map((name) => numbers.get(name));
    const all = integrate(box, inputs, columns, { from: 0, draws }, { first, last: clock.steps, state, outputs: which, instants });
    return Object.fromEntries(place.met.map(([path], k) => {
      const values = new Float64Array(draws * count);
      for (let d = 0; d < draws; d++) values.set(all.subarray((d * which.length + k) * count, (d * which.length + k + 1) * count), d * count);
      if (path === place.spread.path) spread(values, draws, first);
      return [path, { values, steps: count, draws, origin: first }];
    }));
  }

  /** Fentanyl's share in the place: as many times its odds. */
  function spread(values, draws, first) {
    const count = steps - first;
    for (let d = 0, i = 0; d < draws; d++) {
      for (let step = first; step < steps; step++, i++) {
        const share = values[i];
        const times = odds[d * steps + step];
        values[i] = (share * times) / (1 + share * (times - 1));
      }
    }
  }

  /** Inputs that are the place's own, from a step on: multiplied one after the other, then held where they are rates. */
  function local(columns, first, draws, paths = Object.keys(place.times)) {
    return Object.fromEntries(paths.map((path) => {
      const parts = [columns[path], ...place.times[path].map((name) => place.columns[name])];
      const rows = parts.some((one) => one.draws > 1) ? draws : 1;
      const count = parts.some((one) => one.steps > 1) ? steps - first : 1;
      const values = new Float64Array(rows * count).fill(1);
      parts.forEach((one, k) => multiply(values, one, rows, count, first, k));
      const held = place.held[path];
      if (held) hold(values, held);
      return [path, { values, steps: count, draws: rows, origin: first }];
    }));
  }

  return { world, columnsOf };
}

/** Multiply rows by a column, which may be one number, one row for all draws, or one number a draw. */
function multiply(values, { values: by, steps, draws, origin = 0 }, rows, count, first, k) {
  for (let d = 0, i = 0; d < rows; d++) {
    const from = (draws > 1 ? d * steps : 0) + (steps > 1 ? first - origin : 0);
    for (let step = 0; step < count; step++, i++) {
      const number = by[steps > 1 ? from + step : from];
      values[i] = k ? values[i] * number : number;
    }
  }
}

function hold(values, [low, high]) {
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) values[i] = low;
    else if (values[i] > high) values[i] = high;
  }
}

/** The odds of fentanyl in the place against the country's, by [draw][step]. */
function oddsOf({ middle, pace, columns: { early, late, turn } }, clock, draws) {
  const found = new Float64Array(draws * (clock.steps + 1));
  for (let d = 0, i = 0; d < draws; d++) {
    for (let step = 0; step <= clock.steps; step++, i++) {
      const year = clock.firstYear + step / clock.stepsPerYear;
      const come = 1 / (1 + Math.exp(-(year - middle - turn.values[d]) / pace));
      found[i] = Math.exp(early.values[d] + (late.values[d] - early.values[d]) * come);
    }
  }
  return found;
}
