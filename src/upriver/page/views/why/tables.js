/** Tables of a change: its parts before the record was seen and after, by explanation, beside the record. */
import { html } from "vendor";
import { MISSING, number } from "kit/format.js";
import { data } from "../../model/data.js";
import { Citation } from "../../parts/series-card.js";
import { ends, figures, signed } from "../../parts/told.js";

const { rivals } = data.told.why;
const ROOMY = matchMedia("(min-width: 62rem)");

/** A table whose rows become cards where there is no room; `rows` are `[name, ...cells]`. */
function Rows({ id, caption, header, rows }) {
  return html`
    <div class="scroll" role="region" tabindex="0" aria-labelledby=${id}>
      <table class="evidence-table">
        <caption id=${id}>${caption}</caption>
        <thead><tr>${header.map((text, i) => html`<th scope="col" class=${i ? "num" : null}>${text}</th>`)}</tr></thead>
        <tbody>${rows.map(([name, ...cells]) => html`
          <tr key=${name}>
            <th scope="row">${name}</th>
            ${cells.map((cell, i) => html`<td class="num" data-label=${header[i + 1]}><span>${cell}</span></td>`)}
          </tr>`)}</tbody>
      </table>
    </div>
  `;
}

const whole = (found) => `${signed(found.median)} (${ends(found, signed)})`;

/** Every part with its interval, in how many draws it lowers deaths, and what was said before the record was seen. */
export function Parts({ span, draws }) {
  const header = ["Part", "Median", "95 % interval", "Lowers deaths in", "Before the record was seen"];
  const rows = span.parts.map((part) => [
    part.title, signed(part.median), ends(part, signed), `${part.lowers_in} of ${draws} draws`,
    part.prior ? whole(part.prior) : "not in it",
  ]);
  rows.push(["all of it", signed(span.change.median), ends(span.change, signed), MISSING, whole(span.prior_change)]);
  return html`
    <details class="why-parts" open=${ROOMY.matches}>
      <summary>Part by part, and before the record was seen</summary>
      <${Rows} id="why-parts" header=${header} rows=${rows}
        caption=${`What each part did to the deaths of ${span.to}. Medians do not add up; the parts of each draw do. The last column is the same from plausible values alone, before the model was held to any record: the difference is what the record has taught.`} />
    </details>
  `;
}

/** Medians by explanation: of the parts on which the answer hangs, the others folded. */
export function Rivals({ span }) {
  const hangs = span.parts.filter(({ name }) => span.disputed.includes(name));
  const others = span.parts.filter(({ name }) => !span.disputed.includes(name));
  const caption = `Medians by explanation, ${span.from} to ${span.to}`;
  return html`
    <h3>What would change this answer</h3>
    <p class="why-prose">Which explanation of the past is right. There are six, and their odds are not known: all six count the same.
      These are the parts on which they differ by more than a tenth of the change.</p>
    <${Medians} id="why-rivals" parts=${hangs} caption=${caption} />
    <details>
      <summary>The parts on which they differ less</summary>
      <${Medians} id="why-rivals-less" parts=${others} caption=${caption} />
    </details>
  `;
}

/** A row for each explanation, a column for each part. */
function Medians({ id, parts, caption }) {
  const cells = (told) => parts.map((part) => html`<td key=${part.name} class="num">${signed(told(part))}</td>`);
  return html`
    <div class="scroll" role="region" tabindex="0" aria-labelledby=${id}>
      <table class="why-medians">
        <caption id=${id}>${caption}</caption>
        <thead><tr><th scope="col">If it was</th>${parts.map(({ name, title }) => html`<th key=${name} scope="col" class="num">${title}</th>`)}</tr></thead>
        <tbody>
          ${Object.keys(rivals).map((name) => html`
            <tr key=${name}><th scope="row">${rivals[name]}</th>${cells((part) => part.by_rival[name])}</tr>`)}
          <tr><th scope="row">not known which</th>${cells((part) => part.median)}</tr>
        </tbody>
      </table>
    </div>
  `;
}

/** The model's two years beside what is on record. */
export function Beside({ span }) {
  const { before, after, change } = span;
  const told = (value) => (value === null ? "not on record yet" : number(value, 0));
  const rows = [
    ["model, any opioid", `${figures(before.median)} (${ends(before)})`, `${figures(after.median)} (${ends(after)})`, whole(change)],
    ...span.recorded.map(({ what, values: [first, last] }) => [
      `on record, ${what}`, told(first), told(last), first === null || last === null ? MISSING : sign(last - first),
    ]),
  ];
  const sources = [...new Set(span.recorded.flatMap(({ sources: some }) => some))];
  return html`
    <h3>Beside the record</h3>
    <${Rows} id="why-record" header=${["Deaths in a year", String(span.from), String(span.to), "Change"]} rows=${rows}
      caption="Deaths with synthetic opioids, a part of all, are of the twelve months that end with December." />
    <p class="soft">Sources: ${sources.map((source, i) => html`${i ? "; " : ""}<${Citation} key=${source} source=${source} short />`)}</p>
  `;
}

function sign(value) {
  return `${value > 0 ? "+" : ""}${number(value, 0)}`;
}
