/** A figure of the page: the kit's, with our sources, and with the scenario in what is saved of it. */
import { html } from "vendor";
import { Figure } from "kit/figure.js";
import { address } from "../model/address.js";
import { data } from "../model/data.js";
import { sourceText } from "../model/records.js";
import { isWhole, scenario, systemOf, titleOf } from "../model/scenario.js";

export function PageFigure(given) {
  return html`<${Figure} sourceText=${sourceText} remarks=${remarks()} ...${given} />`;
}

/** What a saved file says of how its numbers were made. */
export function remarks() {
  return [
    `Scenario: ${titleOf(scenario.value)}`,
    `Upriver ${data.version} (${data.digest}), ${data.draws} draws`,
    `Link: ${address()}`,
    ...(isWhole(scenario.value.world) ? [systemOf(scenario.value).caveat] : []),
  ];
}
