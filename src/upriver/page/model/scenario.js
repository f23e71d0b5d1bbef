/**
 * The scenario on the page: a world (a projection of the drivers), and levers with strength, start
 * and ramp. One value, never changed in place, so that undo is a list of them.
 */
import { computed, signal } from "vendor";
import { data, lever, onParameters, world } from "./data.js";

/** The scenario that the page was made with, if it was made with one. */
export const LOADED = data.opens === data.worlds[0].name ? null : data.opens;

/** A scenario of a world with nothing, or with the levers of the loaded file, in use. */
export function fresh(name) {
  const found = world(name) ?? data.worlds[0];
  return { world: found.name, title: found.title, levers: { ...(found.levers ?? {}) } };
}

/** Every lever as today, in the same world. */
export function asToday(scenario) {
  return { ...scenario, levers: {}, title: world(scenario.world).title };
}

/** What the scenario is called: the name that it was given, or what it is. */
export function titleOf(scenario) {
  const { title } = world(scenario.world);
  if (scenario.title !== title) return scenario.title;
  const used = usedIn(scenario);
  if (!used.length || world(scenario.world).loaded) return title;
  return used.length === 1 ? `${title}: ${used[0].title}` : `${title} with ${used.length} levers`;
}

/** The scenario with a lever set. Its dates stay while its strength passes 'as today'. */
export function withLever(scenario, name, setting) {
  const { today, from, over } = lever(name);
  const before = scenario.levers[name] ?? { by: today, from, over };
  return { ...scenario, levers: { ...scenario.levers, [name]: { ...before, ...setting } } };
}

/** Levers that are not as today and move something in the world, in their order. */
export function usedIn(scenario) {
  return data.levers.filter((one) => strength(scenario, one.name) !== one.today && actsIn(scenario, one));
}

/** Whether a lever moves anything in a scenario's world: the published model has no supply to move. */
export function actsIn(scenario, { acts_in }) {
  return acts_in.includes(world(scenario.world).system);
}

/** The strength of a lever, whether it is in use or not. */
export function strength(scenario, name) {
  return scenario.levers[name]?.by ?? lever(name).today;
}

/** The system that a scenario runs in: the published model, or the whole; `{title, base, caveat, limits}`. */
export function systemOf(scenario) {
  return data.systems[world(scenario.world).system];
}

/** Whether a world is the whole system, with supply and diplomacy, and not the published model alone. */
export function isWhole(name) {
  return world(name).system === "whole";
}

/** What stands beside a record in the open world: what supply makes is not given there. */
export function besideIn(scenario, beside) {
  const made = isWhole(scenario.world) && beside ? data.made[beside.name] : undefined;
  return made ? { kind: "level", name: made } : beside;
}

/** What the engine is told: the world, its changes in the order of the levers, and `extra` ones of a view. */
export function runOf(scenario) {
  const fixed = world(scenario.world).changes ?? [];
  const moved = usedIn(scenario).map((one) => {
    const { by, from, over } = scenario.levers[one.name];
    const { acts_on: paths, operation } = one;
    const factors = one.factors && one.name;
    return { paths, operation, amount: onParameters(one, by), factors, start: from, years: over };
  });
  return { world: scenario.world, changes: [...fixed, ...moved, ...(scenario.extra ?? [])] };
}

/** What it is held against: the same world with all levers as today; for a loaded file, the base of its system. */
export function todayOf(scenario) {
  const found = world(scenario.world);
  return { world: found.loaded ? systemOf(scenario).base : found.name, changes: [] };
}

/** The year from which deaths are counted (`experiments/compare.py`). */
export function sinceOf(...runs) {
  const starts = runs.flatMap((run) => {
    const history = world(run.world).rewrites;
    return history ? [] : run.changes.map((change) => change.start);
  });
  return Math.min(data.from, ...starts);
}

export const scenario = signal(fresh(data.opens));

/** A hand is on a control. */
export const moving = signal(false);

let rested = scenario.peek();

/** The scenario as it was when last no hand was on a control: what links say while one is. */
export const atRest = computed(() => {
  if (!moving.value) rested = scenario.value;
  return rested;
});

/** Its world. */
export const worldInUse = computed(() => world(scenario.value.world));

/** The system that it runs in. */
export const system = computed(() => systemOf(scenario.value));

/** Whether that is the whole, with supply and diplomacy. */
export const whole = computed(() => isWhole(scenario.value.world));

/** Levers in use, in order. */
export const inUse = computed(() => usedIn(scenario.value));

/** How many they are, and their names as one text: both stay while a lever that is in use moves. */
export const countInUse = computed(() => inUse.value.length);
export const namesInUse = computed(() => inUse.value.map(({ name }) => name).join(" "));
