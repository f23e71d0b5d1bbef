/** Seizures beside the record: by corridor, and why they are not flow. */
import { html } from "vendor";
import { figures, known, number } from "kit/format.js";
import { data } from "../../model/data.js";
import { useSummary } from "../../model/summaries.js";
import { year } from "./kilograms.js";
import { Awaits } from "../../parts/awaits.js";
import { useLast } from "../../parts/last.js";
import { Citation } from "../../parts/series-card.js";
import { CORRIDORS, POUND, recordOrigin, recordedIn, recordedShares, yearsOnRecord } from "./record.js";

const ROUTES = ["mail", "ports", "between", "coastal"];
const flow = (name, routes = ROUTES) => routes.map((route) => `supply.${name}[${route}]`);
const SEIZED = flow("seizures.seized");
const AT_BORDER = [...SEIZED, ...flow("seizures.delivered")];
const GROSS = ["supply.seizures.gross_total"];
const HEADS = ["Sent, modelled", "Seized, modelled", "Seized, recorded"];

/** Shares by corridor in the fiscal year of the year that is shown, or the nearest on record. */
export function Seizures() {
  const known = yearsOnRecord();
  const at = Math.min(Math.max(year.value, known[0]), known.at(-1));
  return html`
    <section class="supply-seizures" aria-labelledby="seizures-title">
      <h2 id="seizures-title">Seizures, and what they say</h2>
      <${NotFlow} at=${at} />
      <${Shares} at=${at} />
    </section>
  `;
}

/** Sums over a fiscal year, and the year; the last ones until all are there. */
function useFiscal(at, wants) {
  const found = wants.map((want) => useSummary({ run: "now", kind: "yearly", fiscal: true, at, ...want }).value);
  return useLast(found.every(Boolean) && { of: at, found });
}

function NotFlow({ at }) {
  const last = useFiscal(at, [
    { flows: SEIZED, per: AT_BORDER },
    { flows: SEIZED, per: GROSS },
    { flows: AT_BORDER },
    { flows: GROSS },
  ]);
  if (!last) return html`<${Awaits} short />`;
  const { of, found: [chance, content, came, gross] } = last;
  const recorded = recordedIn(of);
  const [least, most] = [chance.low[0], chance.high[0]];
  const [q] = chance.median;
  const pure = recorded * content.median[0];
  return html`
    <p class="supply-not-flow"><b>Seizures are not flow.</b> A seizure is a chance times a flow, and only the two together are seen: more is
      seized because more comes, because more of it is found, or because what comes is less pure.</p>
    <p>In fiscal year ${of} the model has ${kilograms(came)} of pure fentanyl at the border and in the mail, and ${percent(q)} of it seized:
      one kilogram in ${number(1 / q, 0)}. As weighed, with all that it is mixed with, that is ${kilograms(gross)}. US Customs and Border
      Protection recorded ${number(recorded, 0)} kg (${number(recorded / POUND, 0)} lb); at the model's ${percent(content.median[0])} of fentanyl in
      it, ${figures(pure)} kg pure.</p>
    <p>The chance is a judgement: ${percent(least)} to ${percent(most)} is plausible. With the same weight on record and the same mix, from
      ${" "}${figures(pure / most)} to ${figures(pure / least)} kg would have come. No record of seizures tells which.</p>
  `;
}

function kilograms({ median, low, high, draws }) {
  const [middle, from, to] = known(median[0], low[0], high[0], draws, 0);
  return `${middle} kg (${from} to ${to})`;
}

function Shares({ at }) {
  const last = useFiscal(at, CORRIDORS.flatMap(({ routes }) => [
    { flows: flow("pipeline.sent", routes), per: flow("pipeline.sent") },
    { flows: flow("seizures.gross", routes), per: GROSS },
  ]));
  if (!last) return html`<${Awaits} short />`;
  const { of, found } = last;
  const recorded = recordedShares(of);
  return html`
    <div class="scroll" role="region" tabindex="0" aria-label="Shares of the corridors">
      <table class="supply-shares">
        <caption>Shares of the corridors in fiscal year ${of}, October ${of - 1} to September ${of}. Sent: of pure kilograms. Seized: of gross
          weight.${of === year.value ? "" : " It is the nearest to the year above that is on record whole."}</caption>
        <thead><tr>
          <th scope="col">Corridor</th><th scope="col" class="num">${HEADS[0]}</th>
          <th scope="col" class="num">${HEADS[1]}</th><th scope="col" class="num">${HEADS[2]}</th>
        </tr></thead>
        <tbody>
          ${CORRIDORS.map(({ key, name }, i) => html`
            <tr key=${key} data-corridor=${key}>
              <th scope="row">${name}</th>
              <${Share} label=${HEADS[0]} found=${found[2 * i]} kind="sent" />
              <${Share} label=${HEADS[1]} found=${found[2 * i + 1]} kind="seized" />
              <${Share} label=${HEADS[2]} found=${recorded && { median: [recorded.get(key)] }} kind="recorded" />
            </tr>`)}
        </tbody>
      </table>
    </div>
    <p class="soft flows-note">The record is split by who seized, at ports of entry or between them, and by border; it does not tell the
      mail apart. <${Recorded} /></p>
  `;
}

/** Source and vintage of what is recorded. */
function Recorded() {
  const { sources, vintages } = recordOrigin();
  return html`<b>Recorded:</b> ${sources.map((source) => html`<${Citation} key=${source} source=${source} short />`)}, vintage ${vintages.join(", ")}.`;
}

function Share({ label, found, kind }) {
  if (!found) return html`<td class="num" data-label=${label}>no record</td>`;
  const { median: [value], low, high } = found;
  return html`
    <td class="num" data-label=${label}><span><b>${percent(value)}</b>
      ${low && percent(low[0]) !== percent(high[0]) && html` <span class="range">${percent(low[0])} to ${percent(high[0])}</span>`}
      <svg class=${`share-bar ${kind}`} viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true"><rect width=${100 * value} height="5" /></svg></span></td>
  `;
}

function percent(value) {
  return `${number(100 * value, 100 * value < 10 ? 1 : 0)} %`;
}
