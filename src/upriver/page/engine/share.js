/** What one worker does with a question: its share of the draws, as rows of the wanted columns. */
import { sandbox } from "./memory.js";
import { columnsOfWant, outputsOf } from "./wants.js";
import { runner } from "./worlds.js";

/**
 * A share of the draws, ready to answer. `start` is the first message of the page: the compiled
 * module, names, the clock, columns and worlds, and which draws are this share's.
 */
export function share(start) {
  const box = sandbox(start.module);
  const { first, count } = start.share;
  const mine = (columns) => cut(columns, first, count);
  const worlds = {};
  for (const [name, columns] of Object.entries(start.worlds)) worlds[name] = mine(columns);
  const model = { ...start, first, draws: count, columns: mine(start.columns), worlds };
  const { scenario, quarters, begin } = runner(box, model);

  /** Rows of all wants side by side, by [draw][column], and where each want's columns lie. */
  function rows(question) {
    begin();
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
    return { first, together, draws, width, parts: parts.map(({ first: f, count: c }) => ({ first: f, count: c })) };
  }

  /** Worlds that came with a link. */
  function add(found) {
    for (const [name, columns] of Object.entries(found)) worlds[name] = mine(columns);
  }

  return { rows, add, box };
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
