/** The address follows the scenario, and the page follows the address. */
import { effect, signal } from "vendor";
import { change } from "./history.js";
import { addressOf, fragmentOf, readFragment } from "./link.js";
import { moving, scenario } from "./scenario.js";

/** The view that is open, by its name. */
export const view = signal("");

/** Whether the page stands inside another, as a single figure. */
export const embedded = signal(false);

/** What was wrong with the address, in sentences. */
export const problems = signal([]);

/** The full address of what is shown. */
export const address = () => addressOf(scenario.value, view.value) + (embedded.value ? "&embed=1" : "");

/** Read the address now and whenever it changes, and write it when the scenario does. */
export function followAddress(views) {
  view.value = views[0];
  read(location.hash, views);
  addEventListener("hashchange", () => read(location.hash, views));
  effect(() => {
    const fragment = fragmentOf(scenario.value, view.value) + (embedded.value ? "&embed=1" : "");
    if (!moving.value && problems.value.length === 0) write(fragment);
  });
}

/** Open a view. */
export function open(name) {
  view.value = name;
}

function read(text, views) {
  const found = readFragment(text, views);
  problems.value = found.problems;
  embedded.value = found.embed;
  if (found.view) view.value = found.view;
  if (found.scenario) change(found.scenario);
}

/** Replace the address; where a browser forbids it, the page goes on without. */
function write(fragment) {
  if (location.hash === fragment) return;
  try {
    history.replaceState(null, "", fragment);
  } catch {
    /* Some browsers forbid this for files; 'copy link' still gives the address. */
  }
}
