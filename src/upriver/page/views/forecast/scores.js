/** How forecasts made without hindsight did, held against what came. */
import { html, signal } from "vendor";
import { number } from "kit/format.js";
import { monthText } from "../../model/calendar.js";
import { data } from "../../model/data.js";
import { NAMES } from "./told.js";

const { forecast } = data.told;
const LAST_LAG = forecast.lags.at(-1);
const lag = signal(LAST_LAG);

const wording = (months) => (months ? `${months} months late` : "up to the day");
const score = (name, horizon, late) => forecast.scores.find((one) => one.name === name && one.horizon === horizon && one.lag === late);
const percent = (share) => `${number(100 * share, 0)} %`;

export function Scores() {
  const [first, last] = forecast.origins.map(monthText);
  const [from, to] = forecast.turn.map(monthText);
  const together = score("ensemble", 12, LAST_LAG);
  return html`
    <h3>How such forecasts did</h3>
    <p class="forecast-said">With the record ${wording(LAST_LAG)}, as it is in life, all together missed by ${percent(1 - together.ratio)} less than a simple
      trend, twelve months ahead. <b>Nobody saw the turn before it came:</b> from ${from} to ${to}, ${percent(1 - together.turn)} less is all that was gained.</p>
    <fieldset class="choices">
      <legend>The record comes</legend>
      ${forecast.lags.map((months) => html`
        <label key=${months} class="choice">
          <input type="radio" name="forecast-lag" checked=${lag.value === months} onChange=${() => (lag.value = months)} />
          <span>${wording(months)}</span>
        </label>`)}
    </fieldset>
    <div class="scroll" role="region" tabindex="0" aria-labelledby="scores-caption">
      <table class="forecast-table">
        <caption id="scores-caption">From every month from ${first} to ${last}, each forecast knew what was on record then. Error: the weighted interval score
          as a multiple of the damped trend’s, below it its 90 % interval; under 1 is better. Inside: how many of what came lay in the 90 % interval; 90 % is
          wanted. At the turn: error at origins from ${from} to ${to} alone.</caption>
        <thead><tr><th scope="col">Forecaster</th><th scope="col" class="num">Error</th><th scope="col" class="num">Inside</th><th scope="col" class="num">At the turn</th></tr></thead>
        ${forecast.horizons.map((horizon) => html`<${Group} key=${horizon} horizon=${horizon} />`)}
      </table>
    </div>
  `;
}

function Group({ horizon }) {
  const rows = Object.keys(NAMES).map((name) => score(name, horizon, lag.value));
  return html`<tbody>
    <tr><th scope="rowgroup" colspan="4" class="forecast-group">${horizon} months ahead, ${rows[0].origins} origins</th></tr>
    ${rows.map(({ name, ratio, low, high, coverage, turn }) => html`
      <tr key=${name} data-score=${`${name} ${horizon}`}>
        <th scope="row">${NAMES[name]}</th>
        <td class="num"><b>${number(ratio, 2)}</b> <span class="range">${low === null || low === high ? "" : `${number(low, 2)} to ${number(high, 2)}`}</span></td>
        <td class="num">${percent(coverage)}</td>
        <td class="num">${number(turn, 2)}</td>
      </tr>`)}
  </tbody>`;
}
