/** What each scenario of a ground comes to, as a table; and a table of the levers in which all differ. */
import { html } from "vendor";
import { figures, known } from "kit/format.js";
import { data, world } from "../../model/data.js";
import { usedIn } from "../../model/scenario.js";
import { amountText } from "../../parts/lever-words.js";
import { baseText } from "./grounds.js";

/** Rows of a ground: what is held against, then `{scenario, place, total, averted, disorder, medication}`. */
export function Outcomes({ ground: { base, members, since }, number }) {
  const end = data.clock.lastYear;
  const heads = [`Deaths ${since} to ${end - 1}`, "Deaths averted", "In percent", "Fewer die in", `People with a disorder, ${end}`, `People on medication, ${end}`];
  const id = `outcomes-caption-${number}`;
  return html`
    <div class="scroll" role="region" tabindex="0" aria-labelledby=${id}>
      <table class="outcomes">
        <caption id=${id}>Opioid overdose deaths from ${since} to ${end - 1}, and deaths averted against ${baseText(base)}.
          Draws are common to all, so the interval of what is averted is that of the difference; below zero, more people die.</caption>
        <thead>
          <tr><th scope="col">Scenario</th>${heads.map((head) => html`<th key=${head} scope="col" class="num">${head}</th>`)}</tr>
        </thead>
        <tbody>${[base, ...members].map((one) => html`<${Row} key=${one.place} one=${one} heads=${heads} />`)}</tbody>
      </table>
    </div>
  `;
}

function Row({ one: { scenario, place, total, averted, disorder, medication }, heads }) {
  const last = disorder.median.length - 1;
  const cells = [
    told(total, 0),
    averted && [averted.median, averted.low, averted.high].map(([value]) => figures(value)),
    averted && told(averted, 1, 1),
    averted && [`${averted.helps} of ${averted.draws}`],
    told(disorder, last),
    told(medication, last),
  ];
  return html`
    <tr>
      <th scope="row">${place !== null && html`<b class="key" aria-hidden="true">${place + 1}</b>`} ${scenario.title}${place === null && html`<span class="range">${" "}all levers as today</span>`}</th>
      ${cells.map((texts, i) => html`
        <td key=${heads[i]} class="num" data-label=${heads[i]}>${texts ? html`<${Cell} texts=${texts} />` : "–"}</td>`)}
    </tr>
  `;
}

function told({ median, low, high, draws }, at, most) {
  return known(median[at], low[at], high[at], draws, most);
}

function Cell({ texts: [middle, from, to] }) {
  if (from === undefined) return html`<span>${middle}</span>`;
  return html`<span><b>${middle}</b>${" "}<span class="range">${from} to ${to}</span></span>`;
}

/** Only what differs: what else happens, and each lever that is not the same in all. */
export function Differences({ entries }) {
  const worlds = new Set(entries.map(({ scenario }) => scenario.world));
  const levers = data.levers.filter(({ name }) => {
    const set = entries.map(({ scenario }) => JSON.stringify(settingOf(scenario, name)));
    return new Set(set).size > 1;
  });
  if (entries.length < 2 || (worlds.size < 2 && !levers.length)) return null;
  return html`
    <div class="scroll" role="region" tabindex="0" aria-labelledby="differences-caption">
      <table class="differences">
        <caption id="differences-caption">Where they differ. What is not named here is the same in all.</caption>
        <thead>
          <tr><th scope="col">Lever</th>${entries.map(({ id, scenario }, i) => html`
            <th scope="col" key=${id}><b class="key" aria-hidden="true">${i + 1}</b> ${scenario.title}</th>`)}</tr>
        </thead>
        <tbody>
          ${worlds.size > 1 && html`
            <tr><th scope="row">What else happens</th>${entries.map(({ id, scenario }) => html`
              <td key=${id} data-label=${scenario.title}><span>${world(scenario.world).title}</span></td>`)}</tr>`}
          ${levers.map((lever) => html`
            <tr key=${lever.name}><th scope="row">${lever.title}</th>${entries.map(({ id, scenario }) => html`
              <td key=${id} data-label=${scenario.title}><${Setting} lever=${lever} set=${settingOf(scenario, lever.name)} /></td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
  `;
}

/** How a lever is set; null where it is as today. */
function settingOf(scenario, name) {
  return usedIn(scenario).some((one) => one.name === name) ? scenario.levers[name] : null;
}

function Setting({ lever, set }) {
  if (!set) return html`<span class="soft">as today</span>`;
  const over = set.over ? `, over ${set.over} ${set.over === 1 ? "year" : "years"}` : "";
  return html`<span><b>${amountText(lever, set.by)}</b> <span class="range">from ${set.from}${over}</span></span>`;
}
