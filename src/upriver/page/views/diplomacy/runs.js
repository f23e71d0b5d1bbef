/**
 * Linked against decoupled: the scenario in hand run twice from one year on, with effort as linked to
 * relations as it is, and with none of it linked, while relations with China go as the reader chooses.
 */
import { html } from "vendor";
import { known, number } from "kit/format.js";
import { data } from "../../model/data.js";
import { CHOICES, chosen } from "../../model/diplomacy.js";
import { instants, sums } from "../../model/figures.js";
import { scenario } from "../../model/scenario.js";
import { useSummary } from "../../model/summaries.js";
import { LANES } from "./events.js";
import { Awaits } from "../../parts/awaits.js";
import { PageFigure } from "../../parts/figure.js";
import { useLast } from "../../parts/last.js";

const FROM = data.from;
const SHOWN_FROM = 2015;
const NEXT_TO_NOTHING = 0.5;
const DEATHS = "people.overdose.deaths";
const RELATIONS = "diplomacy.relations.level[china]";
const LINKAGE = data.diplomacy.countries.map((country) => `diplomacy.effort.linkage[${country}]`);
const COUNTRIES = LANES.filter(({ key }) => data.diplomacy.countries.includes(key));

const NO_LINK = { paths: LINKAGE, operation: "scale", amount: -1, start: FROM, years: 0 };

/** The two scenarios: linked, and decoupled. */
function runs() {
  const { world, levers } = scenario.value;
  const { level } = CHOICES[chosen.value];
  const relations = level === null ? [] : [{ paths: [RELATIONS], operation: "replace", amount: level, start: FROM, years: 0 }];
  return [{ world, levers, extra: relations }, { world, levers, extra: [...relations, NO_LINK] }];
}

export function Runs() {
  return html`
    <section class="diplomacy-runs" aria-labelledby="runs-title">
      <h2 id="runs-title">Linked to relations, or decoupled from them</h2>
      <p>Where effort is linked to relations, work against the trade is hostage to other disputes. Decoupled, a government does what it would
        do by itself. Both runs are the open scenario until ${FROM}; from then on all three governments are decoupled in the second.</p>
      <fieldset class="choices">
        <legend>Relations with China from ${FROM} on</legend>
        ${Object.entries(CHOICES).map(([name, { text }]) => html`
          <label key=${name} class="choice">
            <input type="radio" name="relations-china" checked=${chosen.value === name} onChange=${() => (chosen.value = name)} />
            <span>${text}</span>
          </label>`)}
      </fieldset>
      <${Found} />
    </section>
  `;
}

function Found() {
  const [linked, decoupled] = runs();
  const effort = (run) => COUNTRIES.map(({ key }) => useSummary({ run, kind: "level", output: `diplomacy.effort[${key}]` }).value);
  const relations = useSummary({ run: linked, kind: "driver", path: RELATIONS }).value;
  const efforts = [effort(linked), effort(decoupled)];
  const deaths = [linked, decoupled].map((run) => useSummary({ run, kind: "sums", flow: DEATHS }).value);
  const averted = useSummary({ run: decoupled, against: linked, kind: "averted", flow: DEATHS, since: FROM }).value;
  const all = [relations, ...efforts.flat(), ...deaths, averted].every(Boolean);
  const last = useLast(all && { relations, efforts, deaths, averted, choice: chosen.value });
  if (!last) return html`<${Awaits} />`;
  const words = [`Relations with China from ${FROM}: ${CHOICES[last.choice].text}; decoupled: linkage of all three countries 0 from ${FROM}`];
  return html`
    <${Answer} averted=${last.averted} />
    <div class="compare-charts">
      <${PageFigure} figure=${effortFigure(last)} height=${280} further=${words} />
      <${PageFigure} figure=${deathsFigure(last)} height=${280} further=${words} />
    </div>
    <${Efforts} efforts=${last.efforts} />
  `;
}

function Answer({ averted }) {
  const [value, low, high] = [averted.median[0], averted.low[0], averted.high[0]];
  const more = value < 0;
  const ends = more ? [-high, -low] : [low, high];
  const [size, from, to] = known(Math.abs(value), ...ends, averted.draws, 0);
  const [worse, better] = (more ? [to, from] : [from, to]).map((end) => end.replace("−", ""));
  if (low < 0 && high > 0)
    return html`
      <p class="diplomacy-answer" aria-live="polite">From ${FROM} to ${data.clock.lastYear - 1}, decoupled, <b>more people may die of an opioid overdose
        than linked, or fewer: the model cannot tell.</b> The 95 % interval goes from ${worse} more to ${better} fewer, and the median
        is ${number(Math.abs(averted.median[1]), 2)} % of all such deaths. The judgements behind it are uncertain beyond that interval.</p>
    `;
  return html`
    <p class="diplomacy-answer" aria-live="polite">From ${FROM} to ${data.clock.lastYear - 1}, decoupled, <b>${size} ${more ? "more" : "fewer"} people
      die</b> of an opioid overdose than linked (95 % interval ${from} to ${to}): ${number(Math.abs(averted.median[1]), 2)} % of all such
      deaths${Math.abs(averted.median[1]) < NEXT_TO_NOTHING ? ", which is next to nothing" : ""}. The judgements behind it are uncertain beyond that interval.</p>
  `;
}

function effortFigure({ relations, efforts }) {
  return {
    id: "diplomacy-effort",
    title: "Effort of China's government",
    question: "How much does China do against the trade, linked to relations and decoupled from them?",
    unit: "0 none to 1 full",
    yFromZero: true,
    projection: data.projection,
    interval: "95 % interval of ‘linked’",
    note: "A judgement throughout: nobody records effort. Linked, it follows relations in part, and late; decoupled, it does not.",
    series: [
      instants(efforts[0][0], "linked", "modelled", SHOWN_FROM),
      { ...instants(efforts[1][0], "decoupled", "scenario", FROM), unshaded: true },
      instants(relations, "relations", "driver", SHOWN_FROM),
    ],
  };
}

function deathsFigure({ deaths }) {
  return {
    id: "diplomacy-deaths",
    title: "Opioid overdose deaths, linked and decoupled",
    question: "How many people in the United States die of an opioid overdose in a year?",
    unit: "deaths a year",
    yFromZero: true,
    projection: data.projection,
    interval: "95 % interval of ‘linked’",
    note: "Each point is a calendar year. The path from effort to deaths goes by precursors, production, the market and the dose.",
    series: [
      sums(deaths[0], "linked", "modelled", SHOWN_FROM),
      { ...sums(deaths[1], "decoupled", "scenario", FROM), unshaded: true },
    ],
  };
}

/** Effort of each government at the end of the run. */
function Efforts({ efforts: [linked, decoupled] }) {
  const at = linked[0].x.length - 1;
  return html`
    <div class="scroll" role="region" tabindex="0" aria-label="Effort by country">
      <table class="diplomacy-efforts">
        <caption>Effort of each government at the start of ${data.clock.lastYear}, from 0 to 1; a judgement.</caption>
        <thead><tr><th scope="col">Government</th><th scope="col" class="num">Linked</th><th scope="col" class="num">Decoupled</th></tr></thead>
        <tbody>
          ${COUNTRIES.map(({ key, name }, i) => html`
            <tr key=${key}>
              <th scope="row">${name}</th>
              <td class="num">${number(linked[i].median[at], 2)}</td>
              <td class="num">${number(decoupled[i].median[at], 2)}</td>
            </tr>`)}
        </tbody>
      </table>
    </div>
  `;
}
