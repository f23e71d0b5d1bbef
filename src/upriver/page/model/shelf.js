/**
 * The shelf: up to five scenarios side by side. The first is as today and stays; what each is held against
 * is the view's (`views/compare/grounds.js`).
 *
 * It is kept for the next visit where a browser allows it, as links. What is found there is not
 * trusted: it is read as any link is, and what is not right is left out and told. The links of Compare carry
 * it, too (`shelf-link.js`).
 */
import { computed, signal } from "vendor";
import { data, world } from "./data.js";
import { fragmentOf, readFragment } from "./link.js";
import { plain } from "./plain.js";
import { fresh, titleOf } from "./scenario.js";

/** Scenarios on the shelf, the first included. */
export const MOST = 5;

/** Characters of a name. */
export const LONGEST = 60;

const KEY = `upriver-shelf${data.place ? `-${data.place.code}` : ""}`;
const LEVELS = ["some", "more", "most"];
const [BASE] = data.worlds;

const AS_TODAY = { id: "today", scenario: { ...fresh(BASE.name), title: "As today" } };

let count = 0;

/** Sentences on what was kept before and could not be read. */
export const lost = signal([]);

const kept = signal(remembered());

/** What stood on the shelf before a link brought another. */
export const aside = signal([]);

/** All that is compared: `{id, scenario}`, the first as today. */
export const shelf = computed(() => [AS_TODAY, ...kept.value]);

export const full = computed(() => shelf.value.length >= MOST);

/** Put a scenario on the shelf under a name. */
export function keep(scenario, name) {
  if (full.value) return;
  put([...kept.value, entry(scenario, name)]);
}

export function remove(id) {
  put(kept.value.filter((one) => one.id !== id));
}

export function rename(id, name) {
  put(kept.value.map((one) => (one.id === id ? { ...one, scenario: named(one.scenario, name) } : one)));
}

/** Take the shelf of a link. What stood there is put aside, and stays remembered until a hand changes the shelf. */
export function takeShelf(scenarios) {
  const brought = scenarios.map((one) => entry(one, one.title));
  if (textOf(brought) === textOf(kept.value)) return;
  aside.value = kept.value;
  kept.value = brought;
}

/** Back to what stood on the shelf before a link brought another. */
export function takeBack() {
  put(aside.value);
  aside.value = [];
}

function textOf(entries) {
  return JSON.stringify(entries.map(({ scenario }) => scenario));
}

/** A name for a scenario: its own, or what it changes. */
export function nameFor(scenario) {
  return shortened(titleOf(scenario));
}

/** Scenarios to add at a click: the worlds that ship, and all levers at each of their levels. */
export const READY = [
  ...LEVELS.map((level) => ({ name: `All levers at ‘${level}’`, scenario: allAt(level) })),
  ...data.worlds.slice(1).map(({ name, title }) => ({ name: shortened(title), scenario: fresh(name) })),
];

/** Every lever at a level of its own; one that has none there stays as today. */
function allAt(level) {
  const moved = data.levers
    .filter(({ levels, today }) => (levels[level] ?? today) !== today)
    .map((one) => [one.name, { by: one.levels[level], from: one.from, over: one.over }]);
  return { ...fresh(BASE.name), levers: Object.fromEntries(moved) };
}

function entry(scenario, name) {
  return { id: `kept-${(count += 1)}`, scenario: named(scenario, name) };
}

/** The scenario under a name; without one, under one that it makes. */
function named(scenario, name) {
  const unnamed = { ...scenario, title: world(scenario.world).title };
  return { ...scenario, title: shortened(plain(name)) || nameFor(unnamed) };
}

function shortened(text) {
  const all = Array.from(text);
  return all.length > LONGEST ? all.slice(0, LONGEST - 1).join("") + "…" : text;
}

function put(entries) {
  kept.value = entries;
  const links = entries
    .filter(({ scenario }) => !world(scenario.world).loaded)
    .map(({ scenario }) => fragmentOf(scenario, ""));
  try {
    localStorage.setItem(KEY, JSON.stringify(links));
  } catch {
    /* Private windows and some files have no memory: the shelf lasts as long as the page. */
  }
}

function remembered() {
  const found = stored();
  const read = found.slice(0, MOST - 1).map(readLink).filter(Boolean);
  const gone = found.length - read.length;
  if (gone) lost.value = [`Of the scenarios kept before, ${gone} could not be read and ${gone === 1 ? "was" : "were"} left out.`];
  return read.map((scenario) => entry(scenario, scenario.title));
}

function stored() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found : [found];
  } catch {
    return [];
  }
}

/** The scenario of a link; null if anything in it is not right. A version that has passed is no fault. */
function readLink(text) {
  if (typeof text !== "string") return null;
  const fields = new URLSearchParams(text.replace(/^#/, ""));
  fields.set("v", data.version);
  fields.set("d", data.digest);
  const { scenario, problems } = readFragment(fields.toString(), []);
  return problems.length ? null : scenario;
}
