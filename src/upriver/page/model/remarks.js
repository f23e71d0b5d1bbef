/** What a saved file says of how its numbers were made: scenario, world, version, draws, link. */
import { number } from "kit/format.js";
import { address, linkOf, view } from "./address.js";
import { believed, beliefs, drawsSaid, optionsOf } from "./beliefs.js";
import { data, world } from "./data.js";
import { scenario, systemOf, titleOf, todayOf } from "./scenario.js";
import { drawsShown, drawsShownIn } from "./summaries.js";

const VERSION = `Upriver ${data.version} (${data.digest})`;

/** Of numbers of the scenario in hand, or of another. */
export function remarks(other) {
  const one = other ?? scenario.value;
  const link = other ? linkOf(other, view.value) : address();
  return [`Scenario: ${titleOf(one)}`, ...modelRemarks([systemOf(one)]), ...commandRemark(one), `Link: ${link}`];
}

/** Of numbers of one system or several: which, how sure, which version, and how many draws if not those shown. */
export function modelRemarks(each, draws) {
  return [
    `World: ${each.map(({ title }) => title).join("; ")}`,
    ...(data.place ? [`Place: ${data.place.name} (${data.place.code}); draws of its fit: ${data.place.fit.slice(0, 12)}`] : []),
    ...each.map(({ caveat }) => caveat),
    `${VERSION}; low and high: 95 % interval of ${drawsOf(each, draws)}; projection begins: ${data.projection}`,
  ];
}

/** How many draws, or which of the whole system's where something is believed. */
function drawsOf(each, draws) {
  if (believed.value && each.includes(data.systems.whole)) return drawsSaid();
  const names = Object.keys(data.systems).filter((name) => each.includes(data.systems[name]));
  const counts = new Set(draws ? [draws] : names.map(drawsShownIn));
  return `${[...counts].map((count) => number(count, 0)).join(" and ")} draws`;
}

/** The command that runs a scenario of the whole system, saved as a file, with what is believed; nothing if nothing is. */
export function commandRemark(one) {
  if (data.place) return [`Command: upriver run scenario.yaml ${drawsOption()}`];
  if (!believed.value || systemOf(one) !== data.systems.whole) return [];
  return [`Command: ${commandOf(one)}`];
}

/** The same as text. */
export function commandOf(one) {
  return `upriver compare ${world(todayOf(one).world).name} scenario.yaml ${drawsOption()} ${optionsOf(beliefs.value)}`.replace(/ +/g, " ").trim();
}

/** What a command needs to run as many draws as are shown; empty for so many as it runs by itself. */
export function drawsOption() {
  if (data.place) return `--place ${data.place.code} --draws ${drawsShown.value}`;
  return drawsShown.value > data.first ? `--draws ${drawsShown.value}` : "";
}

/** Of what was recorded, with nothing of the model in it. */
export function recordRemarks() {
  return [VERSION];
}
