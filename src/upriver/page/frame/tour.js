/** Help in four steps: each points at a place of the page and covers nothing. */
import { html, signal, useEffect, useRef } from "vendor";
import { open } from "../model/address.js";

/** What is pointed at, and what is said of it. */
const STEPS = [
  [".answer", "Read the answer", "The sentence says what the levers would do, how far off it could be, and in how many runs of the model it helps."],
  [".ranking, .lever-list", "Move a lever", "Open a bar and drag its slider: right is more of what its name says. The model answers while you move. The name opens its card: what studies found, what it costs, whom it could harm."],
  [".sure-strip", "Ask how sure", "‘How sure’ says what the bands are, how much nothing explains, and what this cannot tell. ‘Data to’ says how old the record is."],
  [".menu", "Take it with you", "A link carries all that you see. Every chart can be saved as numbers or as a picture; the scenario file runs in the command line, with the same numbers."],
];

const step = signal(null);

export function startTour() {
  open("overview");
  step.value = 0;
}

export function Tour() {
  const element = useRef(null);
  const at = step.value;
  useEffect(() => {
    if (at === null) return undefined;
    element.current.focus({ preventScroll: true });
    const target = document.querySelector(STEPS[at][0]);
    target?.classList.add("pointed");
    target?.scrollIntoView({ block: "nearest" });
    addEventListener("keydown", leave);
    return () => {
      target?.classList.remove("pointed");
      removeEventListener("keydown", leave);
    };
  }, [at]);
  if (at === null) return null;
  const [, title, text] = STEPS[at];
  const last = at === STEPS.length - 1;
  return html`
    <section class="tour" ref=${element} tabindex="-1" aria-label="First steps">
      <p><b>${at + 1} of ${STEPS.length}. ${title}.</b> ${text}</p>
      <div class="buttons">
        ${at > 0 && html`<button type="button" onClick=${() => (step.value -= 1)}>Back</button>`}
        ${!last && html`<button type="button" class="strong" onClick=${() => (step.value += 1)}>Next</button>`}
        <button type="button" class=${last ? "strong" : ""} onClick=${end}>${last ? "Done" : "Close"}</button>
      </div>
    </section>
  `;
}

function leave(event) {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) end();
}

function end() {
  step.value = null;
  document.getElementById("main").focus({ preventScroll: true });
}
