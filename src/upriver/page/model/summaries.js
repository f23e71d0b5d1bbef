/**
 * What views ask for, and the newest answer to each.
 *
 * A view calls `useSummary({run, kind, ...})` and gets a signal with `{x, median, low, high, innerLow,
 * innerHigh, draws, of}` that follows the scenario: 95 and 50 % intervals; `of` says what it is of
 * (`origin.js`). What no mounted view asks for is not computed. Of a course, only what
 * a scenario's changes touch is computed anew; the rest is its world's.
 */
import { batch, computed, effect, signal, useEffect, useMemo } from "vendor";
import { LEAST, believed, keep } from "./beliefs.js";
import { ask } from "./client.js";
import { data, quarters, world, years } from "./data.js";
import { drawsIn } from "./draws.js";
import { originOf } from "./origin.js";
import { isWhole, moving, runOf, scenario, sinceOf, titleOf, todayOf } from "./scenario.js";

const wanted = new Map();
const known = new Map();
const texts = new WeakMap();
const MOST_KNOWN = 1200;
/** A hand that moves nothing for so long rests. */
const STILL_MS = 250;
const COURSES = ["level", "driver", "sums"];
const WHOLE = ["moment", "yearly"];
/** Years after `since` at which courses of a difference begin. */
const BEGINS = { course: 1, fewer: 0 };
/** What a key says of the draws of an answer. */
const [FIRST, ALL] = ["first", "all"];
/** Whether a run, or what it is held against, is of a world that has the first draws alone. */
const isCapped = (...runs) => runs.some((run) => run && drawsIn(world(run.world)) < data.draws);
let asked = false;

/** What is wrong with the engine, in words; empty once it answers. */
export const failure = signal("");

/** Say that the engine failed, what it was asked for, and what to do. */
export function fails(message, asked = "") {
  failure.value = `The engine failed${asked} (${message}). Reload the page; your scenario is in the address. If it fails again, report both.`;
}

/** How many scenarios have been shown, so that a reader of the page can tell when one is. */
export const shown = signal(0);

/** The scenario that the answers shown are of: while a hand moves, that of a moment ago. */
export const answered = signal(scenario.peek());

const shownIn = signal({});

/** Draws behind what is shown of a system: the first ones while a hand moves, all when it rests. */
export const drawsShownIn = (system) => shownIn.value[system] ?? data.first;

/** Of the system that the scenario runs in. */
export const drawsShown = computed(() => drawsShownIn(world(scenario.value.world).system));

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

let still = false;
let timer = 0;
/** The scenario and beliefs whose answers are all of all draws. */
let rested = [];

effect(() => {
  scenario.value;
  moving.value;
  keep.value;
  still = false;
  clearTimeout(timer);
  if (moving.peek()) timer = setTimeout(rest, STILL_MS);
  soon();
});

function rest() {
  still = true;
  soon();
}

/** What is not known yet: of the first draws, so that an answer comes at once, and when a hand rests of all. */
function send() {
  const now = scenario.peek();
  const held = believed.peek();
  const first = firstDraws(held);
  if (put(now, held, data.first, first > data.first)) return;
  if (first > data.first && put(now, held, first)) return;
  if (moving.peek() && !still) return show(now, held, [FIRST, ALL]);
  if (put(now, held, data.draws)) return;
  rested = [now, held];
  show(now, held, [ALL, FIRST]);
}

/** Of the first draws as many as a move runs; more where few of these hold what is believed. */
function firstDraws(held) {
  let draws = data.first;
  const kept = held ? keep.peek() : null;
  const count = () => kept.subarray(0, draws).reduce((sum, one) => sum + one, 0);
  while (kept && draws < data.draws && count() < LEAST) draws += data.first;
  return draws;
}

/**
 * Ask for runs and wants of so many draws that are not known yet, as one question, or of those alone that cannot be
 * of more; whether there were any.
 */
