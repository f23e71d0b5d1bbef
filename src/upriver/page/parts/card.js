/** A lever's card: what it is, how far, how sure, at what cost, what it misses, whom it could harm. */
import { html } from "vendor";
import { number } from "kit/format.js";
import { data } from "../model/data.js";
import { citation } from "../model/records.js";
import { showDialog } from "./dialog.js";
import { LEVELS, actsText, amountOf, amountText, levelText } from "./lever-words.js";
import { PathChart } from "./path.js";

/** Open the card of a lever. */
export function showCard(lever) {
  showDialog(lever.title, () => html`<${Card} lever=${lever} />`);
}

function Card({ lever }) {
  const { evidence } = lever;
  return html`
    <p class="lead">${lever.summary}</p>
    <div class="card-part">
      <h3>Levels</h3>
      <ul class="card-levels">
        ${LEVELS.map((level) => html`
          <li key=${level}><b>${levelText(lever, level)}</b>${level !== "as_today" && ` (${amountText(lever, amountOf(lever, level))})`}</li>`)}
      </ul>
      <p class="soft">The most: ${lever.most_because}</p>
      <${PathChart} lever=${lever} />
    </div>
    <div class="card-part">
      <h3>Evidence: ${evidence.grade === "none" ? "none" : `grade ${evidence.grade}`}, ${data.grades[evidence.grade]}</h3>
      <p>${evidence.effect}${evidence.interval ? ` (${evidence.interval})` : ""}</p>
      <p class="soft">Design: ${evidence.design}</p>
      ${lever.told && html`<p>${lever.told}</p>`}
      ${evidence.note && html`<p>${evidence.note}</p>`}
      <${Sources} keys=${evidence.sources} />
    </div>
    <div class="card-part">
      <h3>Cost</h3>
      ${lever.cost
        ? html`
          <p>${number(lever.cost.value)} ${lever.cost.unit}, in dollars of ${lever.cost.year}. ${lever.cost.note}</p>
          <${Sources} keys=${[lever.cost.source]} />`
        : html`<p>No published cost that fits was found.</p>`}
    </div>
    <div class="card-part">
      <h3>What it cannot capture</h3>
      <ul>${lever.cannot_capture.map((text) => html`<li key=${text}>${text}</li>`)}</ul>
    </div>
    <div class="card-part">
      <h3>Who could be harmed</h3>
      <ul>${lever.harms.map((text) => html`<li key=${text}>${text}</li>`)}</ul>
    </div>
    ${lever.own && html`<p class="soft">This lever does not ship with Upriver: whoever made this page added it.</p>`}
    ${lever.reference && html`<p class="soft">In the published model: ${lever.reference}</p>`}
    <p class="soft">In the model it ${actsText(lever)} (${lever.operation}) ${lever.parameters.map(({ path, meaning }) => html`
      <code key=${path} title=${meaning}>${path}</code> `)}</p>
  `;
}

/** Sources as sentences; only a web address becomes a link. */
function Sources({ keys }) {
  if (!keys.length) return null;
  return html`
    <ul class="sources">
      ${keys.map((key) => {
        const { text, url } = citation(key);
        const safe = /^https?:\/\//.test(url);
        return html`<li key=${key}>${text}${safe && html` <a href=${url} rel="noreferrer" target="_blank">Open the source</a>`}</li>`;
      })}
    </ul>
  `;
}
