/** Which levers each mix pulls, and how far. */
import { html } from "vendor";
import { MISSING } from "kit/format.js";
import { lever } from "../../model/data.js";
import { dollars } from "./words.js";

export function Mixes({ options }) {
  const mixes = options.filter(({ budget }) => budget !== null);
  const pulled = options.filter(({ name, budget }) => budget === null && mixes.some((mix) => name in mix.pulled));
  return html`
    <h3>What the mixes are made of</h3>
    <div class="scroll" role="region" tabindex="0" aria-labelledby="mixes-caption">
      <table class="cost-mixes">
        <caption id="mixes-caption">How far each lever is pulled in the mix that averts most deaths for a budget, 2026 to 2031.</caption>
        <thead><tr><th scope="col">Lever</th>${mixes.map(({ name, budget }) => html`<th key=${name} scope="col">${dollars(budget)}</th>`)}</tr></thead>
        <tbody>${pulled.map(({ name }) => html`
          <tr key=${name}><th scope="row">${lever(name).title}</th>${mixes.map((mix) => html`<td key=${mix.name}>${mix.pulled[name] ?? MISSING}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
  `;
}
