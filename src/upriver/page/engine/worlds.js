/**
 * Runs kept and runs made: a world's whole course once, and of a scenario only what its changes touch.
 *
 * A world is what a projection gives: the columns before any change. Its states at the start of
 * every year are kept, so that a scenario begins at the year of its first change.
 */
import { columnsOf } from "./columns.js";
import { integrate } from "./program.js";

const KEPT = 8;
const A_YEAR = 4;

/** The runs of one share of the draws. `model` is what `start` was given. */
export function runner(box, model) {
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
    if (worlds.size > KEPT) worlds.delete(worlds.keys().next().value);
    return found;
  }

  function run(columns, outputs, firstQuarter, state, draws = model.draws, room = fresh) {
    const instants = Array.from({ length: quarters - firstQuarter + 1 }, (_, i) => stepOf(firstQuarter + i));
    const found = integrate(box, model.inputs, columns, draws, {
      first: stepOf(firstQuarter),
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
    if (found.states && !missing.length) return found;
    const asked = found.states ? missing : [...new Set([...missing, ...model.state])];
    const made = run(found.columns, asked, 0, null);
    for (const output of missing) found.courses.set(output, made.get(output));
    found.states ??= yearly(made);
    return found;
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
    const columns = columnsOf(box, of.columns, changes, clock, draws, model.bounds, model.first);
    return {
      from: year * A_YEAR,
      world: of,
      rows: outputs.length ? run(columns, outputs, year * A_YEAR, of.states[year], draws, passing.room) : new Map(),
      columns,
    };
  }

  return { scenario, quarters, begin: passing.begin };
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
