/** What is wrong, in words: with the address, or with the engine. */
import { html } from "vendor";
import { problems } from "../model/address.js";
import { failure } from "../model/summaries.js";

export function Notices() {
  const said = [...problems.value, ...(failure.value ? [failure.value] : [])];
  if (!said.length) return html`<div class="notices" role="status"></div>`;
  return html`
    <div class="notices" role="status">
      <div class="notice">
        <ul>${said.map((text) => html`<li key=${text}>${text}</li>`)}</ul>
        <button type="button" onClick=${dismiss}>Dismiss</button>
      </div>
    </div>
  `;
}

function dismiss() {
  problems.value = [];
  failure.value = "";
}
