/** The address follows the scenario and what else a view shows, and the page follows the address. */
import { batch, computed, effect, signal } from "vendor";
import { world } from "./data.js";
import { choiceInLink, takeChoice } from "./diplomacy.js";
import { hasAll, readAll } from "./draws.js";
import { isNew, look, packOwn, packedOf } from "./file-link.js";
import { change } from "./history.js";
import { LONGEST, addressOf, fragmentOf, readFragment } from "./link.js";
import { moving, scenario } from "./scenario.js";
import { MOST, shelf, takeShelf } from "./shelf.js";
import { readShelf, shelfInLink } from "./shelf-link.js";

/** The view that is open, by its name. */
export const view = signal("");

/** Whether the page stands inside another, as a single figure. */
export const embedded = signal(false);

/** What was wrong with the address, in sentences. */
export const problems = signal([]);

/** A file in the address is being read. */
const reading = signal(false);

/** What is handed on of what is shown: its link. */
export const address = () => linkOf(scenario.value, view.value, more.value.fields) + (embedded.value ? "&embed=1" : "");

/** Whether the page lies on the web, and others can open it where it is. */
export const onTheWeb = /^https?:$/.test(location.protocol);

/** What a page is called that is sent on: `upriver page` names it so. */
const FILE = "upriver.html";

/** What the open view adds to its link, as fields, and how many scenarios of the shelf do not fit. */
const more = computed(() => {
  if (view.value === "diplomacy") return { fields: choiceInLink(), left: 0 };
  if (view.value !== "compare") return { fields: [], left: 0 };
  const entries = shelf.value.slice(1).map((entry) => entry.scenario);
  const here = world(scenario.value.world);
  const packed = here.loaded ? packedOf(here) : entries.map((one) => packedOf(world(one.world))).find(Boolean);
  const file = packed && !here.loaded ? [["f", packed]] : [];
  const used = fragmentOf(scenario.value, view.value, file).length;
  const { fields, left } = shelfInLink(entries, packed, used);
  return { fields: [...file, ...fields], left };
});

/** What the link of what is shown leaves out, in sentences. */
export const leftOut = computed(() => {
  const here = world(scenario.value.world);
  const { left } = more.value;
  return [
    ...(here.loaded && !packedOf(here) ? [`‘${here.title}’ is too large for a link: send its file along, which ‘Scenario file’ saves.`] : []),
    ...(left ? [`The link leaves out ${left} of the scenarios compared, which ${left === 1 ? "does" : "do"} not fit: send ${left === 1 ? "its file" : "their files"} along.`] : []),
  ];
});

/**
 * The link of a scenario: of a page on the web its whole address. Of one on a disk the scenario, with version
 * and digest, behind no path, which opens nothing elsewhere and tells whose machine it is.
 */
export function linkOf(scenario, view, fields) {
  return onTheWeb ? addressOf(scenario, view, fields) : FILE + fragmentOf(scenario, view, fields);
}

/** Read the address now and whenever it changes, and write it when the scenario does. */
export function followAddress(views) {
  view.value = views[0];
  const packed = packOwn();
  if (/[#&]f=/.test(location.hash)) {
    reading.value = true;
    packed.then(() => read(location.hash, views));
  } else read(location.hash, views);
  addEventListener("hashchange", () => read(location.hash, views));
  effect(() => {
    if (moving.value || reading.value || problems.value.length) return;
    write(fragmentOf(scenario.value, view.value, more.value.fields) + (embedded.value ? "&embed=1" : ""));
  });
}

/** Open a view. */
export function open(name) {
  view.value = name;
}

/** A file that the address carries is looked at first, and draws where it believes something, which takes a moment. */
function read(text, views) {
  const fields = new URLSearchParams(text.length > LONGEST ? "" : text.replace(/^#/, ""));
  const waits = [isNew(fields.get("f")) && look(fields.get("f")), fields.get("b") && !hasAll() && readAll()].filter(Boolean);
  if (!waits.length) return use(text, views);
  reading.value = true;
  return Promise.all(waits).then(() => use(text, views));
}

function use(text, views) {
  batch(() => {
    const found = readFragment(text, views);
    embedded.value = found.embed;
    if (found.view) view.value = found.view;
    if (found.fields) useMore(found.fields, found.problems);
    if (found.scenario) change(found.scenario, found.beliefs);
    problems.value = found.problems;
    reading.value = false;
  });
}

function useMore(fields, told) {
  const scenarios = readShelf(fields, MOST - 1, told);
  if (scenarios) takeShelf(scenarios);
  if (fields.has("dip") || fields.get("view") === "diplomacy") takeChoice(fields.get("dip"), told);
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
