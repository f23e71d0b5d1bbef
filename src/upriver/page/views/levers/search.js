/** Whether a lever speaks of all of some words, and what came of a search. */
import { data } from "../../model/data.js";

export function matches(lever, words) {
  const { name, title, doing, summary, acts_on, formerly, reference } = lever;
  const text = [name, title, doing, summary, ...acts_on, ...formerly, reference ?? ""].join(" ").toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** How many are shown, of how many, and which. */
export function told(found, words, only) {
  const all = data.levers.length;
  if (!found && !words) return "No lever differs from today.";
  if (!found) return only ? `No lever that differs from today speaks of ‘${words}’.` : `No lever speaks of ‘${words}’. There are ${all}.`;
  return found === all ? `All ${all} levers` : `${found} of ${all} levers`;
}
