/** Tables to take away: comment lines on top, text that no spreadsheet takes for a formula. */
import { oneLine } from "kit/columns.js";
import { LICENCE, download } from "kit/save.js";
import { data } from "../model/data.js";
import { placesOf, recordOf, seriesOf } from "../model/packed.js";

const COLUMNS = [
  "series", "place", "calendar", "period", "value", "low", "high", "unit", "source", "vintage", "status", "note",
];

/** Save rows of texts and numbers under names of columns. */
export function saveTable(file, remarks, columns, rows) {
  const comments = [...remarks, `Licence: ${LICENCE}`, `Upriver ${data.version} (${data.digest})`];
  const lines = [
    ...comments.map((text) => `# ${oneLine(text)}`),
    columns.join(","),
    ...rows.map((row) => row.map(cell).join(",")),
  ];
  download(file, new Blob([`${lines.join("\n")}\n`], { type: "text/csv;charset=utf-8" }));
}

/** Save every value of a series, of all its places, in the columns of the tables that ship. */
export function saveAllPlaces(name) {
  const { title, about } = seriesOf(name);
  const rows = placesOf(name).flatMap((place) => {
    const one = recordOf(name, place);
    return one.labels.map((label, i) => [
      name, place, one.calendar, label, one.y[i], one.low?.[i], one.high?.[i], one.unit,
      one.sources[i], one.vintages[i], one.statuses[i], one.notes[i],
    ]);
  });
  saveTable(`upriver-record-${name.replaceAll("_", "-")}-places.csv`, [title, about], COLUMNS, rows);
}

function cell(value) {
  if (typeof value === "number") return String(value);
  if (value === null || value === undefined || value === "") return "";
  const text = oneLine(String(value));
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",#]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
