/** What a saved file says of how its numbers were made: scenario, world, version, draws, link. */
import { address, linkOf, view } from "./address.js";
import { believed, beliefs, drawsSaid, optionsOf } from "./beliefs.js";
import { data, world } from "./data.js";
import { scenario, systemOf, titleOf, todayOf } from "./scenario.js";
import { drawsShown } from "./summaries.js";

const VERSION = `Upriver ${data.version} (${data.digest})`;

/** Of numbers of the scenario in hand, or of another. */
export function remarks(other) {
  const one = other ?? scenario.value;
  const link = other ? linkOf(other, view.value) : address();
  return [`Scenario: ${titleOf(one)}`, ...modelRemarks([systemOf(one)]), ...commandRemark(one), `Link: ${link}`];
}

/** Of numbers of one system or several: which, how sure, which version and draws. */
export function modelRemarks(each) {
  return [
    `World: ${each.map(({ title }) => title).join("; ")}`,
    ...each.map(({ caveat }) => caveat),
    `${VERSION}; low and high: 95 % interval of ${drawsOf(each)}; projection begins: ${data.projection}`,
  ];
}

/** How many draws, or which of the whole system's where something is believed. */
function drawsOf(each) {
  return believed.value && each.includes(data.systems.whole) ? drawsSaid() : `${drawsShown.value} draws`;
}

/** The command that runs a scenario of the whole system, saved as a file, with what is believed; nothing if nothing is. */
export function commandRemark(one) {
  if (!believed.value || systemOf(one) !== data.systems.whole) return [];
  return [`Command: ${commandOf(one)}`];
}

/** The same as text. */
export function commandOf(one) {
  return `upriver compare ${world(todayOf(one).world).name} scenario.yaml ${optionsOf(beliefs.value)}`.trim();
}

/** Of what was recorded, with nothing of the model in it. */
export function recordRemarks() {
  return [VERSION];
}
