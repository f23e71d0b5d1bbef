/**
 * What a scenario file in a link may hold. It is not trusted: every name must be known, every number within
 * its parameter's bounds, every text short; what is not right refuses the whole, in words.
 */
import { bytes, data, lever, world } from "./data.js";

const OPERATIONS = ["scale", "close", "add", "replace", "pulse"];
const KEYS = [
  "schema", "title", "about", "source", "based_on", "world", "projections", "conditions", "regimes", "set",
  "without_acts", "from", "over", "changes",
];
const MOST_CHANGES = 60;
const MOST_AMOUNT = 1e12;
const MOST_FACTOR = 100;
const MOST_DRAWS = 1000;
const MOST_TEXT = 4000;
const DEEPEST = 8;
const FIELDS = ["title", "about", "source", "system", "rewrites", "columns", "changes", "levers", "document"];

/** Of a world what a link carries. */
export function bare(one) {
  return Object.fromEntries(FIELDS.map((name) => [name, one[name] ?? null]));
}

/** What is wrong with a world of a link, in words; empty if nothing. */
export function wrongWith(found) {
  if (!isRecord(found) || Object.keys(found).some((name) => !FIELDS.includes(name))) return "it is no scenario";
  if (!isText(found.title) || !found.title.trim()) return "it has no title";
  if (![found.about, found.source].every((text) => text === null || isText(text))) return "a text is not right";
  if (!Object.hasOwn(data.systems, found.system)) return "it runs in a system that is not here";
  if (typeof found.rewrites !== "boolean") return "it does not say whether it changes history";
  if (!isRecord(found.columns) || !isRecord(found.levers) || !isRecord(found.document)) return "a part is missing";
  if (!Array.isArray(found.changes) || found.changes.length > MOST_CHANGES) return "its changes are not right";
  const column = Object.keys(found.columns).find((path) => !isColumn(path, found.columns[path]));
  if (column !== undefined) return `a value is not right or out of bounds: ${column}`;
  if (!found.changes.every(isChange)) return "a change is not right";
  const wrong = Object.keys(found.levers).find((name) => !isSetting(lever(name), found.levers[name]));
  if (wrong !== undefined) return `the setting of a lever is not right: ${wrong}`;
  const plain = Object.keys(found.document).every((name) => KEYS.includes(name)) && isPlain(found.document, 0);
  return plain ? "" : "its text is not that of a scenario file";
}

/** A column that is the same in all draws, of known values or of another world that is here. */
function isColumn(path, it) {
  const within = boundsOf(path);
  if (!within) return false;
  if (isRecord(it)) return Object.keys(it).join() === "as" && Object.hasOwn(world(it.as)?.columns ?? {}, path);
  if (!Array.isArray(it)) return false;
  const [steps, draws, values, knots] = it;
  if (draws !== 1 || it.length > 4) return false;
  if (typeof values === "number") return steps === 1 && it.length === 3 && inside(values, within);
  if (steps !== data.clock.steps + 1 || !isBase64(values) || !isBase64(knots)) return false;
  const [instants, numbers] = [bytes(knots), bytes(values)];
  const count = instants.length / 2;
  if (!Number.isInteger(count) || ![4, 8].includes(numbers.length / count)) return false;
  const at = new Uint16Array(instants.buffer);
  const rising = at.every((step, i) => (i ? step > at[i - 1] : step === 0)) && at.at(-1) === steps - 1;
  const all = numbers.length === 4 * count ? new Float32Array(numbers.buffer) : new Float64Array(numbers.buffer);
  return rising && all.every((value) => inside(value, within));
}

function isChange(one) {
  if (!isRecord(one)) return false;
  const { paths, operation, amount, factors, start, years, label } = one;
  const { firstYear, lastYear } = data.clock;
  return (
    Array.isArray(paths) && paths.length > 0 && paths.length < data.engine.inputs.length && paths.every(boundsOf) &&
    OPERATIONS.includes(operation) && inside(amount, [-MOST_AMOUNT, MOST_AMOUNT]) && (label == null || isText(label)) &&
    inside(start, [firstYear, lastYear]) && inside(years, [0, lastYear - firstYear]) &&
    (factors === null || (Array.isArray(factors) && factors.length >= data.first && factors.length <= MOST_DRAWS &&
      factors.every((value) => inside(value, [-MOST_FACTOR, MOST_FACTOR]))))
  );
}

function isSetting(known, set) {
  const { firstYear, lastYear } = data.clock;
  return Boolean(known) && isRecord(set) && inside(set.by, [Math.min(...known.range), Math.max(...known.range)]) &&
    inside(set.from, [firstYear, lastYear]) && inside(set.over, [0, lastYear - firstYear]);
}

/** Whether a value is of texts, numbers, lists and mappings alone, and not deep. */
function isPlain(value, depth) {
  if (depth > DEEPEST) return false;
  if (value === null || typeof value === "boolean" || isText(value) || Number.isFinite(value)) return true;
  if (typeof value !== "object") return false;
  return Object.keys(value).every(isText) && Object.values(value).every((one) => isPlain(one, depth + 1));
}

function boundsOf(path) {
  return typeof path === "string" && Object.hasOwn(data.bounds, path) ? data.bounds[path] : null;
}

function inside(value, [low, high]) {
  return Number.isFinite(value) && value >= low && value <= high;
}

function isText(value) {
  return typeof value === "string" && value.length <= MOST_TEXT;
}

function isBase64(text) {
  return typeof text === "string" && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
