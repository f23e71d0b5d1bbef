/** The options as a table, as cards where there is no room for one, and as CSV. */
import { html } from "vendor";
import { figures } from "kit/format.js";
import { data } from "../../model/data.js";
import { modelRemarks } from "../../model/remarks.js";
import { saveTable } from "../../parts/series-csv.js";
import { BOOKS, countedOf, dollars, nameOf, price, priceRange, range, reachOf, share } from "./words.js";

const { cost } = data.told;
const COLUMNS = [
  "option", "levers", "counted", "payer", "averted", "averted_low", "averted_high", "qalys", "qalys_low", "qalys_high", "cost_usd_2021",
  "cost_low", "cost_high", "usd_per_death", "usd_per_death_low", "usd_per_death_high", "usd_per_qaly", "usd_per_qaly_low", "usd_per_qaly_high",
  ...cost.thresholds.map((at) => `worth_it_at_${at}`),
];

const WORTH = `Worth it at ${cost.thresholds.map(dollars).join(" and ")}`;

export function CostTable({ options, books }) {
  return html`
    <div class="scroll" role="region" tabindex="0" aria-labelledby="cost-caption">
      <table class="cost-table">
        <caption id="cost-caption">Each lever alone at its most, then the mix that averts most deaths for a budget; costs of ${BOOKS[books]}, more than today.
          ‘Worth it’: in how many of a hundred draws an option gains more health than it costs, where a year in full health is worth so much.</caption>
        <thead><tr>
          <th scope="col">Option</th><th scope="col" class="num">Deaths averted</th><th scope="col" class="num">Cost</th>
          <th scope="col" class="num">For a death averted</th><th scope="col" class="num">For a QALY</th>
          <th scope="col" class="num">${WORTH}</th>
        </tr></thead>
        <tbody>${options.map((one, i) => html`<${Row} key=${one.name} one=${one} number=${i + 1} books=${books} />`)}</tbody>
      </table>
    </div>
    <p class="actions">
      <button type="button" aria-label="Save costs and prices as CSV" onClick=${() => save(options)}>CSV</button>
    </p>
  `;
}

function Row({ one, number, books }) {
  const { averted, views } = one;
  const { cost: money, per_death: death, per_qaly: qaly, worth } = views[books];
  return html`
    <tr data-option=${one.name}>
      <th scope="row"><span class="cost-number">${number}</span> ${nameOf(one)}
        <span class="range">${reachOf(one)}; ${countedOf(one)}</span></th>
      <td class="num" data-label="Deaths averted"><span>${figures(averted.mean)} <span class="range">${range(averted)}</span></span></td>
      <td class="num" data-label="Cost"><span>${dollars(money.mean)} <span class="range">${range(money, dollars)}</span></span></td>
      <td class="num cost-price" data-label="For a death averted"><span><b>${price(death.mean)}</b> <span class="range">${priceRange(death)}</span></span></td>
      <td class="num cost-price" data-label="For a QALY"><span>${price(qaly.mean)} <span class="range">${priceRange(qaly)}</span></span></td>
      <td class="num cost-worth" data-label=${WORTH}><span>${worth.map(share).join(" and ")} in 100</span></td>
    </tr>
  `;
}

function save(options) {
  const ends = ({ mean, low, high }) => [mean, low, high];
  const prices = (found) => ends(found).map(({ kind, value }) => (kind === "price" ? value : kind));
  const rows = Object.keys(BOOKS).flatMap((books) => options.map((one) => {
    const { cost: money, per_death: death, per_qaly: qaly, worth } = one.views[books];
    const levers = Object.entries(one.pulled).map(([name, level]) => `${name} ${level}`).join("; ");
    return [
      one.name, levers, countedOf(one), books, ...ends(one.averted), ...ends(one.qalys), ...ends(money), ...prices(death), ...prices(qaly), ...worth,
    ];
  }));
  const remarks = [
    "What levers and mixes cost and gain against today's policy: means and 95 % intervals",
    `${cost.draws} draws, ${cost.years.join(" to ")}, USD of ${cost.dollars}, discounted by ${100 * cost.discount} % a year`,
    `Without a known cost: ${cost.without_cost.join(", ")}`,
    ...modelRemarks([data.systems.whole]),
  ];
  saveTable("upriver-cost.csv", remarks, COLUMNS, rows);
}
