/**
 * Flows summed over calendar years or federal fiscal years, draw by draw: differences of counters, taken
 * by the engine; and the mean of a level over a year.
 *
 *   yearly   `flows` added up, less those of `less`, and if there is `per`, divided by their sum: by
 *            year, or with `fiscal` from October before it to September; of the year `at` alone, if given
 *   mean     an output at the four quarters of the year `at`.
 */

const A_YEAR = 4;
const OCTOBER = 1;

/** The outputs from which such a want is made. */
export function outputsOfPeriods(want) {
  if (want.kind === "mean") return [want.output];
  return [...want.flows, ...(want.less ?? []), ...(want.per ?? [])].map((flow) => `cumulative.${flow}`);
}

/** The columns of such a want. */
export function columnsOfPeriods(run, want, context) {
  return want.kind === "mean" ? mean(run, want, context) : yearly(run, want, context);
}

function yearly(run, want, context) {
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
  for (const flow of flows) {
    const rows = wholeCourse(run, `cumulative.${flow}`, context);
    const sums = calendarSums(rows, context.quarters + 1, 0, starts, ends, context);
    for (let i = 0; i < found.length; i++) found[i] += sums[i];
  }
  return found;
}

function mean(run, want, context) {
  const { quarters, draws, clock } = context;
  const rows = wholeCourse(run, want.output, context);
  const first = (want.at - clock.firstYear) * A_YEAR;
  const found = new Float64Array(draws);
  for (let d = 0; d < draws; d++) {
    for (let q = 0; q < A_YEAR; q++) found[d] += rows[d * (quarters + 1) + first + q] / A_YEAR;
  }
  return { first: 0, count: 1, rows: found };
}

/** A course from the first quarter to the last, by [draw][instant]. */
export function wholeCourse(run, output, { draws, quarters }) {
  const n = quarters + 1;
  const before = run.world.courses.get(output).subarray(0, draws * n);
  if (!run.rows) return before;
  const found = before.slice();
  const width = n - run.from;
  const rows = run.rows.get(output);
  for (let d = 0; d < draws; d++) {
    found.set(rows.subarray(d * width, (d + 1) * width), d * n + run.from);
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
