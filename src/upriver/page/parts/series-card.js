/** One recorded series: title and reach; opened, what it is, who says so, its chart and its counterpart. */
import { html, useId, useState } from "vendor";
import { number } from "kit/format.js";
import { Sparkline } from "kit/sparkline.js";
import { data } from "../model/data.js";
import { instants, recordSeries, sums } from "../model/figures.js";
import { citation, points, sourceText } from "../model/records.js";
import { remarks } from "../model/remarks.js";
import { besideIn, fresh, scenario, todayOf } from "../model/scenario.js";
import { useSummary } from "../model/summaries.js";
import { Awaits } from "./awaits.js";
import { PageFigure } from "./figure.js";
import { saveAllPlaces } from "./series-csv.js";
import { newestOf, placeName, placesOf, recordOf, seriesOf } from "../model/packed.js";
import { CALENDARS, HERE, ROLLING, noteOf, unitText } from "./series-words.js";

/** A card that opens; nothing is asked of the engine while it is closed. */
export function SeriesCard({ name }) {
  const [open, setOpen] = useState(false);
  const record = seriesOf(name);
  const { title, place, x, y } = record;
  const known = newestOf(record);
  const places = placesOf(name).length;
  return html`
    <details class="series" data-series=${name} onToggle=${(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="series-title">${title}${place !== HERE && html` <span class="series-place">${placeName(place)}</span>`}${
          places > 1 && html` <span class="series-place">${places} places</span>`}</span>
        <span class="series-last">${valueText(name, y[known])} <span class="soft">in ${record.labels[known]}</span></span>
        <${Sparkline} x=${x.slice(0, known + 1)} y=${y.slice(0, known + 1)} width=${110} height=${30} colour=${record.group === "deaths" ? 7 : 1} />
      </summary>
      ${open && html`<${Opened} name=${name} />`}
    </details>
  `;
}

function Opened({ name }) {
  const { about, beside } = seriesOf(name);
  const places = placesOf(name);
  const [place, setPlace] = useState(places[0]);
  return html`
    <div class="series-open">
      <p class="series-about">${about}</p>
      ${places.length > 1 && html`<${Places} name=${name} places=${places} place=${place} choose=${setPlace} />`}
      ${beside && place === HERE
        ? html`<${Beside} name=${name} />`
        : html`<${Chart} key=${place} name=${name} place=${place} modelled=${[]} />`}
      <${Facts} name=${name} place=${place} />
    </div>
  `;
}

/** Where else it is recorded: one place to draw, and all of them to take away. */
function Places({ name, places, place, choose }) {
  const id = useId();
  return html`
    <p class="series-places">
      <label for=${id}>Place</label>
      <select id=${id} value=${place} onChange=${(event) => choose(event.currentTarget.value)}>
        ${places.map((one) => html`<option key=${one} value=${one}>${placeName(one)}</option>`)}
      </select>
      <button type="button" onClick=${() => saveAllPlaces(name)}
        aria-label=${`Save the numbers of all ${places.length} places as CSV: ${seriesOf(name).title}`}>CSV of all ${places.length} places</button>
    </p>
  `;
}

/** The record with its counterpart in the model, on the same calendar. */
function Beside({ name }) {
  const { beside, calendar } = seriesOf(name);
  const { kind, name: of } = besideIn(scenario.value, beside);
  const want = { sums: { flow: of }, level: { output: of }, driver: { path: of } }[kind];
  const found = useSummary({ run: "today", kind, ...want }).value;
  if (!found) return html`<${Awaits} />`;
  const modelled = kind === "sums"
    ? sums(found, "modelled", "modelled", undefined, calendar === ROLLING ? 1 : undefined)
    : instants(found, kind === "driver" ? "as the model is given it" : "modelled", kind === "driver" ? "driver" : "modelled");
  return html`<${Chart} key=${kind} name=${name} place=${HERE} modelled=${[modelled]} />`;
}

