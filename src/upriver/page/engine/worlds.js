/**
 * Runs kept and runs made: a world's whole course once, and of a scenario only what its changes touch.
 *
 * A world is what a projection gives: the columns before any change. Its states at the start of
 * every year are kept, so that a scenario begins at the year of its first change.
 */
import { columnsOf } from "./columns.js";
import { integrate } from "./program.js";

const KEPT = 8;
/** Of draws that are run when a hand rests, which are many: of so many worlds, and states from a year on. */
const KEPT_RESTING = 2;
const KEPT_FROM = 2020;
const A_YEAR = 4;

/** The runs of some draws. `model` is what `start` was given, with `resting` where a hand's moves do not run them. */
export function runner(box, model) {
  const most = model.resting ? KEPT_RESTING : KEPT;
  const worlds = new Map();
  const place = new Map([...model.outputs, ...model.state].map((name, i) => [name, i]));
  const { clock } = model;
  const passing = scratch();
  const quarters = Math.round((clock.steps / clock.stepsPerYear) * A_YEAR);
  const stepOf = (quarter) => (quarter * clock.stepsPerYear) / A_YEAR;

  function world(name) {
    const known = worlds.get(name);
    worlds.delete(name);
    const found = known ?? { columns: { ...model.columns, ...model.worlds[name] }, courses: new Map() };
    worlds.set(name, found);
    if (worlds.size > most) worlds.delete(worlds.keys().next().value);
    return found;
  }

  function run(columns, outputs, firstQuarter, state, draws = model.draws, room = fresh) {
    const instants = Array.from({ length: quarters - firstQuarter + 1 }, (_, i) => stepOf(firstQuarter + i));
    const found = integrate(box, model.inputs, columns, draws, {
      first: state ? stepOf(firstQuarter) : 0,
      last: clock.steps,
      state,
      outputs: outputs.map((name) => place.get(name)),
      instants,
    });
    const n = instants.length;
    return new Map(outputs.map((name, i) => [name, part(found, i, outputs.length, n, room(draws * n))]));
  }

  /** One output of the draws, by [draw][instant]. */
  function part(all, i, outputs, n, rows) {
    for (let from = i * n, to = 0; to < rows.length; from += outputs * n) {
      for (let k = 0; k < n; k++) rows[to++] = all[from + k];
    }
    return rows;
  }

  /** Courses of a world, each computed once; the first time with the states of every year. */
  function courses(name, outputs) {
    const found = world(name);
    const missing = outputs.filter((output) => !found.courses.has(output));
    if (model.resting) found.states ??= statesFrom(KEPT_FROM, found.columns);
    if (found.states && !missing.length) return found;
    const asked = found.states ? missing : [...new Set([...missing, ...model.state])];
    const made = run(found.columns, asked, 0, null);
    for (const output of missing) found.courses.set(output, made.get(output));
    found.states ??= yearly(made);
    return found;
  }

  /** States by year from one on, run for them alone so that no others take room; before it a run begins at the start. */
  function statesFrom(first, columns) {
    const years = Array.from({ length: clock.lastYear - first + 1 }, (_, i) => first + i - clock.firstYear);
    const outputs = model.state.map((name) => place.get(name));
    const instants = years.map((year) => stepOf(year * A_YEAR));
    const found = integrate(box, model.inputs, columns, model.draws, { first: 0, last: clock.steps, state: null, outputs, instants });
    const states = [];
    years.forEach((year, i) => {
      states[year] = Float64Array.from({ length: model.draws * outputs.length }, (_, k) => found[k * years.length + i]);
    });
    return states;
  }

  /** Of draws that are run when a hand rests, keep the courses of these outputs alone. */
  function keepOnly(outputs) {
    if (!model.resting) return;
    for (const { courses: kept } of worlds.values()) for (const name of kept.keys()) if (!outputs.has(name)) kept.delete(name);
  }

  /** States by year, each as the engine takes it: [draw][state]. */
  function yearly(states) {
    const n = quarters + 1;
    const years = Math.floor(quarters / A_YEAR);
    return Array.from({ length: years + 1 }, (_, year) => {
      const found = new Float64Array(model.draws * model.state.length);
      model.state.forEach((name, s) => {
        const rows = states.get(name);
        for (let d = 0; d < model.draws; d++) {
          found[d * model.state.length + s] = rows[d * n + year * A_YEAR];
        }
      });
      return found;
    });
  }

  /**
   * Courses of a scenario over its first `draws`: `{from, rows, world}` with rows by output, from
   * quarter `from` on. Before it, and where nothing is changed, the scenario is its world.
   */
  function scenario({ world: name, changes }, outputs, draws) {
    const of = courses(name, outputs);
    if (!changes.length) return { from: 0, world: of, rows: null, columns: of.columns };
    const begin = Math.min(...changes.map((change) => change.start));
    const year = Math.max(0, Math.min(Math.floor(begin - clock.firstYear), quarters / A_YEAR));
    const drawn = changes.map((one) => (typeof one.factors === "string" ? { ...one, factors: model.factors[one.factors] } : one));
    const columns = columnsOf(box, of.columns, drawn, clock, draws, model.bounds, model.first);
    return {
      from: year * A_YEAR,
      world: of,
      rows: outputs.length ? run(columns, outputs, year * A_YEAR, of.states[year], draws, model.resting ? fresh : passing.room) : new Map(),
      columns,
    };
  }

  return { scenario, quarters, keepOnly, begin: passing.begin };
}

const fresh = (size) => new Float64Array(size);

/**
 * Room for what is forgotten with the next question: the same memory again, since a machine takes longer to give
 * new memory than the engine's numbers take to be copied.
 */
function scratch() {
  let all = fresh(0);
  let used = 0;
  return {
    begin() {
      used = 0;
    },
    room(size) {
      if (used + size > all.length) [all, used] = [fresh(Math.max(size, 2 * all.length)), 0];
      used += size;
      return all.subarray(used - size, used);
    },
  };
}
