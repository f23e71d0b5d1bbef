/**
 * What the published model says beside a claim, under its base projection with nothing changed. A sum over a year
 * and a level come from the page's engine. A share, a change or an effect is taken draw by draw, which the
 * engine of the page does not do yet, and so are figures of the whole system: those numbers are those of
 * `upriver claims`, carried with the claim.
 */
import { data, quarters, years } from "../../model/data.js";
import { useSummary } from "../../model/summaries.js";

const RUN = { world: data.systems.reference.base, levers: {} };
const WANTS = {
  sums: ({ name }) => ({ run: RUN, kind: "sums", flow: name }),
  level: ({ name }) => ({ run: RUN, kind: "level", output: name }),
};
const TIMES = { sums: years, level: quarters };

/** Claims whose figure is asked of the engine; the list is the same at every call. */
const ASKED = data.claims.filter(({ modelled }) => modelled && !modelled.figure && WANTS[modelled.kind]);

/** The modelled figure of each claim by its name: `{low, median, high}`, or null while it is computed. */
export function useModelled() {
  const found = new Map();
  for (const { name, modelled } of data.claims) {
    if (modelled?.figure) {
      const [low, median, high] = modelled.figure;
      found.set(name, { low, median, high });
    }
  }
  for (const { name, modelled } of ASKED) {
    const { kind, year } = modelled;
    const course = useSummary(WANTS[kind](modelled)).value;
    const i = TIMES[kind].indexOf(year);
    found.set(name, course && { low: course.low[i], median: course.median[i], high: course.high[i] });
  }
  return found;
}

/** Modelled against recorded, where both are of the same thing: in points of percent, or as a share of what is recorded. */
export function differenceOf({ recorded, modelled, same }, figure) {
  if (!same || !figure) return null;
  if (modelled.unit === "percent") return figure.median - recorded.value;
  return figure.median / recorded.value - 1;
}
