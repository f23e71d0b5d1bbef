/** Evidence: every recorded series, what studies found, dated acts, and what could not be found. */
import { html, signal } from "vendor";
import { ACTS, Acts } from "../../parts/series-acts.js";
import { SeriesCard } from "../../parts/series-card.js";
import { Effects } from "./effects.js";
import { Gaps } from "./gaps.js";
import { unitText } from "../../parts/series-words.js";
import { data } from "../../model/data.js";
import { SERIES_NAMES, placeName, placesOf, seriesOf } from "../../model/packed.js";
import { citation } from "../../model/records.js";

export const view = { name: "evidence", title: "Evidence", View: Evidence };

const GROUPS = {
  deaths: "Deaths",
  people: "People",
  treatment: "Treatment",
  prescribing: "Prescribing",
  market: "The illicit market",
  seizures: "Seizures",
  laboratories: "Laboratories",
  response: "Response to overdose",
  housing: "Housing",
  population: "Population",
  abroad: "Abroad",
};

/** Parts of the view: what each holds, and the text in which a reader's words are looked for. */
const PARTS = [
  {
    name: "series",
    title: "Series",
    heading: "What was recorded",
    all: SERIES_NAMES,
    text: (name) => {
      const { title, about, group, sources } = seriesOf(name);
      return [name, title, about, GROUPS[group] ?? group, unitText(name), ...placesOf(name).map(placeName), ...cited(sources)];
    },
    Part: Series,
    about: `Every series that ships with the model: what it was fitted to, what it is given, and what it can be
      held against, as its source published it or as the authors of the published model, SOURCE, adjusted it. Open one for its chart, with the model
      beside it where the model has a counterpart. Each death counted here was a person.`,
    More: InPackage,
  },
  {
    name: "effects",
    title: "Effects",
    heading: "What studies found",
    all: data.effects,
    text: ({ sources, ...rest }) => [...Object.values(rest).map(String), ...cited(sources)],
    Part: Effects,
    about: `What trials and studies found that a measure does, each with its interval and its design. What no
      study measured stands here too, without a number.`,
  },
  {
    name: "acts",
    title: "Acts",
    heading: "What was done, and when",
    all: ACTS,
    text: ({ place, source, ...rest }) => [place, placeName(place), ...Object.values(rest), ...cited([source])],
    Part: Acts,
    about: "State laws, controls of precursors, and cooperation between states: what was done and when, without a judgement.",
  },
  {
    name: "gaps",
    title: "What we could not find",
    heading: "What we could not find",
    all: data.gaps,
    text: (gap) => Object.values(gap).flat(),
    Part: Gaps,
    about: `Figures that were asked for and are in no text that can be cited and was read. None of them was
      made up. Whoever knows a source is welcome to name it.`,
  },
];

const words = signal("");
const open = signal(PARTS[0].name);

function Evidence() {
  const parts = PARTS.map((part) => ({ ...part, found: part.all.filter((one) => matches(part.text(one), words.value)) }));
  const shown = parts.find(({ name }) => name === open.value);
  const { found, all, title, heading, about, Part, More } = shown;
  return html`
    <div class="evidence-head">
      <div>
        <h2>${heading}</h2>
        <p>${about}</p>
        ${More && html`<${More} />`}
      </div>
      <label class="evidence-search">Search
        <input type="search" value=${words.value} onInput=${(event) => (words.value = event.currentTarget.value)} />
      </label>
    </div>
    <fieldset class="choices">
      <legend class="hidden">Part of the evidence</legend>
      ${parts.map(({ name, title: text, found: some }) => html`
        <label key=${name} class="choice">
          <input type="radio" name="evidence-part" checked=${name === open.value} onChange=${() => (open.value = name)} />
          <span>${text} <span class="count">${some.length}</span></span>
        </label>`)}
    </fieldset>
    <p class=${found.length === all.length ? "hidden" : "soft"} role="status">${said(title, found.length, all.length)}</p>
    <${Part} key=${shown.name} found=${found} />
  `;
}

function said(title, found, all) {
  if (found === all) return `${title}: ${all}.`;
  return `${title}: ${found} of ${all} ${found === 1 ? "speaks" : "speak"} of ‘${words.value.trim()}’.`;
}

function Series({ found }) {
  const groups = [...new Set(found.map((name) => seriesOf(name).group))];
  return groups.map((group) => html`
    <section key=${group} class="series-group" aria-labelledby=${`group-${group}`}>
      <h3 id=${`group-${group}`}>${GROUPS[group] ?? group}</h3>
      ${found.filter((name) => seriesOf(name).group === group).map((name) => html`<${SeriesCard} key=${name} name=${name} />`)}
    </section>`);
}

/** Series that are too large for the page. */
function InPackage() {
  const [whole, states] = data.inPackage;
  return html`
    <details>
      <summary>For their size, in the package alone</summary>
      <p><code>upriver evidence list</code> names them.</p>
      <ul>${whole.map((title) => html`<li key=${title}>${title}</li>`)}</ul>
      <p>And by state:</p>
      <ul>${states.map((title) => html`<li key=${title}>${title}</li>`)}</ul>
    </details>
  `;
}

/** Sources in full. */
function cited(keys) {
  return [...new Set(keys)].map((key) => citation(key).text);
}

function matches(texts, asked) {
  const text = texts.join(" ").toLowerCase();
  return asked.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
