/** What was reckoned once, as it is told: two figures, words between backticks as code, what made it. */
import { html } from "vendor";
import { MINUS, number, plain } from "kit/format.js";
import { data } from "../model/data.js";

/** A number of people to two figures, for no more is known of it. */
export function figures(value) {
  return number(Number(plain(value, 2)), 0);
}

/** The same with its sign, as of a change: `+8,100`, `−9,400`. */
export function signed(value) {
  const text = figures(value);
  return text === "0" || text.startsWith(MINUS) ? text : `+${text}`;
}

/** Both ends of an interval, each as `told` tells a number. */
export function ends({ low, high }, told = figures) {
  return `${told(low)} to ${told(high)}`;
}

/** A text in which what stands between backticks is code. */
export function Coded({ text }) {
  return text.split("`").map((part, i) => (i % 2 ? html`<${Command} text=${part} />` : part));
}

/** A command, broken at its spaces alone. */
export function Command({ text }) {
  return html`<code>${text.split(" ").map((word, i) => [i ? " " : "", html`<span class="word">${word}</span>`])}</code>`;
}

/** What gives the same numbers, how many draws of which system they are of, and of which state of the model. */
export function Made({ commands, draws, stamp }) {
  const each = commands.map((text, i) => [i ? ", " : "", html`<${Command} text=${text} />`]);
  return html`<p class="soft made">By hand: ${each}. ${draws} draws of the ${data.systems.whole.title}, whatever levers are moved on
    this page; Upriver ${data.version}, digest ${stamp}.</p>`;
}
