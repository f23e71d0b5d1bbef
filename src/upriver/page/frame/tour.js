/** A first visit in four steps; 'Help' shows it again. */
import { html, signal, useEffect, useRef } from "vendor";
import { showLimits } from "./sure.js";

const KEY = "upriver-seen";
const STEPS = [
  ["Move a lever", "Each lever is something that can be done. Drag it, or pick one of its four levels, from ‘as today’ to the most that evidence supports. The model answers while you move."],
  ["Read the answer", "The large number says how many deaths are averted by 2032. The line is the median of two hundred runs of the model; the band holds 95 % of them."],
  ["Ask how sure", "A lever's name opens its card: what studies found, how good they are, what it costs, whom it could harm. The strip at the foot says how sure the model is, and how old its data are."],
  ["Take it with you", "Copy the link, and whoever opens it sees what you see. Every chart can be saved as numbers or as a picture; ‘Scenario file’ runs in the command line, with the same numbers."],
];

const step = signal(seen() ? null : 0);

export function startTour() {
  step.value = 0;
}

export function Tour() {
  const element = useRef(null);
  useEffect(() => {
    if (step.value === null) return undefined;
    element.current.focus();
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [step.value === null]);
  if (step.value === null) return null;
  const [title, text] = STEPS[step.value];
  const last = step.value === STEPS.length - 1;
  return html`
    <section class="tour" ref=${element} tabindex="-1" aria-label="First steps">
      <p class="soft">Step ${step.value + 1} of ${STEPS.length}</p>
      <h2>${title}</h2>
      <p>${text}</p>
      ${step.value === 2 && html`
        <p><button type="button" class="link" onClick=${showLimits}>What this cannot tell you</button></p>`}
      <div class="buttons">
        ${step.value > 0 && html`<button type="button" onClick=${() => (step.value -= 1)}>Back</button>`}
        ${!last && html`
          <button type="button" class="strong" onClick=${() => (step.value += 1)}>Next</button>`}
        <button type="button" class=${last ? "strong" : ""} onClick=${end}>${last ? "Start" : "Skip"}</button>
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
  try {
    localStorage.setItem(KEY, "1");
  } catch {
    /* It is shown again next time. */
  }
}

/** A link that carries a scenario goes straight to it. */
function seen() {
  if (location.hash.length > 1) return true;
  try {
    return localStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}
