/**
 * On what ground scenarios are compared: one world and one projection at a time, each with its own ‘as today’.
 *
 * A scenario with levers moved is held against its own projection with all levers as today; one without, that
 * is a projection or a history alone, against the base of its system; so is a scenario file.
 */
import { world } from "../../model/data.js";
import { fresh, runOf, sinceOf, systemOf, usedIn } from "../../model/scenario.js";

/** The world that a scenario is held against. */
function groundOf(scenario) {
  const { name, loaded } = world(scenario.world);
  return usedIn(scenario).length && !loaded ? name : systemOf(scenario).base;
}

/**
 * Entries of the shelf by ground: `{base, members, since}`. `base` and members are `{scenario, place}`, the
 * place on the shelf or null; the base has all levers as today.
 */
export function groundsOf(entries) {
  const found = new Map();
  entries.forEach(({ scenario }, place) => {
    const name = groundOf(scenario);
    const ground = found.get(name) ?? { base: { scenario: { ...fresh(name), levers: {} }, place: null }, members: [] };
    found.set(name, ground);
    const isBase = scenario.world === name && !usedIn(scenario).length;
    if (isBase && ground.base.place === null) ground.base = { scenario, place };
    else ground.members.push({ scenario, place });
  });
  return [...found.values()].map((ground) => ({
    ...ground,
    since: sinceOf(...[ground.base, ...ground.members].map(({ scenario }) => runOf(scenario))),
  }));
}

/** A ground in words: its projection, and the system. */
export function groundText({ base: { scenario } }) {
  return `‘${world(scenario.world).title}’ (${systemOf(scenario).title})`;
}

/** What a ground's scenarios are held against, in words. */
export function baseText({ scenario, place }) {
  return `‘${scenario.title}’${place === null ? " with all levers as today" : ""}`;
}

/** What stands before the name of an entry: its place on the shelf, from one. */
export function labelOf({ scenario, place }) {
  return place === null ? `${scenario.title}, as today` : `${place + 1} ${scenario.title}`;
}

/** Whether a scenario has other drivers or another history than what it is held against. */
export function isElsewhere({ scenario }, base) {
  return scenario.world !== base.scenario.world && Object.keys(world(scenario.world).columns).length > 0;
}

/** A sentence on those that have; empty if none. */
export function elsewhereText({ base, members }) {
  const named = members.filter((one) => isElsewhere(one, base)).map(({ scenario }) => `‘${scenario.title}’`);
  if (!named.length) return "";
  const have = named.length > 1 ? "have" : "has";
  return `${named.join(", ")} ${have} other drivers or another history than ${baseText(base)}: what parts them is not the effect of levers alone.`;
}
