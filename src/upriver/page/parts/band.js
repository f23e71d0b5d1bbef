/**
 * The six stages from precursors to people as one band. Each stage is a living figure, or says that
 * it is not modelled yet; each says whether it is computed, or given to the model.
 */
import { html } from "vendor";
import { short } from "kit/format.js";
import { Sparkline } from "kit/sparkline.js";
import { recorded, recordedAt } from "../model/records.js";
import { useSummary } from "../model/summaries.js";

export const STAGE_NAMES = {
  precursors: "Precursors",
  synthesis: "Synthesis",
  corridors: "Corridors",
  market: "Market",
  people: "People",
  services: "Services",
};

const LAST = 2032;

export function Band() {
  return html`
    <section class="stages" aria-label="The system in six stages">
      <ol>
        <${Waiting} stage="precursors" text="Chemicals made abroad: China, India, others." />
        <${Waiting} stage="synthesis" text="China until 2019, then Mexico." />
        <${Waiting} stage="corridors" text="Mail, ports of entry, between them." />
        <${Market} />
        <${People} />
        <${Services} />
      </ol>
    </section>
  `;
}

function Waiting({ stage, text }) {
  return html`
    <li class="stage waiting">
      <h2>${STAGE_NAMES[stage]}</h2>
      <p>${text}</p>
      <p class="mark">Not modelled yet</p>
    </li>
  `;
}

function Stage({ stage, mark, children }) {
  return html`
    <li class="stage">
      <h2>${STAGE_NAMES[stage]}</h2>
      ${children}
      <p class="mark">${mark}</p>
    </li>
  `;
}

/** A number at the end of the run, with its interval where it has one, and its course. */
function Living({ found, what, text, record }) {
  if (!found) return html`<p class="living">…</p>`;
  const at = found.x.length - 1;
  const [low, high] = [found.low[at], found.high[at]];
  const wide = high - low > 1e-9 * Math.abs(high);
  return html`
    <p class="living"><b>${text(found.median[at])}</b> ${what}</p>
    <p class="living-range">${wide ? `${text(low)} to ${text(high)}` : "given, no interval"}</p>
    <${Sparkline} x=${found.x} y=${found.median} low=${found.low} high=${found.high} points=${record} />
  `;
}

const percent = (value) => `${Math.round(100 * value)} %`;

function Market() {
  const found = useSummary({ run: "now", kind: "driver", path: "people.market.fentanyl_share" }).value;
  return html`
    <${Stage} stage="market" mark="Given to the model: recorded to 2020, then a projection">
      <${Living} found=${found} what=${`of illicit opioids hold fentanyl in ${LAST}`} text=${percent}
        record=${recorded("fentanyl_share", "recorded")} />
    <//>
  `;
}

function People() {
  const found = useSummary({ run: "now", kind: "level", output: "people.heads.oud" }).value;
  return html`
    <${Stage} stage="people" mark="Modelled">
      <${Living} found=${found} what=${`people with opioid use disorder in ${LAST}`} text=${short} />
    <//>
  `;
}

function Services() {
  const found = useSummary({ run: "now", kind: "level", output: "people.heads.treatment" }).value;
  const kits = recordedAt("naloxone_kits", 2020);
  return html`
    <${Stage} stage="services" mark=${`Modelled, with ${short(kits)} naloxone kits a year on record (2020)`}>
      <${Living} found=${found} what=${`people on medication in ${LAST}`} text=${short} />
    <//>
  `;
}
