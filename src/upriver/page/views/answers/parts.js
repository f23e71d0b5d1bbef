/** What is behind an answer: paragraphs as they come, tables folded under what each is about. */
import { html } from "vendor";
import { Coded } from "../../parts/told.js";

const NUMERIC = /^(?:–|[+−]?\d(?:[\d,.%()+− ]|to|of)*)$/;

export function Parts({ parts }) {
  return parts.map((part, i) =>
    typeof part === "string"
      ? html`<p key=${i}><${Coded} text=${part} /></p>`
      : html`<${Folded} key=${i} table=${part} />`);
}

function Folded({ table }) {
  const { about, header, rows } = table;
  const [title, rest] = parted(about);
  const numeric = header.map((_, i) => i > 0 && rows.every((row) => NUMERIC.test(row[i])));
  const kind = (i) => (numeric[i] ? "num" : null);
  return html`
    <details class="answers-table">
      <summary><${Coded} text=${title} /></summary>
      <div class="scroll" role="region" tabindex="0" aria-label=${title.replaceAll("`", "")}>
        <table class="evidence-table">
          ${rest && html`<caption><${Coded} text=${rest} /></caption>`}
          <thead><tr>${header.map((text, i) => html`<th scope="col" class=${kind(i)}>${text || "What"}</th>`)}</tr></thead>
          <tbody>${rows.map(([name, ...cells]) => html`
            <tr key=${name}>
              <th scope="row"><${Coded} text=${name} /></th>
              ${cells.map((cell, i) => html`<td class=${kind(i + 1)} data-label=${header[i + 1]}><span><${Coded} text=${cell} /></span></td>`)}
            </tr>`)}</tbody>
        </table>
      </div>
    </details>
  `;
}

/** What a table is about, as far as its first full stop or semicolon, and the rest. */
function parted(about) {
  const [title] = about.split(/[.;] /);
  return [title.replace(/:$/, ""), about.slice(title.length + 2)];
}
