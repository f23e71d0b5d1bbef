/** What a saved file says of how its numbers were made: scenario, world, version, draws, link. */
import { address, linkOf, view } from "./address.js";
import { data } from "./data.js";
import { scenario, systemOf, titleOf } from "./scenario.js";
import { drawsShown } from "./summaries.js";

const VERSION = `Upriver ${data.version} (${data.digest})`;

/** Of numbers of the scenario in hand, or of another. */
export function remarks(other) {
  const one = other ?? scenario.value;
  const link = other ? linkOf(other, view.value) : address();
  return [`Scenario: ${titleOf(one)}`, ...modelRemarks([systemOf(one)]), `Link: ${link}`];
}

/** Of numbers of one system or several: which, how sure, which version and draws. */
export function modelRemarks(each) {
  return [
    `World: ${each.map(({ title }) => title).join("; ")}`,
    ...each.map(({ caveat }) => caveat),
    `${VERSION}; low and high: 95 % interval of ${drawsShown.value} draws; projection begins: ${data.projection}`,
  ];
}

/** Of what was recorded, with nothing of the model in it. */
export function recordRemarks() {
  return [VERSION];
}
