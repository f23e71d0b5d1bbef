/** The claims as a table, as cards where there is no room for one, and as CSV. */
import { html } from "vendor";
import { MISSING } from "kit/format.js";
import { data } from "../../model/data.js";
import { madeBy } from "../../model/origin.js";
import { modelRemarks } from "../../model/remarks.js";
import { open } from "../../model/address.js";
import { failure } from "../../model/summaries.js";
import { differenceOf } from "./model.js";
import { differenceText, modelledText, recordedText, statedText, vintageText } from "./words.js";
import { Citation } from "../../parts/series-card.js";
import { saveTable } from "../../parts/series-csv.js";
import { Coded } from "../../parts/told.js";

const COLUMNS = [
  "name", "claim", "kind", "quantity", "stated", "stated_unit", "stated_year", "recorded", "recorded_unit", "period",
  "vintage", "recorded_status", "series", "sources", "no_record", "modelled", "modelled_low", "modelled_high", "modelled_unit",
  "modelled_period", "modelled_world", "modelled_source", "modelled_vintage", "draws", "difference", "difference_unit", "status", "remark",
];

/** Rows for the claims that were found; `figures` are the modelled ones by name. */
export function ClaimsTable({ found, figures }) {
  return html`
    <div class="scroll" role="region" tabindex="0" aria-labelledby="claims-caption">
      <table class="evidence-table claims">
        <caption id="claims-caption">What the article says, what was recorded, and what the model gives under the base projection: median, and
          95 % interval below it, and which model it is: the published one, or the whole system. A difference
          is taken only where record and model are of the same thing.</caption>
        <thead><tr>
          <th scope="col">No.</th><th scope="col">Claim</th><th scope="col">Article</th><th scope="col">Record</th>
          <th scope="col">Model</th><th scope="col" class="num">Model less record</th><th scope="col">Status</th>
        </tr></thead>
        <tbody>${found.map((one) => html`<${Row} key=${one.name} one=${one} figure=${figures.get(one.name)} />`)}</tbody>
      </table>
    </div>
    <p class="actions">
      <button type="button" aria-label="Save the claims as CSV" onClick=${() => save(found, figures)}>CSV</button>
    </p>
  `;
}

function Row({ one, figure }) {
  const { name, claim, quantity, status, remark, modelled } = one;
  return html`
    <tr data-claim=${name}>
      <td class="claim-name">${name}</td>
      <th scope="row">${claim}
        ${quantity && html`<span class="range">What would be measured: ${quantity}</span>`}
        ${remark && html`<span class="aside"><b>Remark:</b> <${Coded} text=${remark} /></span>`}
      </th>
      <td data-label="Article"><span>${statedText(one) || "no number"}</span></td>
      <td data-label="Record"><${Record} one=${one} /></td>
      <td data-label="Model" aria-busy=${modelled && !figure && !failure.value ? "true" : null}><${Model} modelled=${modelled} figure=${figure} /></td>
      <td class="num" data-label="Model less record"><span>${modelled ? differenceText(differenceOf(one, figure), modelled.unit) : MISSING}</span></td>
      <td data-label="Status"><span class=${`status status-${status.replace(" ", "-")}`}>${status}</span></td>
    </tr>
  `;
}

function Record({ one }) {
  const { recorded, no_record: none } = one;
  if (!recorded) return html`<span>none <span class="range">${none}</span></span>`;
  return html`
    <span><b>${recordedText(one)}</b> <span class="range">${vintageText(recorded)}</span>
      ${recorded.sources.map((source) => html`<span key=${source} class="range cited"><${Citation} source=${source} short /></span>`)}</span>
  `;
}

function Model({ modelled, figure }) {
  if (!modelled) return html`<span>${MISSING}</span>`;
  if (!figure) return html`<span>${failure.value ? "no answer" : "…"}</span>`;
  const text = modelledText(modelled, figure);
  return html`<span><b>${text.figure}</b> <span class="range">${text.range}</span> <span class="range">${data.systems[modelled.world].title}</span></span>`;
}

/** A way to the record behind the claims. */
export function ToEvidence() {
  return html`<button type="button" class="link" onClick=${() => open("evidence")}>All series, with sources and vintages</button>`;
}

function save(found, figures) {
  const rows = found.map((one) => {
    const { stated, recorded, modelled } = one;
    const figure = figures.get(one.name);
    const difference = differenceOf(one, figure);
    const by = modelled && madeBy(modelled.world, data.first);
    const unit = modelled?.unit === "percent" ? "percentage points" : "share of recorded";
    return [
      one.name, one.claim, one.kind, one.quantity, stated?.value, stated?.unit, stated?.year, recorded?.value, recorded?.unit,
      recorded?.period, recorded?.vintage, recorded?.statuses.join("; "), recorded?.series, recorded?.sources.join("; "), one.no_record,
      figure?.median, figure?.low, figure?.high, modelled?.unit, modelled?.period, by?.world, by?.source, by?.vintage, by?.draws,
      difference, difference === null ? "" : unit,
      one.status, one.remark,
    ];
  });
  const remarks = [
    "Claims of the article that Upriver set out from, in our words",
    "Modelled: the base projection of the published model (reference) or of the whole system (whole), median and 95 % interval over draws",
    ...modelRemarks([data.systems.reference, data.systems.whole], data.first),
  ];
  saveTable("upriver-claims.csv", remarks, COLUMNS, rows);
}
