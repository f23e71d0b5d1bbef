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

/** What is handed on of what is shown: its link. */
export const address = () => linkOf(scenario.value, view.value) + (embedded.value ? "&embed=1" : "");

/** Whether the page lies on the web, and others can open it where it is. */
export const onTheWeb = /^https?:$/.test(location.protocol);

/** What a page is called that is sent on: `upriver page` names it so. */
const FILE = "upriver.html";

/**
 * The link of a scenario: of a page on the web its whole address. Of one on a disk the scenario, with version
 * and digest, behind no path, which opens nothing elsewhere and tells whose machine it is.
 */
export function linkOf(scenario, view) {
  return onTheWeb ? addressOf(scenario, view) : FILE + fragmentOf(scenario, view);
}

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
