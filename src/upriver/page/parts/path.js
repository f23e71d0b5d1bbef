/** What a lever moves, drawn: the parameter's course at each of its levels, as the engine bends it. */
import { html } from "vendor";
import { Chart } from "kit/chart.js";
import { data } from "../model/data.js";
import { scenario, withLever } from "../model/scenario.js";
import { useSummary } from "../model/summaries.js";
import { unitText } from "../model/words.js";
import { LEVELS, amountOf, levelText } from "./lever-words.js";

const FIRST = 2015;

export function PathChart({ lever }) {
  const [parameter] = lever.parameters;
  const base = { ...scenario.peek(), levers: {} };
  const courses = LEVELS.map((level) => ({
    level,
    found: useSummary({
      run: withLever(base, lever.name, { by: amountOf(lever, level) }),
      kind: "driver",
      path: parameter.path,
    }).value,
  }));
  if (courses.some(({ found }) => !found)) return html`<p class="soft">Drawing …</p>`;
  const figure = {
    id: `path-${lever.name}`,
    title: `What ‘${lever.title}’ moves`,
    question: parameter.meaning,
    unit: unitText(parameter.unit),
    projection: data.projection,
    yFromZero: true,
    series: courses.map(({ level, found }) => cut(found, levelText(lever, level), level === "as_today")),
  };
  return html`<p>What it moves: ${parameter.meaning}.</p><${Chart} figure=${figure} height=${220} compact />`;
}

function cut({ x, median }, label, today) {
  const begin = x.findIndex((year) => year >= FIRST);
  return {
    label,
    kind: today ? "driver" : "scenario",
    x: x.slice(begin),
    y: median.slice(begin),
  };
}
