/** Forecast: deaths of the months ahead, and how such forecasts did before. */
import { html } from "vendor";
import { figures } from "kit/format.js";
import { data } from "../../model/data.js";
import { dateText, monthText } from "../../model/calendar.js";
import { Ahead } from "./ahead.js";
import { Command } from "../../parts/told.js";
import { Scores } from "./scores.js";
import { YEAR, atMonths, latest } from "./told.js";

export const view = { name: "forecast", title: "Forecast", View: Forecast };

const { forecast } = data.told;

function Forecast() {
  const { low, median, high, end } = atMonths("ensemble", YEAR);
  return html`
    <section class="forecast-view" aria-labelledby="forecast-title">
      <h2 id="forecast-title">Deaths in the months ahead</h2>
      <p class="forecast-first">In the twelve months to ${monthText(end)} we expect <b>about ${figures(median)} deaths</b> with synthetic opioids in the United
        States; it could be anything from ${figures(low)} to ${figures(high)} (90 % interval). In the twelve months to ${monthText(forecast.record_to)} there
        were ${figures(latest())}.</p>
      <p>This is what to expect if no policy changes. ‘All together’ averages our model and two statistical forecasts, by how each did
        before. What moves deaths has mostly no name, so that the interval widens fast.</p>
      <${Ahead} />
      <${Scores} />
      <h3>Written down before the fact</h3>
      <p>So that nobody can bend it later, the forecast was registered; deaths after ${monthText(forecast.record_to)} were not looked at.</p>
      <dl class="facts">
        ${forecast.registered.map(({ registered, file, sha256 }) => html`
          <div key=${file}><dt>${dateText(registered)}</dt><dd><code>forecasts/${file}</code><br />SHA-256 <code>${sha256}</code></dd></div>`)}
      </dl>
      <p class="soft forecast-note"><b>Where this is from:</b> the whole system, as it was fitted at each origin, and the record of deaths with synthetic opioids
        (T40.4), sums of twelve months, as final counts will have it. Commands: <${Command} text=${forecast.command} /> and ${" "}
        <${Command} text=${forecast.scored_by} />. The years to 2031 in other views come from another fit, and have not been scored like this. Digest ${forecast.stamp}.</p>
    </section>
  `;
}
