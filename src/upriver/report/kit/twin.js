/**
 * A figure's numbers as a table: a row a year, a column a series and its interval.
 *
 * It is made when it is opened, and follows the figure while it is open.
 */
import { html, useState } from "vendor";
import { columns, kept, momentText, moments, rounded } from "./columns.js";
import { MINUS, MISSING, decimalsFor, interval, number } from "./format.js";

const LEADING = new RegExp(`^[+\\-$~ ${MINUS}]+`);

/** The table in a part that opens, below what else stands there. */
export function Twin({ figure, summary = "The numbers as a table", children }) {
  const [open, setOpen] = useState(false);
  return html`<details onToggle=${(event) => setOpen(event.currentTarget.open)}>
    <summary>${summary}</summary>
    ${children}
    ${open && html`<div class="scroll" role="region" tabindex="0" aria-label=${`Numbers: ${figure.title}`}>
      <${Table} ...${tableOf(figure)} />
    </div>`}
  </details>`;
}

/** A table with caption and scopes; a column of numbers is aligned to the right. */
function Table({ columns: names, rows, caption }) {
  const numeric = names.map((_, i) => i > 0 && isNumeric(rows.map((row) => row[i])));
  const kind = (i) => (numeric[i] ? "num" : undefined);
  return html`<table>
    <caption>${caption}</caption>
    <thead><tr>${names.map((name, i) => html`<th scope="col" class=${kind(i)}>${name}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell, i) =>
      i === 0
        ? html`<th scope="row">${cell}</th>`
        : html`<td class=${kind(i)}>${cell ?? MISSING}</td>`)}</tr>`)}</tbody>
  </table>`;
}

/**
 * The figure's numbers: `{columns, rows, caption}`, a cell null where nothing is known.
 *
 * `year` keeps each series' first point of every calendar year, and its last; `point` keeps all.
 */
export function tableOf(figure, every = "year") {
  const drawn = figure.series.map((series) => ({ series, ...columns(series) }));
  const text = momentText(drawn);
  const names = ["Year"];
  let largest = 0;
  for (const { series, y } of drawn) {
    names.push(series.label);
    if (series.low) names.push(`${series.label}: interval`);
    for (const value of y) if (Math.abs(value) > largest) largest = Math.abs(value);
  }
  const decimals = decimalsFor(largest);
  const shown = drawn.map(({ x, y }) => new Map(kept(x, y, every).map((i) => [rounded(x[i]), i])));
  const rows = moments(drawn, every).map((moment) => {
    const row = [text(moment)];
    drawn.forEach(({ series, y, low, high }, position) => {
      const i = shown[position].get(moment);
      const known = i !== undefined;
      row.push(known ? number(y[i], decimals) : null);
      if (series.low) row.push(known ? interval(low[i], high[i], decimals) : null);
    });
    return row;
  });
  return { columns: names, rows, caption: `${figure.title} (${figure.unit})` };
}

/** Whether a column holds texts that start with a number. */
function isNumeric(cells) {
  const known = cells.filter((cell) => cell !== null && cell !== MISSING);
  return known.length > 0 && known.every((cell) => /^\d/.test(cell.replace(LEADING, "")));
}