function put(now, held, draws, capped = false) {
  const of = draws === data.draws ? ALL : FIRST;
  const named = runsOf(now);
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
    for (const one of resolved(want, named, held, of)) {
      if (one.capped ? draws > data.first : capped) continue;
      if (known.has(one.key)) remember(one.key, known.get(one.key));
      if (known.has(one.key) || fresh.has(one.key)) continue;
      fresh.set(one.key, wants.length);
      const against = one.against && placeOf(one.against);
      wants.push({ ...one.want, all: !one.holds, run: placeOf(one.run), against });
    }
  }
  if (!wants.length) return false;
  ask({ runs, wants, keep: held ? keep.peek() : null }, draws, (found, failed, question) => {
    if (failed) return fails(failed, ` when asked for ${[...new Set(wants.map(({ kind }) => kind))].join(", ")} of ‘${titleOf(now)}’`);
    failure.value = "";
    if (!found) return;
    const whole = question.draws === data.first;
    inPart.value = !whole;
    for (const [key, place] of fresh) remember(key, found[place]);
    const isRested = of === ALL || (rested[0] === now && rested[1] === held);
    show(now, held, isRested ? [ALL, FIRST] : [FIRST, ALL]);
    if (!whole) for (const key of fresh.keys()) known.delete(key);
    const waits = moving.peek() && (!whole || !still);
    if (!waits || scenario.peek() !== now || believed.peek() !== held) soon();
  }, moving.peek() && !still);
  return true;
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
function resolved(want, named, believes, of) {
  const { run: name, against: other, all, ...rest } = want;
  const run = runNamed(name, named);
  const holds = all || !isWhole(run.world) ? "" : believes;
  const course = COURSES.includes(rest.kind);
  if (course) {
    const behind = { world: run.world, changes: [] };
    const parts = run.changes.length ? [behind, run] : [behind];
    return parts.map((one) => item(of, holds, rest, one));
  }
  if (WHOLE.includes(rest.kind)) {
    const against = other && runNamed(other, named);
    return [item(of, holds, rest, run, against)];
  }
  const held = other ? runOf(other) : typeof name === "object" ? todayOf(name) : named.today;
  const against = rest.kind === "total" ? undefined : held;
  const since = rest.since ?? sinceOf(run, ...(against ? [against] : []));
  const full = { ...rest, since };
  return [item(of, holds, full, run, against)];
}

function item(of, holds, want, run, against) {
  const capped = isCapped(run, against);
  return { key: keyOf(capped ? FIRST : of, holds, want, run, against), capped, want, run, against, holds };
}

/** The runs that wants name, of a scenario. */
function runsOf(scenario) {
  return { now: runOf(scenario), today: todayOf(scenario) };
}

function runNamed(name, named) {
  return named[name] ?? runOf(name);
}

function keyOf(of, holds, want, run, against) {
  return [of, holds, JSON.stringify(want), textOf(run), against ? textOf(against) : ""].join("|");
}

/** A run as text, written once for all that is asked of it. */
function textOf(run) {
  if (!texts.has(run)) texts.set(run, JSON.stringify(run));
  return texts.get(run);
}

/** Put the answers where the views see them, at once: of the draws that come first in `order` and are known. */
function show(now, held, order) {
  const named = runsOf(now);
  batch(() => {
    const least = {};
    for (const entry of wanted.values()) {
      for (const of of order) {
        const parts = resolved(entry.want, named, held, of);
        const found = parts.map(({ key }) => known.get(key));
        if (found.some((one) => !one)) continue;
        const shows = parts.at(-1).key;
        if (entry.shows !== shows || entry.signal.value?.draws !== found.at(-1).draws) {
          entry.shows = shows;
          entry.signal.value = joined(parts.at(-1), found);
        }
        break;
      }
      const { value } = entry.signal;
      if (value && !entry.want.all) least[value.of.system] = Math.min(least[value.of.system] ?? Infinity, value.draws);
    }
    if (!same(least, shownIn.peek())) shownIn.value = { ...shownIn.peek(), ...least };
    answered.value = now;
    shown.value += 1;
  });
}

/** Whether one says nothing else than another does. */
function same(one, other) {
  return Object.keys(one).every((name) => one[name] === other[name]);
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
