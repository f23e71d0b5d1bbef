/** Runs the compiled equations over a share of the draws, from any step to the end. */

/**
 * Outputs of `draws` draws, from the draw `from` on, at chosen steps, from `first` to the last step.
 *
 * `outputs`: places in the manifest's list, outputs first, then state. `state`: that of these draws
 * at `first`, or null for the program's own start. A column begins at its `origin`, a step. Gives
 * doubles by [draw][output][instant], where the
 * engine left them: they are to be copied before anything else is placed.
 */
export function integrate(box, inputs, columns, { from, draws }, { first, last, state, outputs, instants }) {
  const arrays = [];
  const begins = [];
  const stepStrides = new Int32Array(inputs.length);
  const drawStrides = new Int32Array(inputs.length);
  inputs.forEach((name, i) => {
    const { values, steps, draws: rows, origin = 0 } = columns[name];
    arrays.push(rows > 1 ? values.subarray(from * steps, (from + draws) * steps) : values);
    begins.push(steps > 1 ? 8 * (first - origin) : 0);
    stepStrides[i] = steps > 1 ? 1 : 0;
    drawStrides[i] = rows > 1 ? steps : 0;
  });
  const size = draws * outputs.length * instants.length;
  const placed = box.place([
    ...arrays,
    stepStrides,
    drawStrides,
    state ?? 0,
    Int32Array.from(outputs),
    Int32Array.from(instants, (step) => step - first),
    4 * inputs.length,
    8 * size,
  ]);
  const [bySteps, byDraws, begin, which, when, pointers, out] = placed.slice(inputs.length);
  box.fill(pointers, Uint32Array.from(begins, (offset, i) => placed[i] + offset));
  box.call(
    "run", draws, 0, last - first, pointers, bySteps, byDraws, state ? begin : 0, 0,
    outputs.length, which, instants.length, when, out,
  );
  return box.look(out, size);
}
