/**
 * A scenario file that travels whole in a link: what it changes in the columns, its changes and levers, and
 * its text. The page cannot read YAML; so it carries what Python made of it.
 */
import { signal } from "vendor";
import { addWorld } from "./client.js";
import { data } from "./data.js";
import { bare, wrongWith } from "./file-check.js";
import { pack, unpack } from "./packing.js";
import { nameOf, plain } from "./plain.js";

/** Most characters of a file in a link; one that is larger goes by itself. */
const MOST_PACKED = 5000;
const MOST_BYTES = 60_000;

/** What stands in the link for a file that is too large for it. */
export const TOO_LARGE = "-";

const ownPacked = signal("");
const met = new Map();
let count = 0;

/** Pack what this page was made with, if it was made with a file, so that its links carry it. */
export async function packOwn() {
  const own = data.worlds.find(({ loaded }) => loaded);
  if (!own) return;
  const text = JSON.stringify(bare(own));
  const packed = text.length > MOST_BYTES ? "" : await pack(text).catch(() => "");
  if (packed.length > MOST_PACKED || !packed) return;
  met.set(packed, { name: own.name });
  ownPacked.value = packed;
}

/** The file of a world, packed; empty if it is too large, or of no file. */
export function packedOf({ loaded, packed }) {
  if (!loaded) return "";
  return packed ?? ownPacked.value;
}

/** Whether a packed file has yet to be looked at. */
export function isNew(packed) {
  return Boolean(packed) && packed !== TOO_LARGE && !met.has(packed);
}

/** Look at a packed file: the world that it is becomes one of the page's, or what is wrong is kept. */
export async function look(packed) {
  if (!isNew(packed)) return;
  met.set(packed, await readAndCheck(packed).then(
    (found) => ({ name: added(found, packed), said: cameWith(found) }),
    (error) => ({ wrong: plain(String(error?.message ?? error)) }),
  ));
}

/** What was found of a packed file: `{name, said}` of a world, or `{wrong}`. */
export function foundOf(packed) {
  return met.get(packed) ?? { wrong: "it was not read" };
}

async function readAndCheck(packed) {
  if (packed.length > MOST_PACKED) throw new Error("it is too long");
  const found = JSON.parse(await unpack(packed, MOST_BYTES));
  const wrong = wrongWith(found);
  if (wrong) throw new Error(wrong);
  return found;
}

function added(found, packed) {
  count += 1;
  const title = nameOf(found.title) || "Untitled";
  const changes = found.changes.map((one) => ({ ...one, label: plain(one.label ?? "") }));
  const one = { ...found, changes, name: `linked-${count}`, title, about: plain(found.about ?? ""), loaded: true, packed };
  data.worlds.push(one);
  addWorld(one);
  return one.name;
}

function cameWith({ title }) {
  return `The link brought the scenario file ‘${nameOf(title)}’ along. This page checked that its numbers are within bounds, and not that they are those of its text.`;
}
