/**
 * A figure to take away: its numbers as CSV, its drawing as SVG or PNG.
 */
import { columns, dataTo, oneLine } from "./columns.js";
import { exact } from "./format.js";
import { FONT, LINE, SIZE, wrap } from "./text.js";

const CAVEAT =
  "Modelled values come from a simulation and are uncertain; " +
  "read them with their interval. Recorded values are as their source published them.";
export const LICENCE =
  "Modelled values: under the licence that ships with Upriver. " +
  "Recorded values: under the terms of their source.";

/** The columns of every CSV of values over time that leaves Upriver (`evidence/record.py`). */
const COLUMNS = [
  "series", "place", "calendar", "period", "value", "low", "high", "unit", "source", "vintage",
  "status", "note", "world", "draws",
];
const BREAKS = /[\0\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+/g;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?$/;
const WITHOUT_VALUE = ["missing", "suppressed"];
const MARGIN = 20;
const TITLE = 18;
const SPACE = "http://www.w3.org/2000/svg";
const KEPT = {
  fill: "", "fill-opacity": "1", stroke: "none", "stroke-width": "1px", "stroke-opacity": "1",
  "stroke-dasharray": "none", "stroke-linejoin": "miter", "stroke-linecap": "butt",
};
const WRITTEN = { ...KEPT, "text-anchor": "start", "font-size": "", "font-weight": "400" };
const DRAWN = "path, rect, circle, line, polygon, polyline, text, tspan";

/**
 * Every point that is drawn, in `COLUMNS`, with the caveat, the licence and `remarks` in comment
 * lines on top: what Python's `csv_of` writes, to the byte, and `upriver evidence read csv` reads.
 *
 * A series says in `origin` what its values are: `{calendar, periods, place, unit, source, vintage,
 * status, note, world, draws}`, as `Origin` of `report/figures.py`. `source`, `vintage`, `status`
 * and `note` are a text for all, or a text for each value; `periods` may be left out where the
 * calendar is `year` or `instant`.
 */
export function csvOf(figure, remarks = []) {
  const reach = dataTo(figure);
  const comments = [
    figure.title, figure.question ?? "", `Note: ${figure.note ?? ""}`,
    ...(reach ? [`Data to: ${reach}`] : []),
    CAVEAT, `Licence: ${figure.licence ?? LICENCE}`,
  ];
  const rows = figure.series.flatMap((series) => rowsOf(series, figure.unit));
  return csvText(COLUMNS, rows, [...comments.map((text) => oneLine(String(text))), ...remarks]);
}

/** Rows of cells below names of columns, with remarks on top: Python's `csv_text`, to the byte. */
export function csvText(names, rows, remarks = []) {
  const flat = remarks.map((remark) => String(remark).replace(BREAKS, " ").replace(/ +$/, ""));
  const lines = flat.map((text) => `# ${text.startsWith("all:") ? " " : ""}${text}`.replace(/ +$/, ""));
  lines.push(names.map(cellOf).join(","), ...rows.map((row) => row.map(cellOf).join(",")));
  return `${lines.join("\n")}\n`;
}

/** The label of a period by a moment in it: the calendar year, else the instant itself. */
function periodOf(calendar, moment) {
  return calendar === "year" ? String(Math.floor(moment + 1e-9)) : exact(moment);
}

/**
 * A drawing as a file of its own: styles as attributes, fonts by name, on its own ground.
 *
 * `around` puts `title` and `question` above, and the lines of `foot` below.
 */
export function svgOf(drawing, around = {}) {
  const page = getComputedStyle(document.documentElement);
  const token = (name) => page.getPropertyValue(name).trim() || "currentColor";
  const copy = drawing.cloneNode(true);
  const copies = copy.querySelectorAll(DRAWN);
  drawing.querySelectorAll(DRAWN).forEach((from, i) => styled(from, copies[i]));
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of ["class", "style", "tabindex"]) element.removeAttribute(name);
  }
  const [, , width, height] = drawing.getAttribute("viewBox").split(/[ ,]+/).map(Number);
  const above = [
    ...texts(around.title, width, TITLE, token("--text"), 600),
    ...texts(around.question, width, SIZE + 1, token("--soft"), 400),
  ];
  const below = (around.foot ?? []).flatMap((line) => texts(line, width, SIZE - 1, token("--soft"), 400));
  const top = MARGIN + stacked(above, MARGIN) + (above.length ? 8 : 0);
  const foot = stacked(below, top + height + 4);
  const full = [width + 2 * MARGIN, top + height + (below.length ? foot + 4 : 0) + MARGIN - 4];

  const whole = element("svg", { xmlns: SPACE, width: full[0], height: full[1],
    viewBox: `0 0 ${full[0]} ${full[1]}`, "font-family": FONT, role: "img" });
  whole.append(element("rect", { width: full[0], height: full[1], fill: token("--page") }));
  const inner = element("g", { transform: `translate(${MARGIN} ${top})` });
  inner.append(...copy.childNodes);
  whole.append(...above.map(({ node }) => node), inner, ...below.map(({ node }) => node));
  return new XMLSerializer().serializeToString(whole);
}

