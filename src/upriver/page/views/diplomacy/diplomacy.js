/** Diplomacy: what happened between states, and what effort against the trade follows from it. */
import { html } from "vendor";
import { Runs } from "./runs.js";
import { Timeline } from "./timeline.js";
import { WholeOnly } from "../../parts/whole-only.js";

export const view = { name: "diplomacy", title: "Diplomacy", View: Diplomacy };

function Diplomacy() {
  return html`
    <${WholeOnly}>
      <${Timeline} />
      <${Runs} />
    <//>
  `;
}
