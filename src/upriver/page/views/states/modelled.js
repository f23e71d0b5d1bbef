/** The modelled world of a place beside its record: reckoned once, with all levers as today. */
import { html, useEffect } from "vendor";
import { number } from "kit/format.js";
import { data } from "../../model/data.js";
import { recordOf } from "../../model/packed.js";
import { points } from "../../model/records.js";
import { modelRemarks } from "../../model/remarks.js";
import { PageFigure } from "../../parts/figure.js";
import { HERE } from "../../parts/series-words.js";
import { figures } from "../../parts/told.js";
import { placeOf } from "./data.js";
import { MEASURES, amount, measure, recordIn } from "./measure.js";
import { QUANTITIES, YEARS, anyOpioid, avertedIn, fanOf, inYear, quantity, rankOf, read, recordedIn, shown, told } from "./model.js";
import { Order } from "./order.js";
import { chosen } from "./pick.js";

const { states } = data.told;
const [LAST_ON_RECORD, LAST] = states.ranked;
const MIDDLE = 0.5;
const COUNTRY_RECORD = "deaths_any_opioid";

export function Modelled() {
  useEffect(read, []);
  const place = chosen.value;
  if (!told.value) return html`<section class="states-model"><p class="awaits">Reading what the model says …</p></section>`;
  const { name } = placeOf(place);
  return html`
    <section class="states-model" aria-labelledby="states-model-title">
      <h3 id="states-model-title">The model beside the record: ${name}</h3>
      ${told.value.has(place) ? html`<${Place} place=${place} name=${name} />`
        : html`<p role="status">The model has no counterpart of ${name} alone${place === "YC" ? "; it is part of New York" : ""}.</p>`}
      <${Fixed} place=${place} />
      <${Order} />
    </section>
  `;
}

function Place({ place, name }) {
  const what = quantity.value;
  return html`
    <p>${standing(place, name, what)}</p>
    <fieldset class="choices">
      <legend>Deaths</legend>
      ${Object.entries(QUANTITIES).map(([one, text]) => html`
        <label key=${one} class="choice">
          <input type="radio" name="states-quantity" checked=${what === one} onChange=${() => (quantity.value = one)} />
          <span>${text}</span>
        </label>`)}
    </fieldset>
    <div class="states-body">
      <${PageFigure} key=${`${place} ${what}`} figure=${figureOf(place, name, what)} height=${260} how=${how(place)} />
      <${Averted} place=${place} name=${name} />
    </div>
  `;
}

/** That nothing here follows the levers, of what it is, and what gives a page that does. */
function Fixed({ place }) {
  const code = told.value.has(place) && place !== HERE ? place : "OH";
  return html`
    <p class="soft states-note"><b>This does not follow the levers of this page${data.place ? `; Overview and Levers do, for ${data.place.name}` : ""}.</b> It was reckoned once, on ${states.made}, with Upriver ${data.version},
      ${" "}digest ${states.stamp}: ${states.draws} draws, each state in the market and with the constants of the country’s draw of the same number, which
      nothing that the state recorded moved. What is local was fitted to its deaths to ${LAST_ON_RECORD}, and a local factor on risk can follow them: how well the past is
      met says nothing of what was not seen. After ${states.residents_to} residents stay as they were.
      ${" "}By hand: <code>${states.command} ${code}</code>. A page whose levers act in a state: <code>upriver page --place ${code}</code>.</p>
  `;
}

/** A sentence: what was recorded and modelled in the last year on record, what is ahead, and where the place stands. */
function standing(place, name, what) {
  const by = measure.value;
  const [then, ahead] = [LAST_ON_RECORD, LAST].map((year) => inYear(place, what, year, by));
  const known = recordedIn(place, what, LAST_ON_RECORD, by);
  const beside = known === null ? "not published" : `${amount(known)} recorded`;
  const first = `In ${LAST_ON_RECORD}, deaths ${QUANTITIES[what]} in ${name} ${by === "rate" ? MEASURES.rate : "in all"}: ${beside}, ${spread(then)} modelled.
    If all stays as today, ${spread(ahead)} in ${LAST}.`;
  if (place === HERE) return first;
  const [was, is] = [LAST_ON_RECORD, LAST].map((year) => rankOf(place, what, year));
  return `${first} By deaths per person that is ${placed(was)} of ${told.value.size - 1}, and ${placed(is)} in ${LAST}; 1 is the most.`;
}

function placed({ median, low, high }) {
  return low === high ? `place ${median}` : `place ${median} (${low} to ${high})`;
}