/** A drawing as a PNG, `scale` pixels to each of its own. */
export async function pngOf(drawing, scale = 2, around = {}) {
  const text = svgOf(drawing, around);
  const [, width, height] = text.match(/width="([\d.]+)" height="([\d.]+)"/).map(Number);
  const image = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    await new Promise((done, failed) => {
      image.onload = done;
      image.onerror = () => failed(new Error("the drawing cannot be made a picture"));
      image.src = address;
    });
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Hand a file to the reader. */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A row a point; a value that is not known is missing, whatever the rest is. */
function rowsOf(series, unit) {
  const { calendar = "instant", periods, place = "US", unit: own, world, draws, ...origin } = series.origin ?? {};
  const { x, y, low, high, order } = columns(series);
  const told = (texts, i) =>
    oneLine(Array.isArray(texts) ? texts[order ? order[i] : i] : (texts ?? ""));
  const rows = [];
  for (let i = 0; i < x.length; i += 1) {
    if (x[i] !== x[i]) continue;
    const said = told(origin.status, i);
    const status = y[i] !== y[i] && !WITHOUT_VALUE.includes(said) ? "missing" : said;
    rows.push([
      oneLine(series.label), place, calendar, periods ? told(periods, i) : periodOf(calendar, x[i]),
      y[i], low[i], high[i], own || oneLine(unit), told(origin.source, i), told(origin.vintage, i),
      status, told(origin.note, i), world ?? "", draws ?? "",
    ]);
  }
  return rows;
}

/** A cell as it stands in a line: no spreadsheet takes it for a formula, no reader for a comment. */
function cellOf(value) {
  if (typeof value === "number") return exact(value);
  let text = String(value ?? "").replace(BREAKS, " ");
  const formula = /^[=+\-@#]/.test(text.replace(/^[ \t]+/, "")) && !NUMBER.test(text.trim());
  if (formula || text.startsWith("\t")) text = `'${text}`;
  return /[",#]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The computed style of an element as attributes of its copy, but for what is usual. */
function styled(from, to) {
  const style = getComputedStyle(from);
  for (const [name, usual] of Object.entries(/^t/.test(from.localName) ? WRITTEN : KEPT)) {
    const value = style.getPropertyValue(name);
    if (value !== usual) to.setAttribute(name, value);
  }
}

function texts(text, width, size, colour, weight) {
  if (!text) return [];
  return wrap(oneLine(text), width, 6, weight > 400 ? size * 1.06 : size).map((line) => {
    const node = element("text", { x: MARGIN, fill: colour, "font-size": size, "font-weight": weight });
    node.textContent = line;
    return { node, size };
  });
}

/** Put lines below each other from `top` on; the height that they take. */
function stacked(lines, top) {
  let down = 0;
  for (const { node, size } of lines) {
    down += Math.round(size * (LINE / SIZE));
    node.setAttribute("y", top + down - Math.round(size * 0.25));
  }
  return down;
}

function element(name, attributes) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key !== "xmlns") made.setAttribute(key, value);
  }
  return made;
}
