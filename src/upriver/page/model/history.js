/** Undo and redo: whole scenarios, each a value. A drag is one step, from press to release. */
import { computed, signal } from "vendor";
import { moving, scenario } from "./scenario.js";

const MOST = 200;

const before = signal([]);
const after = signal([]);
let pressed = null;
let held = null;

export const canUndo = computed(() => before.value.length > 0);
export const canRedo = computed(() => after.value.length > 0);

/** Change the scenario. While a hand moves, the steps between are not kept. */
export function change(next) {
  if (same(next, scenario.value)) return;
  if (!moving.value) keep(scenario.value);
  scenario.value = next;
}

/** A hand takes hold of a control, and so lets go of any other. */
export function press(control) {
  if (held === control) return;
  release(held);
  held = control;
  pressed = scenario.value;
  moving.value = true;
}

/** The hand lets go of a control: one step is kept, and all draws are run. */
export function release(control) {
  if (held === null || held !== control) return;
  const from = pressed;
  held = null;
  pressed = null;
  moving.value = false;
  if (!same(from, scenario.value)) keep(from);
}

export function undo() {
  step(before, after);
}

export function redo() {
  step(after, before);
}

function step(from, to) {
  if (!from.value.length) return;
  to.value = [...to.value, scenario.value];
  scenario.value = from.value.at(-1);
  from.value = from.value.slice(0, -1);
}

function keep(one) {
  before.value = [...before.value, one].slice(-MOST);
  after.value = [];
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
