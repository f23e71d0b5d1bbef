/** Figures of the page: modelled lines from the newest answers, with records beside them. */
import { computed } from "vendor";
import { data } from "./data.js";
import { seriesOf } from "./packed.js";
import { MIDDLE, only, points } from "./records.js";
import { inUse, scenario, runOf, todayOf } from "./scenario.js";

const BANDS = ["low", "high", "innerLow", "innerHigh"];

/** A modelled quantity at instants as a series; a driver has no interval of its own. */
export function instants(found, label, kind, since = data.clock.firstYear) {
  return line(found, label, kind, since, 0, kind !== "driver");
}

/** A modelled sum by calendar year as a series, drawn at the middle of each year, or at `shift`. */
export function sums(found, label, kind, since = data.clock.firstYear, shift = MIDDLE) {
  return line(found, label, kind, Math.floor(since), shift, true);
}

const moved = computed(() => {
  const [now, today] = [runOf(scenario.value), todayOf(scenario.value)];
  return inUse.value.length > 0 || now.world !== today.world || now.changes.length > 0;
});

const parted = computed(() => {
  const run = runOf(scenario.value);
  if (run.world !== todayOf(scenario.value).world) return data.clock.firstYear;
  return Math.min(data.from, ...run.changes.map(({ start }) => start));
});

/** Whether the scenario differs from the one that it is held against. */
export const isMoved = () => moved.value;

/** The year from which a scenario may differ from today; where history is another, the first. */
export const differsFrom = () => parted.value;

/** A record as the series of a figure, drawn at `times`: what is recorded, and what is projected. */
export function recordSeries(name, times) {
  const all = points(seriesOf(name), "recorded", times);
  const ahead = all.of.statuses.map((status) => status === "projected");
  if (!ahead.includes(true)) return [all];
  const pick = (keep, label) => ({ ...only(all, (i) => ahead[i] === keep), label });
  return [pick(false, "recorded"), pick(true, "projected by its source")];
}

function line(found, label, kind, since, shift, banded) {
  const begin = Math.max(0, found.x.findIndex((year) => year >= since));
  const from = (values) => Array.from(values.slice(begin));
  const band = banded ? Object.fromEntries(BANDS.map((name) => [name, from(found[name])])) : {};
  const times = from(found.x);
  return { label, kind, x: times.map((time) => time + shift), y: from(found.median), ...band, of: { ...found.of, times } };
}
