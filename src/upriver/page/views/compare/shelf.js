/** The shelf: scenarios kept side by side, with names to change; what to add, load and take away. */
import { html, signal, useId, useSignal } from "vendor";
import { data, world } from "../../model/data.js";
import { change } from "../../model/history.js";
import { scenario, usedIn } from "../../model/scenario.js";
import { LONGEST, MOST, READY, aside, full, keep, lost, nameFor, remove, rename, shelf, takeBack } from "../../model/shelf.js";

const said = signal("");

export function Shelf() {
  return html`
    <section class="shelf" aria-labelledby="shelf-title">
      <h2 id="shelf-title">Scenarios on the shelf</h2>
      ${lost.value.map((text) => html`<p key=${text} class="shelf-lost" role="status">${text}</p>`)}
      ${aside.value.length > 0 && html`
        <p class="shelf-aside"><span>These came with the link. Your own ${aside.value.length === 1 ? "scenario is" : `${aside.value.length} scenarios are`} kept.</span>
          <button type="button" onClick=${takeBack}>Back to my own</button></p>`}
      <ol class="shelf-entries">
        ${shelf.value.map((entry, i) => html`<${Entry} key=${entry.id} entry=${entry} place=${i} />`)}
      </ol>
      <p class="soft shelf-said" role="status">${said.value}</p>
    </section>
  `;
}

/** What can be put on the shelf. */
export function AddToShelf() {
  return html`
    <section class="shelf-more" aria-labelledby="shelf-more-title">
      <h2 id="shelf-more-title">Add a scenario</h2>
      <div class="shelf-add">
        <${Keep} />
        <${Ready} />
      </div>
    </section>
  `;
}

function Entry({ entry: { id, scenario: one }, place }) {
  const what = `${moved(one)}; ${world(one.world).title}`;
  if (!place) {
    return html`
      <li class="shelf-entry">
        <p class="shelf-name"><b class="key key-0">1</b> ${one.title}</p>
        <p class="soft">${what}. Others on the same projection are held against it.</p>
      </li>
    `;
  }
  return html`
    <li class="shelf-entry">
      <label class="shelf-name"><b class=${`key key-${place}`} aria-hidden="true">${place + 1}</b>
        <span class="hidden">Name of scenario ${place + 1}</span>
        <input type="text" maxlength=${LONGEST} value=${one.title} onChange=${(event) => {
          rename(id, event.currentTarget.value);
          event.currentTarget.value = shelf.value.find((other) => other.id === id).scenario.title;
        }} />
      </label>
      <p class="soft">${what}.</p>
      <div class="buttons">
        <button type="button" aria-label=${`Put ‘${one.title}’ on the levers`} onClick=${() => load(one)}>Put on the levers</button>
        <button type="button" aria-label=${`Remove ‘${one.title}’`} onClick=${() => take(id, one)}>Remove</button>
      </div>
    </li>
  `;
}

/** The scenario of the levers, to be kept under a name. */
function Keep() {
  const typed = useSignal(null);
  const id = useId();
  const name = typed.value ?? nameFor(scenario.value);
  const add = (event) => {
    event.preventDefault();
    if (full.value) return;
    keep(scenario.value, name);
    typed.value = null;
    say(`‘${shelf.value.at(-1).scenario.title}’ is on the shelf.`);
  };
  return html`
    <form class="shelf-keep" onSubmit=${add}>
      <label for=${id}>The scenario that stands on the levers (${moved(scenario.value)}), under the name</label>
      <div class="shelf-row">
        <input id=${id} type="text" maxlength=${LONGEST} value=${name}
          onInput=${(event) => (typed.value = event.currentTarget.value)} />
        <button type="submit" class="strong" disabled=${full.value}>Keep this scenario</button>
      </div>
    </form>
  `;
}

function Ready() {
  return html`
    <div class="shelf-ready" role="group" aria-label="Scenarios ready to add">
      <p>${full.value ? `The shelf is full: ${MOST} scenarios, as today among them. Remove one to add another.` : "Or add one that is ready"}</p>
      <div class="buttons">
        ${READY.map(({ name, scenario: one }) => html`
          <button key=${name} type="button" disabled=${full.value} title=${about(one)} onClick=${() => {
            keep(one, name);
            say(`‘${name}’ is on the shelf.`);
          }}>+ ${name}</button>`)}
      </div>
    </div>
  `;
}

function load(one) {
  change(one);
  say(`‘${one.title}’ is on the levers now. ‘Undo’ brings back what was there.`);
}

function take(id, one) {
  remove(id);
  say(`‘${one.title}’ is off the shelf.`);
  document.getElementById("shelf-title").closest("section").querySelector("input, button")?.focus();
}

function say(text) {
  said.value = text;
}

/** How many levers a scenario moves, in words. */
function moved(one) {
  const count = usedIn(one).length;
  if (!count) return "all levers as today";
  return `${count} of ${data.levers.length} levers moved`;
}

function about(one) {
  return usedIn(one).length ? "Each lever at this level of its own" : world(one.world).about;
}
