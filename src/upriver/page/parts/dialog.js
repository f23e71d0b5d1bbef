/** One dialog at a time: a lever's card, what the model cannot tell, the licences. */
import { html, signal, useEffect, useRef } from "vendor";

const opened = signal(null);

/** Open a dialog with a title and content (a function that gives markup). */
export function showDialog(title, content) {
  opened.value = { title, content };
}

function closeDialog() {
  opened.value = null;
}

export function Dialogs() {
  const element = useRef(null);
  const now = opened.value;
  useEffect(() => {
    if (now && !element.current.open) element.current.showModal();
    if (!now && element.current.open) element.current.close();
    if (now) element.current.scrollTop = 0;
  }, [now]);
  return html`
    <dialog ref=${element} aria-labelledby="dialog-title" onClose=${closeDialog} onClick=${outside}>
      ${now && html`
        <div class="dialog">
          <div class="dialog-head">
            <h2 id="dialog-title">${now.title}</h2>
            <button type="button" class="close" onClick=${closeDialog}>Close</button>
          </div>
          ${now.content()}
        </div>`}
    </dialog>
  `;
}

/** A click on the ground beside the dialog closes it. */
function outside(event) {
  if (event.target === event.currentTarget) closeDialog();
}
