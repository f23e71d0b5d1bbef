/** The scenario as a file that `upriver run` reads. */
import { data, world } from "./data.js";
import { commandRemark } from "./remarks.js";
import { titleOf, usedIn } from "./scenario.js";

/** Text of the YAML file. Every text is quoted as in JSON, which YAML reads alike. */
export function yamlOf(scenario, address) {
  const { document, name, loaded } = world(scenario.world);
  const lines = [
    `# Made by the page of Upriver ${data.version} (${data.digest})${data.place ? `, of ${data.place.name}` : ""}.`,
    `# ${address.replace(/\s/g, "")}`,
    ...commandRemark(scenario).map((text) => `# ${data.place ? "The place" : "What is believed"} is no part of this file. ${text}`),
    "schema: 2",
    `title: ${JSON.stringify(titleOf(scenario))}`,
  ];
  if (loaded) for (const [key, value] of Object.entries(document)) lines.push(...field(key, value, ""));
  else if (name !== data.worlds[0].name) lines.push(`based_on: ${name}`);
  const changes = usedIn(scenario).map((one) => {
    const { by, from, over } = scenario.levers[one.name];
    const how = one.operation === "replace" ? "to" : "by";
    return `  - {lever: ${one.name}, ${how}: ${by}, from: ${from}, over: ${over}}`;
  });
  const fixed = (loaded ? document.changes ?? [] : []).map((one) => `  - ${JSON.stringify(one)}`);
  if (fixed.length || changes.length) lines.push("changes:", ...fixed, ...changes);
  return lines.join("\n") + "\n";
}

function field(key, value, indent) {
  if (["schema", "title", "changes"].includes(key) && !indent) return [];
  return [`${indent}${JSON.stringify(key)}: ${JSON.stringify(value)}`];
}
