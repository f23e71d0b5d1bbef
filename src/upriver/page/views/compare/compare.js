/** Compare: up to five scenarios with common draws, each held against ‘as today’ on its own ground. */
import { html } from "vendor";
import { Courses } from "./charts.js";
import { elsewhereText, groundText, groundsOf } from "./grounds.js";
import { saveOutcomes } from "./save.js";
import { Sentences } from "./sentences.js";
import { AddToShelf, Shelf } from "./shelf.js";
import { Differences, Outcomes } from "./table.js";
import { data } from "../../model/data.js";
import { shelf } from "../../model/shelf.js";
import { useSummary } from "../../model/summaries.js";
import { Awaits } from "../../parts/awaits.js";

export const view = { name: "compare", title: "Compare", View: Compare };

const DEATHS = "people.overdose.deaths";

/** What is compared stands first; only where nothing is yet, what could be added. */
function Compare() {
  const entries = shelf.value;
  const add = html`<${AddToShelf} key="add" />`;
  const found = html`<${Found} key=${entries.map(({ id }) => id).join(" ")} entries=${entries} />`;
  return [html`<${Shelf} key="shelf" />`, ...(entries.length > 1 ? [found, add] : [add, found])];
}

/** Asks for every scenario; made anew when the shelf holds others, since hooks are counted. */
function Found({ entries }) {
  const grounds = groundsOf(entries).map((ground) => {
    const base = asked(ground.base, ground.since);
    const against = bare(ground.base);
    return { ...ground, base, members: ground.members.map((one) => asked(one, ground.since, against)) };
  });
  const waits = grounds.some(({ base, members }) => [base, ...members].some((one) => Object.values(one).includes(undefined)));
  if (waits) return html`<${Awaits} />`;
  const several = grounds.length > 1;
  return html`
    <section class="compared" aria-labelledby="compared-title">
      <h2 id="compared-title">What each comes to</h2>
      ${several && html`<p class="first-said"><b>Not on one ground.</b> These scenarios stand on ${grounds.map(groundText).join(" and on ")}.
        Each is held against its own with all levers as today; deaths on one cannot be held against deaths on another.</p>`}
      ${grounds.map((ground, i) => html`<${Ground} key=${ground.base.scenario.world} ground=${ground} number=${i + 1} several=${several} />`)}
      <p class="actions">
        <button type="button" onClick=${() => saveOutcomes(grounds)}>CSV</button>
        <span class="soft">Medians, and 95 % intervals below them, written to what the draws can say. People are counted at the start of ${data.clock.lastYear}.</span>
      </p>
      <${Differences} entries=${entries} />
    </section>
  `;
}

function Ground({ ground, number, several }) {
  const elsewhere = elsewhereText(ground);
  return html`
    <section class="ground" aria-label=${`On ${groundText(ground)}`}>
      ${several && html`<h3>On ${groundText(ground)}</h3>`}
      <${Sentences} ground=${ground} />
      ${elsewhere && html`<p class="other-ground">${elsewhere}</p>`}
      <${Outcomes} ground=${ground} number=${number} />
      <${Courses} ground=${ground} number=${number} level=${several ? 4 : 3} />
    </section>
  `;
}

/** A scenario with all that is asked of it; what is not there yet is undefined. */
function asked(one, since, against) {
  const run = bare(one);
  const of = (want) => useSummary({ run, ...want }).value ?? undefined;
  return {
    ...one,
    total: of({ kind: "total", flow: DEATHS, since }),
    yearly: of({ kind: "sums", flow: DEATHS }),
    disorder: of({ kind: "level", output: "people.heads.oud" }),
    medication: of({ kind: "level", output: "people.heads.treatment" }),
    ...(against && {
      averted: of({ kind: "averted", flow: DEATHS, since, against }),
      course: of({ kind: "course", flow: DEATHS, since, against }),
    }),
  };
}

/** What runs depend on; a new name is no new run. */
function bare({ scenario: { world, levers } }) {
  return { world, levers };
}
