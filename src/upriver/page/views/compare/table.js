/** What each scenario comes to, as a table; and a table of the levers in which they differ. */
import { html } from "vendor";
import { interval, number } from "kit/format.js";
import { linkOf } from "../../model/address.js";
import { data, world } from "../../model/data.js";
import { madeBy } from "../../model/origin.js";
import { modelRemarks } from "../../model/remarks.js";
import { systemOf, usedIn } from "../../model/scenario.js";
import { systemsOf } from "../../model/shelf.js";
import { amountText } from "../../parts/lever-words.js";
import { saveTable } from "../../parts/series-csv.js";

const COLUMNS = [
  "scenario", "world", "from", "to", "deaths", "deaths_low", "deaths_high", "averted", "averted_low", "averted_high",
  "averted_percent", "averted_percent_low", "averted_percent_high",
  "people_with_a_disorder", "people_with_a_disorder_low", "people_with_a_disorder_high",
  "people_on_medication", "people_on_medication_low", "people_on_medication_high",
  "source", "vintage", "draws", "link",
];

/** Rows of `found` in the order of the shelf: `{entry, total, averted, disorder, medication}`. */
export function Outcomes({ found, since }) {
  const span = `${since} to ${data.clock.lastYear - 1}`;
  const several = systemsOf(found.map(({ entry }) => entry)).length > 1;
  const end = data.clock.lastYear;
  const ground = otherGround(found);
  return html`
    ${ground && html`<p class="other-ground">${ground}</p>`}
    <div class="scroll" role="region" tabindex="0" aria-labelledby="outcomes-caption">
      <table class="outcomes">
        <caption id="outcomes-caption">Opioid overdose deaths ${span}, and deaths averted against the${" "}
          ${several ? "base of the same system with all levers as today" : "first scenario"}.
          Draws are common to all scenarios, so the interval of what is averted is that of the difference.</caption>
        <thead>
          <tr>
            <th scope="col">Scenario</th>
            <th scope="col" class="num">Deaths ${span}</th>
            <th scope="col" class="num">Deaths averted</th>
            <th scope="col" class="num">In percent</th>
            <th scope="col" class="num">People with a disorder, ${end}</th>
            <th scope="col" class="num">People on medication, ${end}</th>
          </tr>
        </thead>
        <tbody>
          ${found.map(({ entry, total, averted, disorder, medication }, i) => html`
            <tr key=${entry.id}>
              <th scope="row"><b class=${`key key-${i}`} aria-hidden="true">${i + 1}</b> ${entry.scenario.title}${several
                && html`<span class="range"> (${systemOf(entry.scenario).title})</span>`}</th>
              <${Cell} name=${`Deaths ${span}`} of=${total} at=${0} />
              ${i ? html`<${Cell} name="Deaths averted" of=${averted} at=${0} />` : html`<${Nothing} name="Deaths averted" />`}
              ${i ? html`<${Cell} name="In percent" of=${averted} at=${1} decimals=${1} />` : html`<${Nothing} name="In percent" />`}
              <${Cell} name=${`People with a disorder, ${end}`} of=${disorder} at=${disorder.median.length - 1} />
              <${Cell} name=${`People on medication, ${end}`} of=${medication} at=${medication.median.length - 1} />
            </tr>`)}
        </tbody>
      </table>
    </div>
    <p class="actions">
      <button type="button" onClick=${() => save(found, since)}>CSV</button>
      <span class="soft">Median, and 95 % interval below it. People are counted at the start of ${end}.</span>
    </p>
  `;
}

/** A sentence where scenarios have other drivers or another history than what they are held against. */
function otherGround(found) {
  const apart = found.filter(({ entry: { scenario } }) => scenario.world !== systemOf(scenario).base);
  if (!apart.length) return "";
  const named = apart.map(({ entry: { scenario } }) => `‘${scenario.title}’`).join(", ");
  return `${named}: on other drivers or another history than what it is held against, so the difference is not the effect of levers alone.`;
}

function Cell({ name, of, at, decimals }) {
  return html`
    <td class="num" data-label=${name}>
      <span><b>${number(of.median[at], decimals)}</b>${" "}
      <span class="range">${interval(of.low[at], of.high[at], decimals)}</span></span>
    </td>
  `;
}

function Nothing({ name }) {
  return html`<td class="num" data-label=${name}>–</td>`;
}

/** Only what differs: the future of the drivers, and each lever that is not the same in all. */
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
            <th scope="col" key=${id}><b class=${`key key-${i}`} aria-hidden="true">${i + 1}</b> ${scenario.title}</th>`)}</tr>
        </thead>
        <tbody>
          ${worlds.size > 1 && html`
            <tr><th scope="row">Future of the drivers</th>${entries.map(({ id, scenario }) => html`
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

/** The table as CSV: what is printed, with more digits, and a link that opens each scenario. */
function save(found, since) {
  const { lastYear } = data.clock;
  const said = [
    "Scenarios compared: opioid overdose deaths, and deaths averted against the base of the same system",
    `Median and 95 % interval of common draws. Deaths from ${since} to the end of ${lastYear - 1}; people at the start of ${lastYear}.`,
    ...[otherGround(found)].filter(Boolean),
  ];
  const rows = found.map(({ entry: { scenario }, total, averted, disorder, medication }, i) => {
    const last = disorder.median.length - 1;
    const by = madeBy(world(scenario.world).system, total.draws);
    return [
      scenario.title, by.world, since, lastYear - 1,
      ...three(total, 0),
      ...(i ? [...three(averted, 0), ...three(averted, 1)] : new Array(6).fill("")),
      ...three(disorder, last), ...three(medication, last),
      by.source, by.vintage, by.draws, linkOf(scenario, "compare"),
    ];
  });
  saveTable("upriver-compare.csv", [...said, ...modelRemarks(systemsOf(found.map(({ entry }) => entry)))], COLUMNS, rows);
}

function three({ median, low, high }, at) {
  return [median[at], low[at], high[at]];
}