/** A median and its interval: rates to a tenth, counts to three figures. */
function spread({ median, low, high }) {
  return `${size(median)} (${size(low)} to ${size(high)})`;
}

/** One of them. */
function size(value) {
  return measure.value === "rate" ? amount(value) : number(Number(value.toPrecision(3)), 0);
}

function figureOf(place, name, what) {
  const by = measure.value;
  const rolling = what === "synthetic";
  const unit = by === "rate" ? MEASURES.rate : "a year";
  const beside = rolling ? recordOfSynthetic(place, by) : recordOfAny(place, by);
  return {
    id: `states-model-${place}-${what}-${by}`,
    title: `${name}: deaths ${QUANTITIES[what]}, modelled and recorded`,
    question: "How many people died of an overdose in twelve months, and how many would with all as today?",
    unit: `deaths ${unit}`,
    yFromZero: true,
    projection: data.projection,
    interval: "95 % interval",
    note: rolling
      ? "Recorded: sums of the twelve months that end at each point, of those who died in the state. Modelled: of residents, by calendar year, at its end."
      : "Each point is a calendar year, recorded and modelled alike.",
    series: [modelledLine(place, what, by, rolling ? 1 : MIDDLE), beside],
  };
}

function modelledLine(place, what, by, shift) {
  const { low, median, high } = fanOf(place, what, by);
  const of = {
    name: `deaths ${QUANTITIES[what]}`, unit: by === "rate" ? "1/100k/year" : "people/year", calendar: "year", system: "whole", draws: states.draws, times: YEARS,
  };
  return { label: "modelled, as today", kind: "modelled", x: YEARS.map((year) => year + shift), y: median, low, high, of };
}

function recordOfSynthetic(place, by) {
  const record = recordIn(place, by);
  return points(record, "recorded", record.at);
}

function recordOfAny(place, by) {
  if (place === HERE) {
    const record = recordOf(COUNTRY_RECORD, HERE);
    const y = record.y.map((value, i) => (value === null ? null : shown(place, value, record.x[i], by)));
    return points({ ...record, y }, "recorded", record.x.map((year) => year + MIDDLE));
  }
  const values = anyOpioid(place);
  const years = values.map((_, i) => states.first + i);
  const from = (field) => years.map((year) => states.records.find(({ last }) => last === null || year <= last)[field]);
  const of = {
    name: "deaths_any_opioid", place, unit: by === "rate" ? "1/100k/year" : "people/year", calendar: "year", labels: years.map(String),
    sources: from("source"), vintages: from("vintage"), statuses: values.map((value) => (value === null ? "missing" : by === "rate" ? "computed" : "reported")), notes: years.map(() => ""),
  };
  return { label: "recorded", kind: "recorded", x: years.map((year) => year + MIDDLE), y: values.map((value, i) => (value === null ? null : shown(place, value, years[i], by))), of };
}

function how(place) {
  return [`By hand: ${states.command} ${place}; digest ${states.stamp}`, ...modelRemarks([data.systems.whole], states.draws)];
}

/** What three measures would avert here, pulled one at a time from the year on from which deaths are counted. */
function Averted({ place, name }) {
  const last = data.clock.lastYear - 1;
  const people = (value) => shown(place, value, Math.floor((states.since + last) / 2), "rate");
  const rates = measure.value === "rate";
  const text = rates ? (value) => number(people(value), 1) : figures;
  return html`
    <div class="scroll" role="region" tabindex="0" aria-labelledby="states-averted">
      <table class="forecast-table">
        <caption id="states-averted">What doubling would do in ${name}: deaths with any opioid averted from ${states.since} to ${last}${rates ? ", per 100,000 people over the six years" : ""}, each
          measure alone, counted draw by draw; below zero more die.</caption>
        <thead><tr><th scope="col">Measure</th><th scope="col" class="num">Averted</th><th scope="col" class="num">Of those expected</th></tr></thead>
        <tbody>${avertedIn(place).map(({ name: key, title, deaths, percent }) => html`
          <tr key=${key}>
            <th scope="row">${title}</th>
            <${Three} of=${deaths} text=${text} />
            <${Three} of=${percent} text=${(value) => number(value, 1)} after=" %" />
          </tr>`)}</tbody>
      </table>
    </div>
  `;
}

function Three({ of: [median, low, high], text, after = "" }) {
  return html`<td class="num"><b>${text(median)}${after}</b> <span class="range">${text(low)} to ${text(high)}</span></td>`;
}
