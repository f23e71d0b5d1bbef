/**
 * The scenario as an address: `#v=VERSION&d=DIGEST&s=2&w=WORLD&p=PLACE&l=LEVER:BY:FROM:OVER~...&b=PATH:LOW:HIGH~...&view=VIEW`.
 *
 * `s` is the schema, as in scenario files: in 2 a lever's amount grows with its verb. A link without it is
 * of schema 1, and is read as it was meant: former names, amounts with the sign of the parameters' change.
 *
 * What comes from an address is not trusted: every part is checked, what is wrong is told in words,
 * the rest is used, and nothing of it is ever put in as markup.
 */
import { ALL_DRAWS, CONSTANTS, LEAST, believed, countOf } from "./beliefs.js";
import { IN_PLACE, data, formerLever, lever, onParameters, world } from "./data.js";
import { TOO_LARGE, foundOf, packedOf } from "./file-link.js";
import { nameOf, quoted } from "./plain.js";
import { fresh, usedIn } from "./scenario.js";

const SCHEMA = "2";

/** What a world of a file is called in links; `f` is the file. */
export const FILE = "file";

/** Characters of the longest link. */
export const LONGEST = 8000;

/** The fragment of a scenario and a view, and of what else a view has, as pairs of field and text. */
export function fragmentOf(scenario, view, more = []) {
  const here = world(scenario.world);
  const fields = new URLSearchParams({ v: data.version, d: data.digest, s: SCHEMA, w: here.loaded ? FILE : here.name });
  if (data.place) fields.set("p", data.place.code);
  if (here.loaded) fields.set("f", packedOf(here) || TOO_LARGE);
  const levers = leversText(scenario);
  if (levers) fields.set("l", levers);
  if (believed.value) fields.set("b", believed.value);
  if (scenario.title !== here.title) fields.set("t", scenario.title);
  if (view) fields.set("view", view);
  for (const [name, text] of more) fields.append(name, text);
  return "#" + fields.toString().replace(/%(3A|7E|2C)/g, decodeURIComponent);
}

/** The levers of a scenario that are not as today. */
export function leversText(scenario) {
  const set = usedIn(scenario).map(({ name }) => {
    const { by, from, over } = scenario.levers[name];
    return [name, by, from, over].join(":");
  });
  return set.join("~");
}

/** The address of this page with a scenario. */
export function addressOf(scenario, view, more) {
  return location.href.split("#")[0] + fragmentOf(scenario, view, more);
}

/**
 * What a fragment says: `{scenario, beliefs, view, problems, embed, fields}`. `scenario` is null where the
 * fragment names none; `problems` are sentences; `fields` are there for what else a view has, and null where
 * the fragment is too long. A file in it must have been looked at before.
 */
