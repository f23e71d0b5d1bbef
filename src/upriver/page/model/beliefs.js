/**
 * What a reader believes: bounds on constants that differ by draw. Draws in which they do not hold are left
 * out, as `--believe` leaves them out: all draws count the same, so those that are left are the effective
 * sample, and fewer than `LEAST` say nothing (`policy/beliefs.py`). They are of the fit, and so of the whole
 * system alone.
 */
import { computed, signal } from "vendor";
import { number } from "kit/format.js";
import { data } from "./data.js";
import { inEveryDraw } from "./columns.js";
import { whole } from "./scenario.js";

export const LEAST = data.believable.least;

/** How many draws the page has, as text. */
export const ALL_DRAWS = number(data.draws, 0);

/** By path `[meaning, whether it is an assumption still]`. */
export const CONSTANTS = data.believable.constants;

const values = new Map();

/** Bounds by path, `[low, high]`; null where there is none. Never changed in place. */
export const beliefs = signal({});

/** A constant in each draw. */
export function valuesOf(path) {
  if (!values.has(path)) values.set(path, inEveryDraw(data.columns[path]));
  return values.get(path);
}

/** Which draws hold all of these, as ones and zeros; null if nothing is believed. */
export function keptBy(held) {
  const all = Object.entries(held);
  if (!all.length) return null;
  const kept = new Uint8Array(data.draws).fill(1);
  for (const [path, [low, high]] of all) {
    valuesOf(path).forEach((value, d) => {
      if ((low !== null && value < low) || (high !== null && value > high)) kept[d] = 0;
    });
  }
  return kept;
}

/** How many draws hold all of these. */
export function countOf(held) {
  return keptBy(held)?.reduce((sum, one) => sum + one, 0) ?? data.draws;
}

/** The draws that are kept, and how many. */
export const keep = computed(() => keptBy(beliefs.value));
export const left = computed(() => countOf(beliefs.value));

/** Whether what is shown is of some draws only, for what is believed. */
export const believing = computed(() => whole.value && keep.value !== null);

/** Beliefs as text: `PATH:LOW:HIGH~...`, empty if there are none. */
export const believed = computed(() =>
  Object.entries(beliefs.value).map(([path, ends]) => [path, ...ends.map((end) => end ?? "")].join(":")).join("~"));

/** Each as `upriver` reads it: `PATH >= LOW`. */
function boundsOf(held) {
  return Object.entries(held).flatMap(([path, [low, high]]) => [
    ...(low === null ? [] : [`${path} >= ${low}`]),
    ...(high === null ? [] : [`${path} <= ${high}`]),
  ]);
}

/** What a command needs to choose the same draws; empty if nothing is believed. */
export function optionsOf(held) {
  const each = boundsOf(held).map((bound) => `--believe "${bound}"`);
  return each.length ? `${each.join(" ")} --among ${data.draws}` : "";
}

/** How many draws are kept, of how many. */
export const leftSaid = () => `${number(left.value, 0)} of ${ALL_DRAWS}`;

/** The draws that are kept, as commands have them. */
export function drawsSaid() {
  return `the ${leftSaid()} draws in which ${boundsOf(beliefs.value).join(" and ")}`;
}

/** Beliefs with another of a constant; without, if it has no bounds. */
export function withBelief(held, path, ends) {
  const { [path]: _, ...others } = held;
  return ends.every((end) => end === null) ? others : { ...others, [path]: ends };
}
