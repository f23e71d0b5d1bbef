/** Tables to take away: values over time in the one form, other rows under columns of their own. */
import { slug } from "kit/columns.js";
import { LICENCE, csvOf, csvText, download } from "kit/save.js";
import { told } from "../model/origin.js";
import { placesOf, recordOf, seriesOf } from "../model/packed.js";
import { points } from "../model/records.js";
import { recordRemarks } from "../model/remarks.js";

/** Save rows of texts and numbers under names of columns; `remarks` say what they are and how they were made. */
export function saveTable(file, remarks, columns, rows) {
  save(file, csvText(columns, rows, [...remarks, `Licence: ${LICENCE}`]));
}

/** Save every point of a figure. */
export function saveFigure(figure, remarks) {
  save(`upriver-${slug(figure.id)}.csv`, csvOf({ ...figure, series: told(figure.series) }, remarks));
}

/** Save every value of a series, of all its places. */
export function saveAllPlaces(name) {
  const { title, about } = seriesOf(name);
  const series = placesOf(name).map((place) => recordOf(name, place)).map((record) => points(record, name, record.x));
  saveFigure({ id: `record-${name}-places`, title, question: about, series }, recordRemarks());
}

function save(file, text) {
  download(file, new Blob([text], { type: "text/csv;charset=utf-8" }));
}
