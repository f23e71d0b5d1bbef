/**
 * Calendars of the record, as `evidence/calendars.py` has them: what a period's label covers, and how a
 * month is written.
 */
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];
const DAY = 86_400_000;

/** Labels of a place: as they stand, or the first and how many follow it. */
export function labelsOf(packed) {
  if (typeof packed[1] !== "number") return packed;
  const [first, count] = packed;
  const found = [first];
  while (found.length < count) found.push(next(found.at(-1)));
  return found;
}

/** Calendar years in which a period starts and ends. */
export function spanOf(calendar, label) {
  const [year, part] = label.replace(/^FY/, "").split("-");
  const start = Number(year);
  if (calendar === "year") return [start, start + 1];
  if (calendar === "month") return [start + (Number(part) - 1) / 12, start + Number(part) / 12];
  if (calendar === "12 months ending") return [start + Number(part) / 12 - 1, start + Number(part) / 12];
  if (calendar === "quarter") return [start + (Number(part[1]) - 1) / 4, start + Number(part[1]) / 4];
  if (calendar === "half-year") return [start + (Number(part[1]) - 1) / 2, start + (Number(part[1]) - 1) / 2 + 0.5];
  if (calendar === "fiscal year") return [start - 0.25, start + 0.75];
  const at = part === undefined ? start : dayOf(label, start);
  return [at, at];
}

/** `April 2021`. */
export function monthText(label) {
  const [year, month] = label.split("-");
  return `${MONTHS[Number(month) - 1]} ${year}`;
}

/** `Apr 2021`. */
export function monthShort(label) {
  return monthText(label).replace(/^(\w{3})\w*/, "$1");
}

/** A day, a month or a year in words: `30 January 2024`, `October 2017`, `2022`. */
export function dateText(date) {
  const [year, month, day] = date.split("-");
  if (!month) return year;
  return day ? `${Number(day)} ${monthText(date)}` : monthText(`${year}-${month}`);
}

function next(label) {
  if (label.startsWith("FY")) return `FY${Number(label.slice(2)) + 1}`;
  const [year, month] = label.split("-").map(Number);
  if (month === undefined) return String(year + 1);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
}

function dayOf(label, year) {
  const length = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / DAY;
  return year + (Date.parse(label) - Date.UTC(year, 0, 1)) / DAY / length;
}
