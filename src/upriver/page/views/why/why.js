/** Why: the change of yearly deaths between two years, and what it is put down to. */
import { html } from "vendor";
import { chosen, isAhead, spans } from "../../model/changes.js";
import { data } from "../../model/data.js";
import { Coded, Made } from "../../parts/told.js";
import { Beside, Parts, Rivals } from "./tables.js";
import { Fall } from "./figure.js";

export const view = { name: "why", title: "Why", View: Why };

const { draws, stamp } = data.told.why;
const QUESTION = 3;

function Why() {
  const span = spans[chosen.value];
  const { sure, cannot } = data.told.answers.answers.find(({ number }) => number === QUESTION);
  return html`
    <section class="why" aria-labelledby="why-title">
      <h2 id="why-title">${asked(span)}</h2>
      <fieldset class="choices">
        <legend class="hidden">Between which years</legend>
        ${spans.map(({ from, to }, i) => html`
          <label key=${from} class="choice">
            <input type="radio" name="why-years" checked=${chosen.value === i} onChange=${() => (chosen.value = i)} />
            <span>${from} to ${to}${isAhead({ to }) && ", projected"}</span>
          </label>`)}
      </fieldset>
      <div class="why-said" role="status">
        <p class="why-first">${span.said[0]}</p>
        <p>${span.said[1]}</p>
      </div>
      <${Fall} key=${span.from} span=${span} draws=${draws} made=${command(span)} />
      <${Made} commands=${[command(span)]} draws=${draws} stamp=${stamp} />
      <${Parts} span=${span} draws=${draws} />
      <${Rivals} span=${span} />
      <${Beside} span=${span} />
      <section class="why-how" aria-labelledby="why-how">
        <h3 id="why-how">How sure, and how to read it</h3>
        <p>${data.systems.whole.caveat}</p>
        <ul>${sure.map((text) => html`<li key=${text}><${Coded} text=${text} /></li>`)}</ul>
        <h3>What this cannot tell</h3>
        <ul>${cannot.slice(0, -1).map((text) => html`<li key=${text}><${Coded} text=${text} /></li>`)}</ul>
      </section>
    </section>
  `;
}

const asked = (span) => (isAhead(span)
  ? `Why are deaths projected to change from ${span.from} to ${span.to}?`
  : `Why did deaths change from ${span.from} to ${span.to}?`);

/** The command that gives a change anew. */
function command({ from, to }) {
  return `upriver explain --from ${from} --to ${to} --prior`;
}
