/**
 * Runs kept and runs made: a world's whole course once, and of a scenario only what its changes touch.
 *
 * A world is what a projection gives: the columns before any change. Its states at the start of
 * every year are kept, so that a scenario begins at the year of its first change.
 */
import { columnsOf } from "./columns.js";
import { placing } from "./place.js";
import { integrate } from "./program.js";

const KEPT = 8;
/** Of draws that are run when a hand rests, which are many: of so many worlds, and states of each year from one on, before it of some. */
const KEPT_RESTING = 2;
const KEPT_FROM = 2020;
const KEPT_EACH = 5;
/** Numbers that the engine gives at once, of some draws after others, since its memory does not shrink. */
const MOST_AT_ONCE = 400_000;
const A_YEAR = 4;
const BY_YEAR = " by year";

/** An output at the start of each year alone, which takes a quarter of the memory of its course. */
export const byYear = (output) => output + BY_YEAR;

/**
 * The runs of some draws. `model` is what `start` was given, with `resting` where a hand's moves do not run them;
 * `passing` gives room for what is forgotten with the next question.
 */
export function runner(box, model, passing) {
  const most = model.resting ? KEPT_RESTING : KEPT;
  const worlds = new Map();
  const place = new Map([...model.outputs, ...model.state].map((name, i) => [name, i]));
  const { clock } = model;
  const inPlace = model.place && placing(box, model, statesOf);
  const each = model.state.length;
  const quarters = Math.round((clock.steps / clock.stepsPerYear) * A_YEAR);
  const stepOf = (quarter) => (quarter * clock.stepsPerYear) / A_YEAR;

  function world(name) {
    const known = worlds.get(name);
    worlds.delete(name);
    const found = known ?? begun({ ...model.columns, ...model.worlds[name] });
    worlds.set(name, found);
    if (worlds.size > most) worlds.delete(worlds.keys().next().value);
    return found;
  }

  function begun(columns) {
    return inPlace ? inPlace.world(columns) : { columns, courses: new Map() };
  }

  /**
   * Outputs of the draws from a quarter on, by [draw][instant]: every quarter, or the start of every year. The run
   * begins with the states of a quarter `at` that is no later, or at the start. `states`: by year, to be filled.
   */
  function run(columns, outputs, firstQuarter, { at, state }, { draws = model.draws, room = fresh, states } = {}) {
    const names = [...new Set([...outputs.map(plain), ...(states ? model.state : [])])];
    const instants = Array.from({ length: quarters - firstQuarter + 1 }, (_, i) => stepOf(firstQuarter + i));
    const n = instants.length;
    const width = names.length * n;
    const kept = outputs.map((output) => {
      const every = output.endsWith(BY_YEAR) ? A_YEAR : 1;
      return { output, begin: names.indexOf(plain(output)) * n, every, to: 0, rows: room(draws * Math.ceil(n / every)) };
    });
    const most = 2 * Math.max(1, Math.floor(MOST_AT_ONCE / width / 2));
    for (let from = 0; from < draws; from += most) {
      const some = { from, draws: Math.min(most, draws - from) };
      const found = integrate(box, model.inputs, columns, some, {
        first: stepOf(at),
        last: clock.steps,
        state: state?.subarray(from * each, (from + some.draws) * each),
        outputs: names.map((name) => place.get(name)),
        instants,
      });
      for (const one of kept) copyFrom(found, width, n, one);
      if (states) fillStates(states, found, some, model.state.map((name) => names.indexOf(name) * n), width);
    }
    return new Map(kept.map(({ output, rows }) => [output, rows]));
  }

  /** Courses of a world, each computed once; the first time with the states of every year. */
  function courses(name, outputs) {
    const found = world(name);
    const missing = outputs.filter((output) => !found.courses.has(output));
    if (found.states && !missing.length) return found;
    const states = found.states ? null : blank();
    for (const [output, rows] of run(found.columns, missing, 0, START, { states })) found.courses.set(output, rows);
    found.states ??= states;
    return found;
  }

  /** Of draws that are run when a hand rests, keep the courses of these outputs alone. */
  function keepOnly(outputs) {
    if (!model.resting) return;
    for (const { courses: kept } of worlds.values()) for (const name of kept.keys()) if (!outputs.has(name)) kept.delete(name);
  }

  /** Room for the states of the years that are kept, each as the engine takes it: [draw][state]. */
  function blank() {
    const states = [];
    for (let year = 0; year <= quarters / A_YEAR; year++) {
      const named = clock.firstYear + year;
      if (model.resting && named < KEPT_FROM && named % KEPT_EACH) continue;
      states[year] = new Float64Array(model.draws * each);
    }
    return states;
  }

  /** States of the years that are kept, of runs that are kept for nothing else. */
  function statesOf(columns) {
    const states = blank();
    run(columns, [], 0, START, { states });
    return states;
  }

  /** Fill in the states of some draws, whose course begins at `begins` in the numbers of each draw. */
  function fillStates(states, found, some, begins, width) {
    states.forEach((rows, year) => {
      for (let d = 0; d < some.draws; d++) {
        for (let s = 0; s < each; s++) rows[(some.from + d) * each + s] = found[d * width + begins[s] + year * A_YEAR];
      }
    });
  }

  /** Where a run that differs from a year on may begin. */
  function beginOf(states, year) {
    const kept = states.findLastIndex((state, i) => state && i <= year);
    return kept < 0 ? START : { at: kept * A_YEAR, state: states[kept] };
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
    const bent = columnsOf(box, (of.country ?? of).columns, drawn, clock, draws, model.bounds, model.first);
    const start = beginOf(of.states, year);
    const columns = inPlace ? inPlace.columnsOf(of, bent, start.at / A_YEAR, stepOf(start.at), draws) : bent;
    return {
      from: year * A_YEAR,
      world: of,
      rows: outputs.length ? run(columns, outputs, year * A_YEAR, start, { draws, room: passing.room }) : new Map(),
      columns,
    };
  }

  return { scenario, quarters, keepOnly };
}

/** Add to the rows of one output those of some draws. */
function copyFrom(found, width, n, one) {
  let { begin, every, to, rows } = one;
  for (; begin < found.length; begin += width) {
    for (let k = 0; k < n; k += every) rows[to++] = found[begin + k];
  }
  one.to = to;
}

const START = { at: 0, state: null };
const fresh = (size) => new Float64Array(size);
const plain = (output) => output.replace(BY_YEAR, "");

/**
 * Room for what is forgotten with the next question: the same memory again, since a machine takes longer to give
 * new memory than the engine's numbers take to be copied.
 */
export function scratch() {
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
