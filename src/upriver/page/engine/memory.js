/**
 * The engine's memory: place arrays, call an exported function, read arrays back.
 *
 * It follows `engine/sandbox.py`: what was placed before is forgotten at each `place`, so that the
 * memory does not grow from move to move.
 */

const ALIGNED = 16;
const FAILURES = {
  1: "a number is out of its range",
  2: "steps do not ascend within the run",
  3: "its memory is exhausted",
};

/** A running copy of the engine. `module` is a compiled WebAssembly.Module. */
export function sandbox(module) {
  const { exports } = new WebAssembly.Instance(module, {});
  exports._initialize?.();
  return {
    place: (arrays) => place(exports, arrays),
    call(name, ...given) {
      const failed = exports[name](...given);
      if (failed) throw new Error(`The engine's '${name}' refuses: ${FAILURES[failed] ?? failed}.`);
    },
    /** A copy of `length` doubles. */
    read: (pointer, length) => new Float64Array(exports.memory.buffer, pointer, length).slice(),
    /** The same where they lie, until the next `place`. */
    look: (pointer, length) => new Float64Array(exports.memory.buffer, pointer, length),
    /** Copy an array to where there is room for it. */
    fill: (pointer, array) => fill(exports, pointer, array),
  };
}

/** Copy arrays (Float64Array, Int32Array, Uint32Array) in; a number is an array of so many bytes. */
function place(exports, arrays) {
  const starts = [0];
  for (const array of arrays) {
    const size = typeof array === "number" ? array : array.byteLength;
    starts.push(starts.at(-1) + Math.ceil(size / ALIGNED) * ALIGNED);
  }
  exports.reset();
  const base = exports.alloc(starts.at(-1)) >>> 0;
  if (!base) throw new Error(`The engine cannot hold ${Math.round(starts.at(-1) / 1e6)} MB at once.`);
  const pointers = starts.slice(0, -1).map((start) => base + start);
  arrays.forEach((array, i) => {
    if (typeof array !== "number") fill(exports, pointers[i], array);
  });
  return pointers;
}

function fill(exports, pointer, array) {
  new array.constructor(exports.memory.buffer, pointer, array.length).set(array);
}
