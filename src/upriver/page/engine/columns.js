/**
 * What the engine eats, for one share of the draws: a column for every input of the equations.
 *
 * A column is `{values, steps, draws}`: rows of `steps` numbers (1: constant in time), one row for
 * all draws or one a draw. A change bends columns along a ramp, by the engine's own functions, in
 * the order of `policy/composed.py`; nothing before its start differs, to the bit. In a draw that leaves a
 * parameter's bounds it is held there, as the command line holds it. A change whose effect is drawn has
 * `factors` on its amount, one for each draw of the page, of which these begin at `first`, or a lever's name,
 * by which they are known.
 */

const OPERATIONS = ["scale", "close", "add", "replace"];

/**
 * Columns of a scenario: those of its world, bent by its changes for the first `draws`. `bounds`: least and
 * most of each parameter that a change may act on.
 */
export function columnsOf(box, world, changes, clock, draws, bounds, first) {
  const columns = { ...world };
  for (const change of changes) {
    const start = (change.start - clock.firstYear) * clock.stepsPerYear;
    const along = ramp(box, change, start, clock);
    for (const path of change.paths) columns[path] = bent(box, columns[path], change, along, draws, first);
  }
  for (const path of new Set(changes.flatMap(({ paths }) => paths))) hold(columns[path].values, bounds[path]);
  return columns;
}

/** Numbers held within bounds, in place. */
function hold(values, [low, high]) {
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) values[i] = low;
    else if (values[i] > high) values[i] = high;
  }
}

function ramp(box, change, start, clock) {
  const name = change.operation === "pulse" ? "pulse" : "ramp";
  const [out] = box.place([8 * (clock.steps + 1)]);
  box.call(name, out, clock.steps + 1, start, change.years * clock.stepsPerYear);
  return box.read(out, clock.steps + 1);
}

function bent(box, column, change, along, draws, first) {
  const operation = change.operation === "pulse" ? "add" : change.operation;
  const n = along.length;
  const rows = change.factors ? draws : Math.min(column.draws, draws);
  const factors = change.factors?.slice(first, first + rows) ?? [1];
  const amounts = Float64Array.from(factors, (factor) => change.amount * factor);
  const wide = widened(column, rows, n);
  const [where, amount, r] = box.place([wide, amounts, along]);
  box.call("bend", where, rows, n, OPERATIONS.indexOf(operation), amount, change.factors ? 1 : 0, r, 0);
  return { values: box.read(where, wide.length), steps: n, draws: rows };
}

/** The first rows with every instant written out. */
function widened({ values, steps, draws }, rows, n) {
  if (steps === n && draws >= rows) return values.subarray(0, rows * n);
  const wide = new Float64Array(rows * n);
  for (let d = 0; d < rows; d++) {
    const own = draws > 1 ? d : 0;
    if (steps === n) wide.set(values.subarray(own * n, (own + 1) * n), d * n);
    else wide.fill(values[own], d * n, (d + 1) * n);
  }
  return wide;
}
