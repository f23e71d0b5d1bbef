/** Compare: up to five scenarios, what each averts, where they differ, with common draws. */
import { html } from "vendor";
import { Courses } from "./charts.js";
import { Shelf } from "./shelf.js";
import { Differences, Outcomes } from "./table.js";
import { shelf, since, systemsOf } from "../../model/shelf.js";
import { systemOf } from "../../model/scenario.js";
import { useSummary } from "../../model/summaries.js";

export const view = { name: "compare", title: "Compare", View: Compare };

const DEATHS = "people.overdose.deaths";

function Compare() {
  const entries = shelf.value;
  return html`
    <${Shelf} />
    <${Found} key=${entries.map(({ id }) => id).join(" ")} entries=${entries} since=${since.value} />
  `;
}

/** Asks for every scenario; made anew when the shelf holds others, since hooks are counted. */
function Found({ entries, since: from }) {
  const found = entries.map((entry, i) => {
    const run = bare(entry);
    const against = { world: systemOf(entry.scenario).base, levers: {} };
    return {
      entry,
      total: useSummary({ run, kind: "total", flow: DEATHS, since: from }).value,
      averted: i ? useSummary({ run, kind: "averted", flow: DEATHS, since: from, against }).value : true,
      course: i ? useSummary({ run, kind: "course", flow: DEATHS, since: from, against }).value : true,
      yearly: useSummary({ run, kind: "sums", flow: DEATHS }).value,
      disorder: useSummary({ run, kind: "level", output: "people.heads.oud" }).value,
      medication: useSummary({ run, kind: "level", output: "people.heads.treatment" }).value,
    };
  });
  const waits = found.some((one) => Object.values(one).some((value) => !value));
  if (waits) return html`<div class="awaits" aria-busy="true">Running the model …</div>`;
  const systems = systemsOf(entries);
  return html`
    <section class="compared" aria-labelledby="compared-title">
      <h2 id="compared-title">What each comes to</h2>
      ${systems.length > 1 && html`<p class="first-said"><b>Not of one system.</b> These scenarios run in ${systems.map(({ title }) => `the ${title}`).join(", and in ")}.
        Their deaths cannot be held against each other; what each averts is counted in its own.</p>`}
      <${Outcomes} found=${found} since=${from} />
      <${Differences} entries=${entries} />
      <${Courses} found=${found} since=${from} />
    </section>
  `;
}

/** What runs depend on; a new name is no new run. */
function bare({ scenario: { world, levers } }) {
  return { world, levers };
}
