/**
 * What was asked of a run, as columns of numbers by draw, whose quantiles are shown.
 *
 * A want names a run and a kind:
 *   level    an output at every quarter
 *   moment   outputs added up, at the start of the year `at`; with `against`, what differs from that run
 *   driver   a parameter, as the run is given it, at every quarter
 *   sums     a flow summed over each calendar year
 *   total    a flow summed from `since` to the end
 *   averted  the total of the run `against` less that of this run, and in percent of it
 *   fewer    what is averted in each calendar year from `since` on
 *   course   what is averted from `since` to the end of each year
 *   yearly   several flows by year, added up or divided: `periods.js`
 * Sums are differences of the flow's counter, taken by the engine (`experiments/simulate.py`).
 */
import { calendarSums, columnsOfPeriods, outputsOfPeriods, wholeCourse } from "./periods.js";
import { byYear } from "./worlds.js";

const A_YEAR = 4;

/** The outputs from which a want is made; a moment needs them at the start of each year alone. */
export function outputsOf(want) {
  if (want.kind === "driver") return [];
  if (want.kind === "yearly") return outputsOfPeriods(want);
  if (want.kind === "moment") return want.outputs.map(byYear);
  return [want.kind === "level" ? want.output : `cumulative.${want.flow}`];
}

/**
 * The columns of a want, `{first, count, rows}`: rows by [draw][column], of the want's own columns
 * those from `first` on. What comes before is the world's, and was asked for apart.
 */
export function columnsOfWant(want, context) {
  const run = context.runs[want.run];
  const since = (want.since - context.clock.firstYear) * A_YEAR;
  if (want.kind === "level") return level(run, want, context);
  if (want.kind === "driver") return driver(run, want, context);
  if (want.kind === "yearly") return columnsOfPeriods(run, want, context);
  if (want.kind === "moment") return moment(run, want, context);
  if (want.kind === "sums") return sums(run, want, context);
  if (want.kind === "fewer") return fewer(run, want, since, context);
  const ends = want.kind === "course" ? yearEnds(since, context.quarters) : [context.quarters];
  const mine = totals(run, want, since, ends, context);
  if (want.kind === "total") return { first: 0, count: 1, rows: mine };
  const theirs = totals(context.runs[want.against], want, since, ends, context);
  const rows = theirs.map((value, i) => value - mine[i]);
  if (want.kind === "course") return { first: 0, count: ends.length, rows };
  const both = new Float64Array(2 * rows.length);
  rows.forEach((value, d) => both.set([value, (100 * value) / theirs[d]], 2 * d));
  return { first: 0, count: 2, rows: both };
}

function level(run, want, { quarters, draws }) {
  const first = run.rows ? run.from : 0;
  const count = quarters + 1 - first;
  return { first, count, rows: rowsOf(run, want).subarray(0, draws * count) };
}

function moment(run, want, context) {
  const rows = added(run, want, context);
  if (want.against === undefined) return { first: 0, count: 1, rows };
  const theirs = added(context.runs[want.against], want, context);
  return { first: 0, count: 1, rows: rows.map((value, d) => value - theirs[d]) };
}

/** Outputs added up at the start of a year, by draw; before the first change they are the world's. */
function added(run, want, { quarters, draws, clock }) {
  const quarter = (want.at - clock.firstYear) * A_YEAR;
  const own = run.rows && quarter >= run.from;
  const from = own ? run.from : 0;
  const width = Math.floor((quarters - from) / A_YEAR) + 1;
  const found = new Float64Array(draws);
  for (const output of want.outputs) {
    const rows = (own ? run.rows : run.world.courses).get(byYear(output));
    for (let d = 0; d < draws; d++) found[d] += rows[d * width + (quarter - from) / A_YEAR];
  }
  return found;
}

function driver(run, want, { quarters, draws, clock }) {
  const first = run.rows ? run.from : 0;
  const count = quarters + 1 - first;
  const { values, steps, draws: each, origin = 0 } = run.columns[want.path];
  const rows = new Float64Array(draws * count);
  for (let d = 0; d < draws; d++) {
    for (let i = 0; i < count; i++) {
      const step = steps > 1 ? ((first + i) * clock.stepsPerYear) / A_YEAR - origin : 0;
      rows[d * count + i] = values[(each > 1 ? d * steps : 0) + step];
    }
  }
  return { first, count, rows };
}

function sums(run, want, context) {
  const first = run.rows ? run.from : 0;
  const count = context.quarters / A_YEAR - first / A_YEAR;
  if (!count) return { first: first / A_YEAR, count, rows: new Float64Array(0) };
  const starts = Array.from({ length: count }, (_, i) => first + i * A_YEAR);
  const ends = starts.map((start) => start + A_YEAR);
  const width = context.quarters + 1 - first;
  const rows = calendarSums(rowsOf(run, want), width, first, starts, ends, context);
  return { first: first / A_YEAR, count, rows };
}

/** What is averted in each year: sums of the run against less those of this run. */
function fewer(run, want, since, context) {
  const first = Math.floor(since / A_YEAR) * A_YEAR;
  const starts = yearEnds(first, context.quarters).map((end) => end - A_YEAR);
  const ends = starts.map((start) => start + A_YEAR);
  const [mine, theirs] = [run, context.runs[want.against]].map((one) =>
    calendarSums(wholeCourse(one, outputsOf(want)[0], context), context.quarters + 1, 0, starts, ends, context));
  return { first: 0, count: ends.length, rows: theirs.map((value, i) => value - mine[i]) };
}

function totals(run, want, since, ends, context) {
  const starts = ends.map(() => since);
  return calendarSums(wholeCourse(run, outputsOf(want)[0], context), context.quarters + 1, 0, starts, ends, context);
}

/** Quarters at which the years after `since` end. */
function yearEnds(since, quarters) {
  const first = (Math.floor(since / A_YEAR) + 1) * A_YEAR;
  return Array.from({ length: (quarters - first) / A_YEAR + 1 }, (_, i) => first + i * A_YEAR);
}

function rowsOf(run, want) {
  const [output] = outputsOf(want);
  return run.rows?.get(output) ?? run.world.courses.get(output);
}
