/** Cost: what a death averted costs, for the levers whose cost is known and for mixes of them. */
import { html, signal } from "vendor";
import { figures } from "kit/format.js";
import { data, lever } from "../../model/data.js";
import { Command } from "../../parts/told.js";
import { Plane } from "./plane.js";
import { Mixes } from "./mixes.js";
import { CostTable } from "./table.js";
import { BOOKS, OPTIONS, dearer, isWhole, nameOf, price, priceRange, range, reachOf } from "./words.js";

export const view = { name: "cost", title: "Cost", View: Cost };

const { cost } = data.told;
const SHOWN_BUDGET = 5e9;
const books = signal("health");

function Cost() {
  const shown = books.value;
  const alone = dearer(OPTIONS.filter(({ budget }) => budget === null), shown);
  const [first, last] = cost.years;
  return html`
    <section class="cost-view" aria-labelledby="cost-title">
      <h2 id="cost-title">What a death averted costs</h2>
      <p class="cost-first">${sentence(alone, shown)}</p>
      <p><b>${cost.without_cost.length} of ${data.levers.length} levers have no known cost, which does not make them free.</b> ${onPaper(alone, shown)}</p>
      <p>${mixed(shown)} Intervals overlap, so that the order of prices is not certain.</p>
      <fieldset class="choices">
        <legend>Who pays</legend>
        ${Object.entries(BOOKS).map(([name, text]) => html`
          <label key=${name} class="choice">
            <input type="radio" name="cost-books" checked=${shown === name} onChange=${() => (books.value = name)} />
            <span>${text}</span>
          </label>`)}
      </fieldset>
      <p class="soft">${shown === "health"
        ? "The health sector pays for treatment, other care, overdoses, kits and measures."
        : "Society pays what the health sector pays, for criminal justice, and loses what people who die no longer produce, less what they no longer consume."}</p>
      <${Plane} options=${OPTIONS} books=${shown} />
      <${CostTable} options=${OPTIONS} books=${shown} />
      <${Mixes} options=${OPTIONS} />
      <details class="cost-without">
        <summary>The ${cost.without_cost.length} levers without a known cost</summary>
        <p>${cost.without_cost.map((name) => lever(name).title).join("; ")}.</p>
      </details>
      <p class="soft cost-note"><b>Where this is from:</b> the whole system, fitted; ${cost.draws} draws, ${first} to ${last}, against today’s policy. Means
        with 95 % intervals, for a price is a ratio of means; other views tell medians. Dollars of ${cost.dollars}; costs and health discounted
        by ${figures(100 * cost.discount)} % a year. QALY: a year in full health. Unit costs and their sources are in <code>costs.yaml</code>.
        ${" "}Commands: <${Command} text=${cost.command} />, <${Command} text=${`upriver rank --draws ${cost.draws}`} /> and, for mixes, <${Command} text=${cost.search} />. Digest ${cost.stamp}.</p>
    </section>
  `;
}

/** The answer: the cheapest of those whose cost is counted whole. */
function sentence(alone, shown) {
  const whole = alone.filter(isWhole);
  const [best] = whole;
  const { mean, low, high } = best.views[shown].per_death;
  const what = `${nameOf(best)} (${reachOf(best)})`;
  const of = `of the ${whole.length} levers whose whole cost is known`;
  const ends = `95 % interval: ${price(low)} to ${price(high)}`;
  if (mean.kind === "price") {
    return html`${what} costs ${BOOKS[shown]} <b>about ${price(mean)} for each death averted</b> (${ends}): the cheapest ${of}.`;
  }
  return html`${what} averts deaths and <b>${price(mean)}</b> for ${BOOKS[shown]} (${ends} for each death averted): it saves most ${of}.`;
}

/** What looks cheaper, and why it is not to be trusted as much. */
function onPaper(alone, shown) {
  const [cheapest] = alone;
  const partly = `Of ${alone.filter((one) => !isWhole(one)).length} more the cost is known in part: what it takes to bring people into treatment is left out, or how much is sold today is a guess.`;
  if (isWhole(cheapest)) return partly;
  const { per_death: found } = cheapest.views[shown];
  const between = priceRange(found);
  const told = found.mean.kind === "price" ? `${price(found.mean)} a death` : price(found.mean);
  return `${partly} On paper the best of them is ‘${lever(cheapest.name).title}’: ${told}${between ? ` (${between})` : ""}, but only ${figures(cheapest.averted.mean)} deaths averted.`;
}

/** What money buys at its best. */
function mixed(shown) {
  const mix = OPTIONS.find(({ budget }) => budget === SHOWN_BUDGET);
  const { mean } = mix.views[shown].per_death;
  return `${nameOf(mix)} averts about ${figures(mix.averted.mean)} deaths (${range(mix.averted)}), ${mean.kind === "price" ? `at ${price(mean)} each` : `and ${price(mean)}`}.`;
}
