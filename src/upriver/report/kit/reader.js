/**
 * Reading a chart: a crosshair with the numbers of a moment, by pointer, by touch and by keyboard.
 *
 * It lies over the drawing, which so is not painted anew when a pointer moves. Keys: arrows, Page
 * Up and Down, Home, End, Escape; what is read is said in a polite live region.
 */
import { html, useSignal } from "vendor";
import { indexAt, momentText, stops } from "./columns.js";
import { decimalsFor, interval, number } from "./format.js";
import { fill, shape, swatch, tenth } from "./marks.js";
import { textWidth } from "./text.js";

const GAP = 14;
const BARE = 100;
const KEYS = { ArrowLeft: -1, ArrowRight: 1, PageUp: 5, PageDown: -5 };

/** The layer that reads; `hint` names it for whoever cannot see it. */
export function Reader({ title, drawn, frame }) {
  const at = useSignal(null);
  const said = useSignal("");
  const moment = at.value === null ? null : nearest(stops(drawn), at.value);
  const rows = moment === null ? [] : readings(drawn, moment);
  const when = moment === null ? "" : momentText(drawn)(moment);

  const point = (event) => {
    if (event.pointerType === "touch" && event.type === "pointermove" && !event.buttons) return;
    at.value = frame.x.low + (event.offsetX - frame.x.start) / frame.x.slope;
    said.value = "";
  };
  const hide = () => {
    at.value = null;
    said.value = "";
  };
  const leave = (event) => {
    if (event.pointerType !== "touch") hide();
  };
  const press = (event) => {
    const all = stops(drawn);
    if (!all.length) return;
    const here = moment === null ? all.length : all.indexOf(moment);
    let next = here + (KEYS[event.key] ?? NaN);
    if (event.key === "Home") next = 0;
    if (event.key === "End") next = all.length - 1;
    if (event.key === "Escape") hide();
    if (Number.isNaN(next) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    at.value = all[Math.min(all.length - 1, Math.max(0, next))];
    said.value = sentence(momentText(drawn)(at.value), readings(drawn, at.value));
  };
  return html`<div class="reader" tabindex="0" role="application" aria-roledescription="chart"
      aria-label=${`${title}: arrow keys read the values`}
      onPointerMove=${point} onPointerDown=${point} onPointerLeave=${leave} onPointerCancel=${hide}
      onBlur=${hide} onKeyDown=${press}>
    ${moment !== null && rows.length > 0 && html`
      ${crosshair(frame, moment, rows)}
      ${tip(frame, moment, when, rows)}`}
    <p class="unseen" aria-live="polite">${said}</p>
  </div>`;
}

/**
 * What every series says at a moment: records first, then from high to low.
 *
 * Lines that say the same to the bit, as scenarios do before they part, share a row.
 */
function readings(drawn, moment) {
  const decimals = decimalsFor(largest(drawn));
  const rows = [];
  for (const d of drawn) {
    const i = indexAt(d.x, moment);
    if (i < 0 || Number.isNaN(d.y[i])) continue;
    const [y, low, high] = [d.y[i], d.low[i], d.high[i]];
    const value = number(y, decimals);
    const range = Number.isNaN(low + high) ? "" : interval(low, high, decimals);
    const twin = rows.find((row) => row.d.isLine && d.isLine && row.y === y && row.range === range);
    if (twin) twin.others += 1;
    else rows.push({ d, y, value, range, others: 0 });
  }
  return rows
    .map((row) => ({ ...row, label: shared(row.d.series.label, row.others) }))
    .sort((a, b) => a.d.isLine - b.d.isLine || b.y - a.y);
}

function shared(label, others) {
  return others ? `${label} and ${others} other${others > 1 ? "s" : ""}` : label;
}

function largest(drawn) {
  let most = 0;
  for (const { y } of drawn) for (const value of y) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
}

/** The same for the ear. */
function sentence(when, rows) {
  const parts = rows.map(({ label, value, range }) => `${label} ${value}${range && ` (${range})`}`);
  return `${when}: ${parts.join("; ") || "no values"}`;
}

/** The vertical line and a mark on every series. */
function crosshair(frame, moment, rows) {
  const x = frame.x(moment);
  return html`<svg class="crosshair" viewBox=${`0 0 ${frame.width} ${frame.height}`} aria-hidden="true">
    <path class="cross" d=${`M${tenth(x)} ${frame.top}V${frame.bottom}`} />
    ${rows.map(({ d, y }) => d.isLine
      ? html`<circle class="dot ${d.look.colour}" cx=${tenth(x)} cy=${tenth(frame.y(y))} r="4.5" />`
      : html`<path class="points ${fill(d.look)}" d=${shape(d.look.marker, x, frame.y(y), 5)} />`)}
  </svg>`;
}

/** The numbers, beside the crosshair where there is room for them, else above the plot. */
function tip(frame, moment, when, rows) {
  const x = frame.x(moment);
  const widest = (name) => Math.max(...rows.map((row) => textWidth(row[name])));
  const needed = BARE + widest("label") + widest("value") * 1.1 + widest("range");
  const [before, after] = [x - GAP, frame.width - x - GAP];
  let place = { left: "0", right: "0", width: "auto", bottom: `${frame.height - frame.top + 6}px` };
  if (needed <= Math.max(before, after)) {
    place = { top: `${frame.top}px` };
    if (needed <= after) place.left = `${tenth(x + GAP)}px`;
    else place.right = `${tenth(after + 2 * GAP)}px`;
  }
  return html`<div class="tip" aria-hidden="true" style=${place}>
    <p>${when}</p>
    <table><tbody>${rows.map(({ d, label, value, range }) => html`<tr>
      <td><svg width="28" height="16" viewBox=${d.isLine ? "0 0 28 16" : "-9 0 28 16"}>
        ${swatch(d.look)}</svg></td>
      <td>${label}</td><td class="num">${value}</td><td class="range">${range}</td>
    </tr>`)}</tbody></table>
  </div>`;
}

function nearest(all, x) {
  const closer = (found, stop) => (Math.abs(stop - x) < Math.abs(found - x) ? stop : found);
  return all.length ? all.reduce(closer) : null;
}
