/** Which place is pointed at and which is enlarged, and how arrow keys go from place to place. */
import { html, signal } from "vendor";
import { reading } from "./data.js";

/** The place that is enlarged, by its code. */
export const chosen = signal("US");

/** The place that is pointed at, or nothing. */
export const pointed = signal(null);

/** What is coloured: how it stands now, the month of the peak, or the fall since. */
export const shownBy = signal("now");

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** What makes an element one of the choices: `stop` says whether the Tab key leads to it. */
export function choice(one, stop) {
  const { place } = one;
  return {
    role: "option",
    "data-place": place,
    tabindex: stop ? 0 : -1,
    "aria-selected": chosen.value === place ? "true" : "false",
    "aria-label": reading(one),
    onFocus: () => (pointed.value = place),
    onPointerEnter: () => (pointed.value = place),
    onClick: () => (chosen.value = place),
  };
}

/** Leave what was pointed at. */
export function leave() {
  pointed.value = null;
}

/**
 * Keys of a list of choices: arrows go to the nearest element in their direction, Home and End to the
 * first and last, Enter and space enlarge.
 */
export function walk(event) {
  const here = event.target.closest("[data-place]");
  if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = [...event.currentTarget.querySelectorAll("[data-place]")];
  let next = null;
  if (event.key === "Enter" || event.key === " ") chosen.value = here.dataset.place;
  else if (event.key === "Home") next = all[0];
  else if (event.key === "End") next = all.at(-1);
  else if (event.key in ARROWS) next = nearest(here, all, ARROWS[event.key]);
  else return;
  event.preventDefault();
  next?.focus();
}

/** The nearest element in a direction, by its middle; what lies in line comes first. */
function nearest(here, all, [dx, dy]) {
  const middle = (one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return [left + width / 2, top + height / 2, width, height];
  };
  const [x, y, width, height] = middle(here);
  let [best, least] = [null, Infinity];
  for (const one of all) {
    const [ox, oy] = middle(one);
    const [along, across] = dx ? [(ox - x) * dx / width, (oy - y) / height] : [(oy - y) * dy / height, (ox - x) / width];
    const far = along + 4 * Math.abs(across);
    if (along > 0.4 && far < least) [best, least] = [one, far];
  }
  return best;
}

/** What is pointed at, or else enlarged, in a sentence. */
export function Reading({ of }) {
  return html`<p class="states-reading">${reading(of)}</p>`;
}