function Chart({ name, place, modelled }) {
  const record = { ...seriesOf(name), ...recordOf(name, place) };
  const first = place === seriesOf(name).place;
  const figure = {
    id: first ? `record-${name}` : `record-${name}-${place}`,
    title: first && place === HERE ? record.title : `${record.title}: ${placeName(place)}`,
    unit: unitText(name),
    yFromZero: true,
    projection: modelled.length ? data.projection : null,
    interval: "95 % interval",
    note: noteOf(record, place),
    question: record.about,
    series: [...modelled, ...recordedSeries(name, record, first)],
  };
  return html`<${PageFigure} figure=${figure} height=${260} level=${4} further=${vintagesOf(record)}
    how=${modelled.length ? remarks(fresh(todayOf(scenario.value).world)) : undefined} />`;
}

/** What is recorded, and apart from it what its source projects; with the interval that was published. */
function recordedSeries(name, record, first) {
  const times = timesOf(record);
  return first && !record.low ? recordSeries(name, times) : [points(record, "recorded", times)];
}

/** What a saved file says besides. */
function vintagesOf({ vintages, statuses, calendar }) {
  return [
    `Calendar: ${CALENDARS[calendar]}`,
    `Vintage: ${[...new Set(vintages)].join(", ")}. Status: ${[...new Set(statuses)].map((one) => data.statuses[one]).join("; ")}.`,
  ];
}

/** Where values are drawn: at the middle of their period, but beside a level or a driver at its start. */
function timesOf({ beside, calendar, x, at }) {
  return calendar === "year" && beside && beside.kind !== "sums" ? x : at;
}

function Facts({ name, place }) {
  const { beside } = seriesOf(name);
  const record = recordOf(name, place);
  const { labels } = record;
  return html`
    <dl class="facts">
      <div><dt>Unit</dt><dd>${unitText(name)} <code>${record.unit}</code></dd></div>
      <div><dt>Calendar</dt><dd>${CALENDARS[record.calendar]}; ${labels[0]} to ${labels.at(-1)}</dd></div>
      <div><dt>Place</dt><dd>${placeName(place)}</dd></div>
      <div><dt>Data to</dt><dd>${record.newest || "no value"}</dd></div>
      ${stretches(record).map(({ first, last, source, vintage, status, note }, i, all) => html`
        <div key=${first}>
          <dt>Source, ${first === last ? first : `${first} to ${last}`}</dt>
          <dd><${Citation} source=${source} short=${source === all[i - 1]?.source} /> Vintage: ${vintage}; ${data.statuses[status]}.${note && ` Note: ${note}.`}</dd>
        </div>`)}
      <div><dt>In the model</dt><dd>${beside && place === HERE ? html`<code>${besideIn(scenario.value, beside).name}</code>` : "no counterpart"}</dd></div>
      <div><dt>Name of the series</dt><dd><code>${name}</code></dd></div>
    </dl>
  `;
}

/** Periods in a row with the same source, vintage, status and note. */
function stretches({ labels, sources, vintages, statuses, notes }) {
  const found = [];
  labels.forEach((label, i) => {
    const last = found.at(-1);
    const here = { source: sources[i], vintage: vintages[i], status: statuses[i], note: notes[i] };
    if (last && Object.keys(here).every((key) => last[key] === here[key])) last.last = label;
    else found.push({ first: label, last: label, ...here });
  });
  return found;
}

/** A source in full, or in short with the full text on hover; only a web address becomes a link. */
export function Citation({ source, short = false }) {
  const { text, url } = citation(source);
  const shown = short ? sourceText(source).text : text;
  if (!/^https?:\/\//.test(url)) return html`<span title=${short ? text : null}>${shown}</span>`;
  return html`<a href=${url} rel="noreferrer" target="_blank" title=${short ? text : null}>${shown}</a>`;
}

/** A value at a glance. */
function valueText(name, value) {
  const { unit } = seriesOf(name);
  if (unit === "1" && name !== "heroin_price") return `${number(100 * value, 0)} %`;
  return number(value);
}
