/** Answers: the six questions, each with its answer first, how sure that is, and what it cannot tell. */
import { html } from "vendor";
import { data } from "../../model/data.js";
import { Coded, Made } from "../../parts/told.js";
import { Parts } from "./parts.js";

export const view = { name: "answers", title: "Answers", View: Answers };

const { answers, draws, stamp } = data.told.answers;
const ROOMY = matchMedia("(min-width: 62rem)");

function Answers() {
  return html`
    <section class="answers" aria-labelledby="answers-title">
      <h2 id="answers-title">Six questions, as the model answers them</h2>
      <p>Answers of the ${data.systems.whole.title}, whatever levers are moved on this page: medians, and 95 % intervals in
        brackets. ${data.systems.whole.caveat}</p>
      <nav class="answers-nav" aria-label="Questions">
        <ul>
          ${answers.map(({ number, topic }) => html`
            <li key=${number}><button type="button" class="link" onClick=${() => show(number)}>${number}. ${topic}</button></li>`)}
        </ul>
      </nav>
      <div class="answers-text">
        ${answers.map((one) => html`<${One} key=${one.number} one=${one} />`)}
      </div>
    </section>
  `;
}

function One({ one }) {
  const { number, question, first, short, parts, sure, cannot, made } = one;
  return html`
    <section class="answers-one" id=${idOf(number)} aria-labelledby=${`${idOf(number)}-h`}>
      <h3 id=${`${idOf(number)}-h`} tabindex="-1"><span class="answers-number">${number}.</span> ${question}</h3>
      ${first.length > 0 && html`<div class="first-said">${first.map((text) => html`<p key=${text}><${Coded} text=${text} /></p>`)}</div>`}
      <${Texts} texts=${short} of="answers-short" />
      <${Parts} parts=${parts} />
      <${Opens} title="How sure" texts=${sure} />
      <${Opens} title="What this cannot tell" texts=${cannot} />
      <${Made} commands=${made} draws=${drawsOf(made)} stamp=${stamp} />
    </section>
  `;
}

/** Texts under a title: open where there is room for them. */
function Opens({ title, texts }) {
  return html`
    <details class="answers-more" open=${ROOMY.matches}>
      <summary>${title}</summary>
      <${Texts} texts=${texts} />
    </details>
  `;
}

/** Texts in a list; one alone in a paragraph. */
function Texts({ texts, of = "" }) {
  const told = texts.map((text) => html`<${Coded} text=${text} />`);
  if (told.length === 1) return html`<p class=${of}>${told}</p>`;
  return html`<ul class=${of}>${told.map((text, i) => html`<li key=${texts[i]}>${text}</li>`)}</ul>`;
}

/** Draws that the commands of an answer name, or those of all. */
function drawsOf(made) {
  const [, named] = /--draws (\d+)/.exec(made.join(" ")) ?? [];
  return named ?? draws;
}

/** Bring an answer into view and give its heading the focus; the address stays that of the scenario. */
function show(number) {
  const heading = document.getElementById(`${idOf(number)}-h`);
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}

function idOf(number) {
  return `answer-${number}`;
}
