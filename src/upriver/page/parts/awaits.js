/** What stands where an answer will be: that the model runs, or that none will come. */
import { html } from "vendor";
import { failure } from "../model/summaries.js";

/** `short`: among text, and not in a figure's place. */
export function Awaits({ short }) {
  if (failure.value) return html`<p class="soft">No answer: what went wrong is said above.</p>`;
  return html`<p class=${short ? "" : "awaits"} aria-busy="true">Running the model …</p>`;
}
