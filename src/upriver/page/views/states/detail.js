/** One place enlarged: its deaths, and its course beside the country's, each in percent of its own peak. */
import { html, useSignal } from "vendor";
import { PageFigure } from "../../parts/figure.js";
import { monthText } from "../../model/calendar.js";
import { points } from "../../model/records.js";
import { country, placeOf, reading, vintagesOf } from "./data.js";
import { MEASURES, amount, measure } from "./measure.js";
import { chosen } from "./pick.js";
import { HERE } from "../../parts/series-words.js";

const WAYS = { share: "beside the country", deaths: "in deaths" };

export function Enlarged() {
  const way = useSignal("share");
  const one = placeOf(chosen.value);
  const alone = one.place === HERE;
  if (!one.peak) {
    return html`
      <div class="states-detail"><h3>${one.name}</h3><p role="status">No data: ${one.why}.</p><${Back} /></div>
    `;
  }
  const rates = measure.value === "rate";
  const figure = rates ? inRates(one, alone) : alone || way.value === "deaths" ? inDeaths(one) : beside(one);
  return html`
    <div class="states-detail">
      <p class="hidden" role="status">Enlarged: ${reading(one)}</p>
      <${PageFigure} key=${figure.id} figure=${figure} height=${240} further=${[`Vintage: ${vintagesOf([one])}`]} />
      ${alone
        ? html`<p class="soft">Choose a state to see it beside the country.</p>`
        : html`
          ${!rates && html`<fieldset class="choices">
            <legend class="hidden">How ${one.name} is drawn</legend>
            ${Object.entries(WAYS).map(([name, text]) => html`
              <label key=${name} class="choice">
                <input type="radio" name="states-way" checked=${way.value === name} onChange=${() => (way.value = name)} />
                <span>${text}</span>
              </label>`)}
          </fieldset>`}
          <${Back} />`}
    </div>
  `;
}

function Back() {
  return html`<p><button type="button" class="link" onClick=${() => (chosen.value = HERE)}>Back to the country</button></p>`;
}

function inRates(one, alone) {
  return {
    ...common(one),
    id: `states-${one.place}-rate`,
    title: `${one.name}${alone ? ": deaths" : ", beside the country: deaths"} ${MEASURES.rate}`,
    unit: "deaths per 100,000 people in 12 months",
    note: "Each point is a sum over the 12 months that end there, divided by the residents in their middle; neighbours share 11 of them.",
    series: [{ ...line(one), colour: 7 }, ...(alone ? [] : [{ ...line(country()), hollow: false }])],
  };
}

function inDeaths(one) {
  return {
    ...common(one),
    title: `${one.name}: deaths with synthetic opioids`,
    unit: "deaths in 12 months",
    note: "Each point is a sum over the 12 months that end there; neighbours share 11 of them. Provisional, as reported.",
    series: [{ ...line(one), colour: 7 }],
  };
}

function beside(one) {
  return {
    ...common(one),
    id: `states-${one.place}-beside`,
    title: `${one.name}, beside the country`,
    unit: "percent of the own peak",
    note: `100 is ${top(one)} in ${one.name}, and ${top(country())} in the country. Provisional, as reported; each point is a sum over 12 months.`,
    series: [{ ...ofPeak(one), colour: 7 }, { ...ofPeak(country()), hollow: false }],
  };
}

function common(one) {
  return {
    id: `states-${one.place}`,
    question: "How many people died of an overdose with a synthetic opioid in the 12 months up to each point?",
    yFromZero: true,
  };
}

function line({ place, name, record }) {
  return points(record, place === HERE ? "the country" : name, record.at);
}

/** In percent of the own peak; a table has it as a share, worked out from the counts. */
function ofPeak(one) {
  const { y, of, ...rest } = line(one);
  const values = y.map((value) => (value === null ? null : value / one.peak.value));
  const statuses = of.statuses.map((status, i) => (values[i] === null ? status : "computed"));
  const worked = { name: `${of.name} / its peak`, unit: "1", values, statuses };
  return { ...rest, y: values.map((value) => (value === null ? null : 100 * value)), of: { ...of, ...worked } };
}

function top({ peak }) {
  return `${amount(peak.value)} deaths in the 12 months to ${monthText(peak.label)}`;
}
