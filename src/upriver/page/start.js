/** The page begins: draw it, start the engine, and follow the address. */
import { effect, html, render } from "vendor";
import { App } from "./app.js";
import { startEngine } from "./model/client.js";
import { followAddress } from "./model/address.js";
import { drawsShown, failure, fails, shown } from "./model/summaries.js";
import { VIEWS } from "./views/index.js";

const WASM_FAILS =
  "This browser cannot run the model: it has no WebAssembly, or it is switched off. " +
  "The text, the records and the levers' cards can still be read.";

followAddress(VIEWS.map(({ name }) => name));
effect(() => {
  document.documentElement.dataset.shown = shown.value;
  document.documentElement.dataset.draws = drawsShown.value;
});
const root = document.getElementById("app");
root.replaceChildren();
render(html`<${App} />`, root);
startEngine(fails).catch(({ name, message }) => {
  if (/^(Reference|Compile)/.test(name)) failure.value = `${WASM_FAILS} (${message})`;
  else fails(message);
});
