/**
 * Flows summed over calendar years or federal fiscal years, draw by draw: differences of counters, taken
 * by the engine. A want of kind `yearly` has `flows`, which are added up, less those of `less`, and if there
 * is `per`, divided by their sum: by year, or with `fiscal` from October before it to September; of the
 * year `at` alone, if given.
 */

const A_YEAR = 4;
const OCTOBER = 1;

/** The outputs from which such a want is made. */
export function outputsOfPeriods({ flows, less = [], per = [] }) {
  return [...flows, ...less, ...per].map((flow) => `cumulative.${flow}`);
}

/** The columns of such a want. */
export function columnsOfPeriods(run, want, context) {
  const shift = want.fiscal ? OCTOBER : 0;
  const all = Array.from({ length: context.quarters / A_YEAR }, (_, i) => A_YEAR * i - shift);
  const asked = want.at === undefined ? all : [(want.at - context.clock.firstYear) * A_YEAR - shift];
  const starts = asked.filter((start) => start >= 0);
  const ends = starts.map((start) => start + A_YEAR);
  const rows = added(run, want.flows, starts, ends, context);
  if (want.less) added(run, want.less, starts, ends, context).forEach((value, i) => (rows[i] -= value));
  if (want.per) added(run, want.per, starts, ends, context).forEach((value, i) => (rows[i] /= value));
  return { first: 0, count: starts.length, rows };
}

/** Flows added up over each period, by [draw][period]. */
function added(run, flows, starts, ends, context) {
  const found = new Float64Array(context.draws * starts.length);
  const [first, last] = [starts[0], ends.at(-1)];
  for (const flow of flows) {
    const rows = stretch(run, `cumulative.${flow}`, first, last, context);
    const sums = calendarSums(rows, last - first + 1, first, starts, ends, context);
    for (let i = 0; i < found.length; i++) found[i] += sums[i];
  }
  return found;
}

/** A course from the first quarter to the last, by [draw][instant]; put together once a question. */
export function wholeCourse(run, output, context) {
  const known = (run.whole ??= new Map());
  if (!known.has(output)) known.set(output, stretch(run, output, 0, context.quarters, context));
  return known.get(output);
}

/** A course from one quarter to another, by [draw][instant]; before the first change it is the world's. */
function stretch(run, output, first, last, { draws, quarters }) {
  const before = run.world.courses.get(output);
  const n = last - first + 1;
  if (!run.rows && n === quarters + 1) return before.subarray(0, draws * n);
  const after = run.rows?.get(output);
  const from = after ? run.from : Infinity;
  const width = quarters + 1 - from;
  const found = new Float64Array(draws * n);
  for (let d = 0, to = 0; d < draws; d++) {
    for (let q = first; q <= last; q++) {
      found[to++] = q < from ? before[d * (quarters + 1) + q] : after[d * width + q - from];
    }
  }
  return found;
}

/** What counters gained in each period, by [draw][period]; periods in quarters. */
export function calendarSums(rows, width, firstQuarter, starts, ends, { box, draws }) {
  const size = draws * starts.length;
  const [counter, from, to, out] = box.place([
    rows.subarray(0, draws * width),
    Float64Array.from(starts),
    Float64Array.from(ends),
    8 * size,
  ]);
  box.call("calendar_sums", counter, draws, width, firstQuarter, from, to, starts.length, out);
  return box.read(out, size);
}
