/**
 * The six stages from precursors to people as one slim strip; each opens its view. Each stage is a living
 * figure, or says that it is not part of the published model, and whether it is computed, or given to it.
 */
import { html } from "vendor";
import { brief, known, short } from "kit/format.js";
import { open } from "../../model/address.js";
import { data } from "../../model/data.js";
import { fragmentOf } from "../../model/link.js";
import { newestOf, seriesOf } from "../../model/packed.js";
import { atRest, whole } from "../../model/scenario.js";
import { STAGE_NAMES } from "../../model/stages.js";
import { useSummary } from "../../model/summaries.js";
import { openBase } from "../../parts/whole-only.js";

const LAST = data.clock.lastYear;
const SHARE = "fentanyl_share";
/** The view that tells more of a stage. */
const OPENS = { precursors: "flow", synthesis: "flow", corridors: "flow", market: "flow", people: "people", services: "people" };
const ORIGINS = ["china", "india", "other"].map((origin) => `supply.precursors.flow[${origin}]`);
const DELIVERED = ["mail", "ports", "between", "coastal"].map((route) => `supply.seizures.delivered[${route}]`);

export function Strip() {
  return html`
    <section class="stages" aria-label=${data.place ? `Market, people and services in ${data.place.name}` : "The system in six stages"}>
      <ol>
        ${data.place ? null : whole.value ? html`<${Supply} />` : html`
          <${Missing} stage="precursors" text="Chemicals made abroad: China, India, others." />
          <${Missing} stage="synthesis" text="China until 2019, then Mexico." />
          <${Missing} stage="corridors" text="Mail, ports of entry, between them." />`}
        ${whole.value ? html`<${Market} />` : html`<${GivenMarket} />`}
        <${People} />
        <${Services} />
      </ol>
    </section>
  `;
}

/** The stages before the market, which only the whole system has. */
function Supply() {
  const precursors = useSummary({ run: "now", kind: "yearly", flows: ORIGINS, at: LAST - 1 }).value;
  const made = useSummary({ run: "now", kind: "yearly", flows: ["supply.production.produced[mexico]"], at: LAST - 1 }).value;
  const ports = useSummary({ run: "now", kind: "yearly", flows: ["supply.seizures.delivered[ports]"], per: DELIVERED, at: LAST - 1 }).value;
  return html`
    <${Stage} stage="precursors" mark="Modelled">
      <${Living} found=${precursors} what=${`of precursors to Mexico in ${LAST - 1}, as fentanyl`} text=${kilograms} />
    <//>
    <${Stage} stage="synthesis" mark="Modelled">
      <${Living} found=${made} what=${`of fentanyl made in Mexico in ${LAST - 1}`} text=${kilograms} />
    <//>
    <${Stage} stage="corridors" mark="Modelled">
      <${Living} found=${ports} what=${`of what arrives in ${LAST - 1} comes by ports of entry`} text=${percent} />
    <//>
  `;
}

function Missing({ stage, text }) {
  return html`
    <li class="stage waiting">
      <h2>${STAGE_NAMES[stage]}</h2>
      <p>${text}</p>
      <p class="mark">Not part of the published model. <button type="button" class="link" onClick=${openBase}>Open the base<span
        class="hidden"> projection of the whole system</span></button></p>
    </li>
  `;
}

function Stage({ stage, mark, children }) {
  return html`
    <li class="stage">
      <h2>${data.place && OPENS[stage] === "flow" ? STAGE_NAMES[stage]
        : html`<a href=${fragmentOf(atRest.value, OPENS[stage])} onClick=${(event) => go(event, stage)}>${STAGE_NAMES[stage]}</a>`}</h2>
      ${children}
      <p class="mark">${mark}</p>
    </li>
  `;
}

/** A plain click opens the view here. */
function go(event, stage) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  open(OPENS[stage]);
}

/** A number at the end of the run, with its interval where it has one. */
function Living({ found, what, text, none = "all draws alike, as rounded" }) {
  if (!found) return html`<p class="living">…</p>`;
  const at = found.median.length - 1;
  const [middle, from, to] = text(found.median[at], found.low[at], found.high[at], found.draws);
  return html`
    <p class="living"><b>${middle}</b> ${what}</p>
    <p class="living-range">${from === to ? none : `${from} to ${to}`}</p>
  `;
}

/** A middle and its ends to what the draws can say: as people, kilograms, and shares. */
const people = (...told) => known(...told, 0).map(brief);
const kilograms = (...told) => people(...told).map((text) => `${text} kg`);
const percent = (...ends) => ends.slice(0, 3).map((value) => `${Math.round(100 * value)} %`);

/** The market where supply makes it. */
function Market() {
  const found = useSummary({ run: "now", kind: "moment", outputs: [data.place ? "people.met.fentanyl_share" : "supply.fentanyl_share"], at: LAST }).value;
  return html`
    <${Stage} stage="market" mark="Modelled">
      <${Living} found=${found} what=${`of illicit opioid doses are fentanyl in ${LAST}`} text=${percent} />
    <//>
  `;
}

/** The market as it is given to the published model. */
function GivenMarket() {
  const found = useSummary({ run: "now", kind: "driver", path: "people.market.fentanyl_share" }).value;
  return html`
    <${Stage} stage="market" mark=${`Given to the model: recorded to ${seriesOf(SHARE).newest}, then a projection`}>
      <${Living} found=${found} what=${`of illicit opioids hold fentanyl in ${LAST}`} text=${percent} none="given, no interval" />
    <//>
  `;
}

function People() {
  const found = useSummary({ run: "now", kind: "moment", outputs: ["people.heads.oud"], at: LAST }).value;
  return html`
    <${Stage} stage="people" mark="Modelled">
      <${Living} found=${found} what=${`people with opioid use disorder in ${LAST}`} text=${people} />
    <//>
  `;
}

function Services() {
  const found = useSummary({ run: "now", kind: "moment", outputs: ["people.heads.treatment"], at: LAST }).value;
  return html`
    <${Stage} stage="services" mark=${data.place ? "Modelled" : kits()}>
      <${Living} found=${found} what=${`people on medication in ${LAST}`} text=${people} />
    <//>
  `;
}

function kits() {
  const record = seriesOf("naloxone_kits");
  const i = newestOf(record);
  return `Modelled, with ${short(record.y[i])} naloxone kits a year on record (${record.labels[i]})`;
}