export function readFragment(text, views) {
  const problems = [];
  const bare = text.replace(/^#/, "");
  if (bare.length > LONGEST) {
    return { scenario: null, view: null, embed: false, fields: null, problems: [`The link is too long (${bare.length} characters, at most ${LONGEST}), so it was not used.`] };
  }
  const fields = new URLSearchParams(bare);
  const view = readView(fields, views, problems);
  const embed = fields.get("embed") === "1";
  if (!["w", "l", "t", "b"].some((name) => fields.has(name))) {
    if (bare && !view && !embed) problems.push("The link holds no scenario, so the page starts as it is today.");
    return { scenario: null, view, embed, fields, problems };
  }
  if (sayPlace(fields, problems)) sayVersion(fields, problems);
  const scenario = fresh(readWorld(fields, problems));
  scenario.levers = readLevers(fields.get("l") ?? "", fields.get("s") ?? "1", problems);
  scenario.title = nameOf(fields.get("t") ?? "") || scenario.title;
  return { scenario, beliefs: readBeliefs(fields.get("b") ?? "", problems), view, embed, fields, problems };
}

function readView(fields, views, problems) {
  const name = fields.get("view");
  if (name === null) return null;
  if (views.includes(name)) return name;
  problems.push(`The link names a view '${quoted(name)}' that this page does not have.`);
  return null;
}

/** What is said of a link of another place's page; its digest is another, too. */
function sayPlace(fields, problems) {
  const [there, here] = [fields.get("p"), data.place?.code ?? null];
  if (there === here) return true;
  const from = there ? `a page of ${data.places[there] ?? quoted(there)}` : "the country’s page";
  problems.push(`This link was made on ${from}, and this page is of ${IN_PLACE}. The scenario is the same, its numbers are of ${IN_PLACE}.`);
  return false;
}

function sayVersion(fields, problems) {
  const [version, digest] = [fields.get("v"), fields.get("d")];
  if (version === data.version && digest === data.digest) return;
  const from = version ? `version ${quoted(version)} (${quoted(digest ?? "no digest")})` : "an unknown version";
  problems.push(
    `This link was made with ${from}; this page is version ${data.version} (${data.digest}). ` +
      "The scenario is the same, its numbers may differ.",
  );
}

function readWorld(fields, problems) {
  const name = fields.get("w");
  if (name === FILE && fields.has("f")) return readFile(fields.get("f"), problems);
  if (name === null || world(name)) return name ?? data.worlds[0].name;
  problems.push(
    name === FILE
      ? "The link builds on a scenario file that this page was not made with; the base projection is used instead."
      : `The link names a projection '${quoted(name)}' that this page does not have; the base projection is used instead.`,
  );
  return data.worlds[0].name;
}

/** The world of a file in a link; that of the page, where the file was too large and the page was made with one. */
function readFile(packed, problems) {
  const own = world(FILE);
  if (packed === TOO_LARGE && own && !packedOf(own)) return own.name;
  const { name, said, wrong } = packed === TOO_LARGE ? { wrong: TOO_LARGE } : foundOf(packed);
  if (name) {
    if (said) problems.push(said);
    return name;
  }
  problems.push(
    wrong === TOO_LARGE
      ? "The link builds on a scenario file that is too large for a link: ask for the file, and write the page with `upriver page --scenario FILE`. The base projection is used instead."
      : `The scenario file in the link is not right (${quoted(wrong)}), so the base projection is used instead.`,
  );
  return data.worlds[0].name;
}

/** Levers as a link has them; what is not right is told. */
export function readLevers(text, schema, problems) {
  const found = {};
  const former = schema === "1";
  if (!former && schema !== SCHEMA) {
    if (text) problems.push(`The link is of schema '${quoted(schema)}', and this page reads 1 and ${SCHEMA}; its levers were left as today.`);
    return found;
  }
  for (const part of text.split("~").filter(Boolean)) {
    const [name, ...numbers] = part.split(":");
    const known = former ? formerLever(name) : lever(name);
    if (!known) {
      problems.push(unknown(name));
      continue;
    }
    const [given, from, over] = numbers.map(readNumber);
    const by = former ? onParameters(known, given) : given;
    const span = former ? known.range.map((end) => onParameters(known, end)) : known.range;
    const wrong = numbers.length !== 3 || outside(span, given, from, over);
    if (wrong) problems.push(`The link's setting of '${known.title}' is not right${typeof wrong === "string" ? `: ${wrong}` : ""}; it was left as today.`);
    else if (by !== known.today) found[known.name] = { by, from, over };
  }
  return found;
}

/** What is said of a lever that the link's schema does not have. */
function unknown(name) {
  const here = `The link names a lever '${quoted(name)}' that this page does not have`;
  const [now, once] = [lever(name), formerLever(name)];
  if (now) return `${here} in schema 1, of which the link is, since it does not say s=${SCHEMA}; it was left as today.`;
  return once ? `${here} in schema ${SCHEMA}, where it is '${once.name}'; it was left as today.` : `${here}.`;
}

/** What is out of bounds in a lever's setting, in words; empty if nothing. */
function outside(span, by, from, over) {
  const { firstYear, lastYear } = data.clock;
  const [low, high] = [Math.min(...span), Math.max(...span)];
  if (![by, from, over].every(Number.isFinite)) return "a number is missing";
  if (by < low || by > high) return `strength ${by}, allowed ${low} to ${high}`;
  if (from < firstYear || from > lastYear) return `year ${from}, allowed ${firstYear} to ${lastYear}`;
  if (over < 0 || over > lastYear - firstYear) return `ramp ${over}, allowed 0 to ${lastYear - firstYear} years`;
  return "";
}

/** What is believed: bounds on known constants, that leave enough draws. */
function readBeliefs(text, problems) {
  const found = {};
  for (const part of text.split("~").filter(Boolean)) {
    const [path, ...texts] = part.split(":");
    const ends = texts.map((end) => (end === "" ? null : readBound(end)));
    const [low, high] = ends;
    if (!Object.hasOwn(CONSTANTS, path)) problems.push(`The link believes something of '${quoted(path)}', which this page does not draw; it was left out.`);
    else if (ends.length !== 2 || ends.some(Number.isNaN) || (low === null && high === null) || (low !== null && high !== null && low > high)) {
      problems.push(`What the link believes of '${path}' is not a lower and an upper bound; it was left out.`);
    } else found[path] = ends;
  }
  const count = countOf(found);
  if (count >= LEAST) return found;
  problems.push(`What the link believes holds in ${count} of ${ALL_DRAWS} draws, too few to say anything (at least ${LEAST}); all draws are shown.`);
  return {};
}

function readBound(text) {
  return /^-?\d{1,12}(\.\d{1,17})?(e[-+]?\d{1,2})?$/.test(text) ? Number(text) : NaN;
}

function readNumber(text) {
  return /^-?\d{1,6}(\.\d{1,17})?(e-?\d{1,2})?$/.test(text) ? Number(text) : NaN;
}
