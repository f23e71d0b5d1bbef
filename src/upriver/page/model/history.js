/** Undo and redo: whole scenarios and what is believed, each a value. A drag is one step, from press to release. */
import { batch, computed, signal } from "vendor";
import { beliefs } from "./beliefs.js";
import { moving, scenario } from "./scenario.js";

const MOST = 200;

const before = signal([]);
const after = signal([]);
let pressed = null;
let held = null;

export const canUndo = computed(() => before.value.length > 0);
export const canRedo = computed(() => after.value.length > 0);

/** Change the scenario, or what is believed. While a hand moves, the steps between are not kept. */
export function change(next, held = beliefs.value) {
  const before = now();
  if (same([next, held], before)) return;
  if (!moving.value) keep(before);
  take([next, held]);
}

/** Change what is believed. */
export function believe(held) {
  change(scenario.value, held);
}

/** A hand takes hold of a control, and so lets go of any other. */
export function press(control) {
  if (held === control) return;
  release(held);
  held = control;
  pressed = now();
  moving.value = true;
}

/** The hand lets go of a control: one step is kept, and all draws are run. */
export function release(control) {
  if (held === null || held !== control) return;
  const from = pressed;
  held = null;
  pressed = null;
  moving.value = false;
  if (!same(from, now())) keep(from);
}

export function undo() {
  step(before, after);
}

export function redo() {
  step(after, before);
}

function step(from, to) {
  if (!from.value.length) return;
  to.value = [...to.value, now()];
  take(from.value.at(-1));
  from.value = from.value.slice(0, -1);
}

function now() {
  return [scenario.value, beliefs.value];
}

function take([next, held]) {
  batch(() => {
    scenario.value = next;
    beliefs.value = held;
  });
}

function keep(one) {
  before.value = [...before.value, one].slice(-MOST);
  after.value = [];
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
