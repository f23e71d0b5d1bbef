/** Light, dark, or as the system has it. Kept for the next visit where a browser allows it. */
import { html, signal } from "vendor";

const KEY = "upriver-theme";
const CHOICES = [
  ["auto", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];

const theme = signal(remembered());

apply(theme.value);

export function ThemeChoice() {
  return html`
    <label class="theme">
      <span>Colours</span>
      <select
        value=${theme.value}
        onChange=${(event) => choose(event.currentTarget.value)}
      >
        ${CHOICES.map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}
      </select>
    </label>
  `;
}

function choose(value) {
  theme.value = value;
  apply(value);
  try {
    localStorage.setItem(KEY, value);
  } catch {
    /* Private windows and some files have no memory. */
  }
}

function apply(value) {
  if (value === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = value;
}

function remembered() {
  try {
    const found = localStorage.getItem(KEY);
    return CHOICES.some(([value]) => value === found) ? found : "auto";
  } catch {
    return "auto";
  }
}
