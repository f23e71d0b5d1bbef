/** What one worker does with a question: its share of the draws, as rows of the wanted columns. */
import { sandbox } from "./memory.js";
import { columnsOfWant, outputsOf } from "./wants.js";
import { runner, scratch } from "./worlds.js";

/**
 * A share of the draws of every part, ready to answer. `start` is the first message of the page: the compiled
 * module, names, the clock, columns and worlds, and which draws of the first part are this share's. Other parts
 * come when a hand rests: `{part, columns, worlds, share}`.
 */
export function share(start) {
  const box = sandbox(start.module);
  const blocks = [];
  const passing = scratch();
  addPart({ ...start, part: 0 });

  /** Take the draws of a part; they run in the same memory, one part after another. */
  function addPart(given) {
    const { first, count } = given.share;
    const before = given.part * start.draws;
    const mine = (columns) => cut(columns, first, count);
    const worlds = {};
    for (const [name, columns] of Object.entries(given.worlds)) worlds[name] = mine(columns);
    const columns = mine({ ...start.columns, ...given.columns });
    const resting = given.part > 0;
    const place = start.place && placeOf(start.place, mine);
    const model = { ...start, place, first: before + first, draws: count, columns, worlds, resting };
    blocks[given.part] = { ...model, mine, ...runner(box, model, passing) };
  }

  /** Rows of all wants side by side, by [draw][column], and where each want's columns lie. */
  function rows(question) {
    const { first, draws: count, scenario, quarters, keepOnly } = blocks[question.part];
    passing.begin();
    const draws = Math.min(count, Math.ceil((question.draws * count) / start.draws));
    const needed = question.runs.map((_, i) => outputsFor(question.wants, i));
    const runs = question.runs.map((run, i) => scenario(run, needed[i], draws));
    const context = { box, runs, draws, quarters, clock: start.clock };
    const parts = question.wants.map((want) => columnsOfWant(want, context));
    const width = parts.reduce((sum, part) => sum + part.count, 0);
    const together = new Float64Array(draws * width);
    let at = 0;
    for (const { rows: own, count: columns } of parts) {
      for (let d = 0, from = 0; d < draws; d++) {
        for (let c = 0; c < columns; c++) together[d * width + at + c] = own[from++];
      }
      at += columns;
    }
    keepOnly(new Set(needed.flat()));
    return { first, together, draws, width, parts: parts.map(({ first: f, count: c }) => ({ first: f, count: c })) };
  }

  /** Worlds that came with a link, for a part. */
  function add(found, part) {
    const { worlds, mine } = blocks[part];
    for (const [name, columns] of Object.entries(found)) worlds[name] = mine(columns);
  }

  return { rows, add, addPart, box };
}

/** What is carried of a place, of these draws. */
function placeOf(place, mine) {
  return { ...place, columns: mine(place.columns), spread: { ...place.spread, columns: mine(place.spread.columns) } };
}

/** Outputs that a run must keep for the wants that name it. */
function outputsFor(wants, run) {
  const named = wants.filter((want) => want.run === run || want.against === run);
  return [...new Set(named.flatMap(outputsOf))];
}

/** The rows of a share, where a column has one a draw. */
function cut(columns, first, count) {
  const found = {};
  for (const [path, { values, steps, draws }] of Object.entries(columns)) {
    const mine = draws > 1;
    found[path] = {
      values: mine ? values.slice(first * steps, (first + count) * steps) : values,
      steps,
      draws: mine ? count : 1,
    };
  }
  return found;
}
