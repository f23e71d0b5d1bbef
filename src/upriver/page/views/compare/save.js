/** The comparison as CSV: what is printed, with all digits, and a link that opens each scenario. */
import { linkOf } from "../../model/address.js";
import { data, world } from "../../model/data.js";
import { madeBy } from "../../model/origin.js";
import { modelRemarks } from "../../model/remarks.js";
import { systemOf } from "../../model/scenario.js";
import { saveTable } from "../../parts/series-csv.js";
import { elsewhereText } from "./grounds.js";

const THREE = ["", "_low", "_high"];
const COLUMNS = [
  "scenario", "world", "held_against", "from", "to",
  ...["deaths", "averted", "averted_percent"].flatMap((name) => THREE.map((end) => name + end)),
  "draws_fewer_die", "draws_more_die",
  ...["people_with_a_disorder", "people_on_medication"].flatMap((name) => THREE.map((end) => name + end)),
  "source", "vintage", "draws", "link",
];

export function saveOutcomes(grounds) {
  const { lastYear } = data.clock;
  const said = [
    "Scenarios compared: opioid overdose deaths, and deaths averted against what each is held against",
    `Median and 95 % interval of common draws. Deaths to the end of ${lastYear - 1}; people at the start of ${lastYear}.`,
    ...grounds.map(elsewhereText).filter(Boolean),
  ];
  const systems = [...new Set(grounds.map(({ base }) => systemOf(base.scenario)))];
  saveTable("upriver-compare.csv", [...said, ...modelRemarks(systems)], COLUMNS, grounds.flatMap(rowsOf));
}

/** What each is held against, and the scenarios that are. */
function rowsOf({ base, members, since }) {
  return [base, ...members].map((one) => {
    const { scenario, total, averted, disorder, medication } = one;
    const last = disorder.median.length - 1;
    const by = madeBy(world(scenario.world).system, total.draws);
    return [
      scenario.title, by.world, averted ? base.scenario.title : "", since, data.clock.lastYear - 1,
      ...three(total, 0),
      ...(averted ? [...three(averted, 0), ...three(averted, 1), averted.helps, averted.harms] : new Array(8).fill("")),
      ...three(disorder, last), ...three(medication, last),
      by.source, by.vintage, by.draws, linkOf(scenario, "compare"),
    ];
  });
}

function three({ median, low, high }, at) {
  return [median[at], low[at], high[at]];
}
