/**
 * What views ask for, and the newest answer to each.
 *
 * A view calls `useSummary({run, kind, ...})` and gets a signal with `{x, median, low, high, innerLow,
 * innerHigh, draws, of}` that follows the scenario: 95 and 50 % intervals; `of` says what it is of
 * (`origin.js`). What no mounted view asks for is not computed. Of a course, only what
 * a scenario's changes touch is computed anew; the rest is its world's.
 */
import { batch, effect, signal, useEffect, useMemo } from "vendor";
import { believed, keep } from "./beliefs.js";
import { ask } from "./client.js";
import { data, quarters, years } from "./data.js";
import { originOf } from "./origin.js";
import { isWhole, moving, runOf, scenario, sinceOf, todayOf } from "./scenario.js";

const wanted = new Map();
const known = new Map();
const texts = new WeakMap();
const MOST_KNOWN = 600;
const COURSES = ["level", "driver", "sums"];
const WHOLE = ["moment", "yearly"];
/** Years after `since` at which courses of a difference begin. */
const BEGINS = { course: 1, fewer: 0 };
let asked = false;

/** The newest failure of the engine, in words. */
export const failure = signal("");

/** How many scenarios have been shown, so that a reader of the page can tell when one is. */
export const shown = signal(0);

/** The scenario that the answers shown are of: while a hand moves, that of a moment ago. */
export const answered = signal(scenario.peek());

/** Draws behind what is shown; fewer while a hand moves on a slow machine. */
export const drawsShown = signal(data.draws);

/** Whether a slow machine ran a part of the draws only, while a hand moves. */
export const inPart = signal(false);

/**
 * The newest answer to a want, as a signal; null until there is one.
 *
 * `run`: "now", "today", or a scenario. `kind`: level (with `output`), driver (with `path`), moment
 * (with `outputs` and `at`), yearly (with `flows`, and `less`, `per`, `fiscal`, `at`), sums, total, averted
 * (also `helps` and `harms`, in draws), course, fewer (with `flow`). `since` is the year from which totals count; by default as `upriver compare` has
 * it. `against` is what averted and course are held against, by default all levers as today; a moment with
 * it is the difference. With `all`, draws in which a belief does not hold count too; with `values`, the
 * first number in each draw is told as well.
 */
export function useSummary(want) {
  const key = JSON.stringify(want);
  const entry = useMemo(() => entryOf(key, want), [key]);
  useEffect(() => {
    wanted.set(key, entry);
    entry.users += 1;
    soon();
    return () => {
      entry.users -= 1;
      if (!entry.users) wanted.delete(key);
    };
  }, [key]);
  return entry.signal;
}

/** One entry a want, however many views have it. */
function entryOf(key, want) {
  if (!wanted.has(key)) wanted.set(key, { want, signal: signal(null), users: 0, shows: "" });
  return wanted.get(key);
}

/** Ask once in a turn, however many views changed. */
function soon() {
  if (asked) return;
  asked = true;
  queueMicrotask(() => {
    asked = false;
    send();
  });
}

effect(() => {
  scenario.value;
  moving.value;
  keep.value;
  soon();
});

/** Runs and wants of all that is not known yet, as one question. */
function send() {
  const now = scenario.peek();
  const named = runsOf(now);
  const held = believed.peek();
  const runs = [];
  const places = new Map();
  const wants = [];
  const fresh = new Map();
  const placeOf = (run) => {
    const text = textOf(run);
    if (!places.has(text)) places.set(text, runs.push(run) - 1);
    return places.get(text);
  };
  for (const { want } of wanted.values()) {
    for (const one of resolved(want, named, held)) {
      if (known.has(one.key)) remember(one.key, known.get(one.key));
      if (known.has(one.key) || fresh.has(one.key)) continue;
      fresh.set(one.key, wants.length);
      const against = one.against && placeOf(one.against);
      wants.push({ ...one.want, all: !one.holds, run: placeOf(one.run), against });
    }
  }
  if (!wants.length) return show(now, held);
  ask({ runs, wants, keep: held ? keep.peek() : null }, (found, failed, question) => {
    failure.value = failed ?? "";
    if (!found) return;
    const whole = question.draws === data.draws;
    inPart.value = !whole;
    for (const [key, place] of fresh) remember(key, found[place], whole);
    show(now, held);
    if (!whole) for (const key of fresh.keys()) known.delete(key);
    if (scenario.peek() !== now || believed.peek() !== held || (!whole && !moving.peek())) soon();
  }, moving.peek());
}

