/** What is wrong, in words: with the address, with the engine, or with the file that the page opens with. */
import { html, signal } from "vendor";
import { problems } from "../model/address.js";
import { data, world } from "../model/data.js";
import { failure } from "../model/summaries.js";

/** What the file does otherwise than it says. */
const remarks = signal(world(data.opens)?.remarks ?? []);

export function Notices() {
  const said = [...problems.value, ...(failure.value ? [failure.value] : []), ...remarks.value];
  if (!said.length) return html`<div class="notices" role="status"></div>`;
  return html`
    <div class="notices" role="status">
      <div class="notice">
        <ul>${said.map((text) => html`<li key=${text}>${text}</li>`)}</ul>
        ${said.length > (failure.value ? 1 : 0) && html`<button type="button" onClick=${dismiss}>Dismiss</button>`}
      </div>
    </div>
  `;
}

function dismiss() {
  problems.value = [];
  remarks.value = [];
}
