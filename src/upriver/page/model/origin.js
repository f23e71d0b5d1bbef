/**
 * Where the points of a figure come from. A line says of what it is in `of`: a modelled one its name,
 * unit, calendar, the system that gave it and its draws; a recorded one its series and place, and of
 * each value its period, source, vintage, status and note.
 */
import { data, world } from "./data.js";

const MODELLED = "modelled";
const GIVEN = "driver, as the model is given it";

const PROGRAM = `upriver ${data.version}`;

/** What an answer of the engine is of, from what was asked and the run that was asked. */
export function originOf({ kind, output, path, flow, flows = [], less = [], per = [], fiscal }, run, draws) {
  const made = { system: world(run.world).system, draws };
  if (kind === "level") return { ...made, ...named(output, "instant") };
  if (kind === "driver") return { ...made, ...named(path, "instant"), given: true };
  if (kind === "sums") return { ...made, ...named(flow, "year") };
  if (kind === "fewer") return { ...made, name: `averted ${flow}`, unit: data.units[flow], calendar: "year" };
  if (kind === "course") return { ...made, name: `averted ${flow}`, unit: data.units[flow].replace(/\/year$/, ""), calendar: "instant" };
  if (kind !== "yearly") return made;
  const sum = flows.join(" + ") + less.map((one) => ` - ${one}`).join("");
  const name = per.length ? `(${sum}) / (${per.join(" + ")})` : sum;
  return { ...made, name, unit: per.length ? "1" : data.units[flows[0]], calendar: fiscal ? "fiscal year" : "year" };
}

/** The same of a number that is no course: what its row says of how it was made. */
export function madeBy(system, draws) {
  return { source: PROGRAM, vintage: data.digest, status: MODELLED, world: system, draws };
}

/** Sources of a figure's lines by their keys, each once: what computed them, and who recorded them. */
export function sourcesOf({ series, sources = [] }) {
  return [...new Set([...series.flatMap(sourcesOfLine), ...sources])];
}

/** Whether a line is what was recorded. */
export function isRecorded({ kind }) {
  return kind === "recorded";
}

/**
 * Lines as `csvOf` of the kit takes them: each named by what it is of, a further one of the same thing by
 * its label as well, and with where its values come from as `origin`.
 */
export function told(series) {
  const names = new Set();
  return series.map((line) => {
    if (isRecorded(line)) return recordedLine(line);
    const { name } = line.of;
    const label = names.has(name) ? `${line.label}: ${name}` : name;
    names.add(name);
    return { ...line, label, origin: originOfModelled(line) };
  });
}

function recordedLine(line) {
  const { name, place, unit, calendar, labels, sources, vintages, statuses, notes, values = line.y } = line.of;
  const origin = { calendar, periods: labels, place, unit, source: sources, vintage: vintages, status: statuses, note: notes };
  return { ...line, label: name, y: values, origin };
}

function originOfModelled({ label, of: { calendar, unit, system, draws, times, given, status = MODELLED } }) {
  const periods = times.map((time) => (calendar === "fiscal year" ? `FY${time}` : String(time)));
  return { calendar, periods, unit, note: given ? `${label}; ${GIVEN}` : label, ...madeBy(system, draws), status };
}

function sourcesOfLine({ kind, of }) {
  if (kind === "recorded") return of.sources.flatMap((keys) => keys.split("; "));
  return of.given && of.name.startsWith("people.") ? [data.given] : [data.systems[of.system].source];
}

function named(name, calendar) {
  return { name, unit: data.units[name], calendar };
}