function remember(key, found) {
  known.delete(key);
  known.set(key, found);
  while (known.size > MOST_KNOWN) known.delete(known.keys().next().value);
}

/**
 * A want with its runs: that which is shown, and, for a course, that of the world behind it. What is believed
 * holds in the whole system alone.
 */
function resolved(want, named, believes) {
  const { run: name, against: other, all, ...rest } = want;
  const run = runNamed(name, named);
  const holds = all || !isWhole(run.world) ? "" : believes;
  const course = COURSES.includes(rest.kind);
  if (course) {
    const behind = { world: run.world, changes: [] };
    const parts = run.changes.length ? [behind, run] : [behind];
    return parts.map((one) => ({ key: keyOf(holds, rest, one), want: rest, run: one, holds }));
  }
  if (WHOLE.includes(rest.kind)) {
    const against = other && runNamed(other, named);
    return [{ key: keyOf(holds, rest, run, against), want: rest, run, against, holds }];
  }
  const held = other ? runOf(other) : typeof name === "object" ? todayOf(name) : named.today;
  const against = rest.kind === "total" ? undefined : held;
  const since = rest.since ?? sinceOf(run, ...(against ? [against] : []));
  const full = { ...rest, since };
  return [{ key: keyOf(holds, full, run, against), want: full, run, against, holds }];
}

/** The runs that wants name, of a scenario. */
function runsOf(scenario) {
  return { now: runOf(scenario), today: todayOf(scenario) };
}

function runNamed(name, named) {
  return named[name] ?? runOf(name);
}

function keyOf(holds, want, run, against) {
  return [holds, JSON.stringify(want), textOf(run), against ? textOf(against) : ""].join("|");
}

/** A run as text, written once: an effect that is drawn has a number for each draw. */
function textOf(run) {
  if (!texts.has(run)) texts.set(run, JSON.stringify(run));
  return texts.get(run);
}

/** Put the answers where the views see them, at once. */
function show(now, held) {
  const named = runsOf(now);
  batch(() => {
    for (const entry of wanted.values()) {
      const parts = resolved(entry.want, named, held);
      const shows = parts.at(-1).key;
      const found = parts.map(({ key }) => known.get(key));
      if (found.some((one) => !one)) continue;
      if (entry.shows === shows && entry.signal.value?.draws === found.at(-1).draws) continue;
      entry.shows = shows;
      entry.signal.value = joined(parts.at(-1), found);
      if (!entry.want.all) drawsShown.value = found.at(-1).draws;
    }
    answered.value = now;
    shown.value += 1;
  });
}

/** A course of the world up to the first change, and of the scenario from there. */
function joined({ want, run }, parts) {
  const { since } = want;
  const x = want.kind === "yearly" ? years.slice(-parts[0].median.length) : want.kind === "sums" ? years : quarters;
  const newest = parts.at(-1);
  const together = (name) => {
    if (parts.length === 1) return parts[0][name];
    const all = parts[0][name].slice();
    all.set(newest[name], newest.first);
    return all;
  };
  return {
    x: want.kind in BEGINS ? newest.median.map((_, i) => Math.floor(since) + BEGINS[want.kind] + i) : x,
    low: together("low"),
    innerLow: together("innerLow"),
    median: together("median"),
    innerHigh: together("innerHigh"),
    high: together("high"),
    draws: newest.draws,
    helps: newest.helps,
    harms: newest.harms,
    values: newest.values,
    since,
    of: originOf(want, run, newest.draws),
  };
}
