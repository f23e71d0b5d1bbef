/** What each scenario does in a sentence, with the numbers that `upriver compare` says. */
import { html } from "vendor";
import { figures } from "kit/format.js";
import { data } from "../../model/data.js";
import { baseText, isElsewhere } from "./grounds.js";

export function Sentences({ ground: { base, members, since } }) {
  if (!members.length) return null;
  return html`
    <ul class="compare-said">
      ${members.map((one) => html`<li key=${one.place}><b class="key" aria-hidden="true">${one.place + 1}</b>
        <span>${sentence(one, base, `from ${since} to ${data.clock.lastYear - 1}`)}</span></li>`)}
    </ul>
  `;
}

function sentence(one, base, span) {
  const { helps, harms, draws, median: [median], low: [low], high: [high] } = one.averted;
  const name = `‘${one.scenario.title}’`;
  if (!helps && !harms) return `${name} moves no deaths ${span} in any of ${draws} draws.`;
  const more = helps < harms;
  const [middle, from, to] = more ? [-median, -high, -low] : [median, low, high];
  const size = html`<b>${figures(middle)}</b>`;
  const ends = `(${figures(from)} to ${figures(to)})`;
  const [first, other] = more ? [harms, helps] : [helps, harms];
  const runs = first === draws ? `in all ${draws} draws` : `in ${first} of ${draws} draws`;
  if (isElsewhere(one, base)) {
    return html`With ${name} about ${size} ${more ? "more" : "fewer"} people die ${span} ${ends} than with ${baseText(base)}:${" "}
      ${more ? "more" : "fewer"} ${runs}.`;
  }
  return html`${name} ${more ? "costs" : "averts"} about ${size} ${more ? "lives" : "deaths"} ${span} ${ends},${" "}
    ${runs}${other ? `; in ${other} it ${more ? "averts deaths" : "costs lives"}` : ""}.`;
}
