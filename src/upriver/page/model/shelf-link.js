/**
 * The shelf in a link: of each scenario `c=WORLD,LEVER:BY:FROM:OVER~...,NAME`, and at the end `c=+N` where
 * N did not fit. What is read is checked as all of a link is.
 */
import { data, world } from "./data.js";
import { foundOf, packedOf } from "./file-link.js";
import { FILE, LONGEST, leversText, readLevers } from "./link.js";
import { nameOf, quoted } from "./plain.js";
import { fresh } from "./scenario.js";

const FIELD = "c";

/** Left for what else a link holds: version, view, a mark of what is left out. */
const SPARE = 60;

/**
 * Scenarios as fields of a link that has `used` characters, and how many do not fit. One of a file goes
 * along only if the link carries that file, `packed`.
 */
export function shelfInLink(scenarios, packed, used) {
  const fields = [];
  let room = LONGEST - used - SPARE;
  let left = 0;
  for (const one of scenarios) {
    const text = textOf(one);
    const long = new URLSearchParams({ [FIELD]: text }).toString().length + 1;
    const own = world(one.world);
    if (long > room || (own.loaded && (!packed || packedOf(own) !== packed))) {
      left += 1;
      continue;
    }
    room -= long;
    fields.push([FIELD, text]);
  }
  if (left) fields.push([FIELD, `+${left}`]);
  return { fields, left };
}

/** Scenarios of a link, at most so many; null where it has no shelf. */
export function readShelf(fields, most, problems) {
  if (!fields.has(FIELD)) return null;
  const all = fields.getAll(FIELD).filter(Boolean);
  const schema = fields.get("s") ?? "1";
  const found = all.filter((text) => !/^\+\d$/.test(text));
  const left = all.find((text) => /^\+\d$/.test(text));
  if (left) problems.push(`Of the scenarios compared, ${left.slice(1)} did not fit in the link.`);
  if (found.length > most) problems.push(`The link holds ${found.length} scenarios to compare, and the shelf takes ${most}; the others were left out.`);
  return found.slice(0, most).map((text) => read(text, schema, fields.get("f"), problems)).filter(Boolean);
}

function textOf(scenario) {
  const { loaded } = world(scenario.world);
  return [loaded ? FILE : scenario.world, leversText(scenario), scenario.title].join(",");
}

/** The scenario of a text; nothing if it is not right, which is told. */
function read(text, schema, packed, problems) {
  const [name, levers = "", ...rest] = text.split(",");
  const found = worldOf(name, packed);
  if (!found) {
    problems.push(`The link compares a scenario of '${quoted(name)}', a projection that this page does not have; it was left out.`);
    return null;
  }
  const one = fresh(found);
  return { ...one, levers: readLevers(levers, schema, problems), title: nameOf(rest.join(",")) || one.title };
}

function worldOf(name, packed) {
  if (name === FILE) return packed ? foundOf(packed).name : null;
  return data.worlds.some((one) => one.name === name && !one.loaded) ? name : null;
}
