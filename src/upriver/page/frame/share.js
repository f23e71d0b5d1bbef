/** The link to copy by hand, and the lines that put one figure into another page. */
import { html } from "vendor";
import { address, leftOut, onTheWeb } from "../model/address.js";
import { showDialog } from "../parts/dialog.js";

export function showShare() {
  showDialog("Share or embed", () => {
    const link = address();
    const frame = `<iframe src="upriver.html${link.slice(link.indexOf("#"))}&embed=1" width="100%" height="400" title="Upriver: opioid overdose deaths"></iframe>`;
    return html`
      <p>The whole scenario is in the address. Whoever opens it sees these levers, with the same numbers
        if the page is the same version.${onTheWeb ? "" : ` This page was opened from a disk: send the file along, and what
        stands from the # on goes behind its address.`}</p>
      ${leftOut.value.map((text) => html`<p key=${text}><b>${text}</b></p>`)}
      <label class="share">Link
        <textarea readonly rows="4" onFocus=${all} value=${link}></textarea>
      </label>
      <p>For a newsroom: put this file on your server and this line into your page. It shows the deaths,
        the answer and how sure it is, and nothing else.</p>
      <label class="share">Line to embed
        <textarea readonly rows="4" onFocus=${all} value=${frame}></textarea>
      </label>
    `;
  });
}

function all(event) {
  event.currentTarget.select();
}
