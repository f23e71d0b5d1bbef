/** What may happen to relations with China in the runs of Diplomacy, and what a reader chose. */
import { signal } from "vendor";

export const CHOICES = {
  collapse: { text: "collapse (0.05)", level: 0.05 },
  as_is: { text: "as the model has them", level: null },
  full: { text: "full (0.9)", level: 0.9 },
};

const AS_IS = "as_is";

export const chosen = signal(AS_IS);

/** The choice as fields of a link; nothing where it is the first. */
export function choiceInLink() {
  return chosen.value === AS_IS ? [] : [["dip", chosen.value]];
}

/** Take the choice of a link, or tell that there is none of that name. */
export function takeChoice(name, problems) {
  const known = name === null || Object.hasOwn(CHOICES, name);
  if (!known) problems.push("The link names a choice of Diplomacy that this page does not have; relations are as the model has them.");
  chosen.value = known && name !== null ? name : AS_IS;
}
