/**
 * A lever to move: its name opens the card, how sure and at what cost, a slider with both ends named,
 * four levels, start and ramp. `compact` leaves levels and dates to the Levers view.
 */
import { computed, html, useId, useMemo } from "vendor";
import { data } from "../model/data.js";
import { change, press, release } from "../model/history.js";
import { actsIn, scenario, strength, withLever } from "../model/scenario.js";
import { showCard } from "./card.js";
import { LEVELS, amountOf, amountText, costText, endsOf, levelText, wayOf } from "./lever-words.js";

const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];
const FINE = 100;

/** `named` is what its name reads as, where the title stands above it already. */
export function LeverControl({ lever, compact, named = lever.title }) {
  const id = useId();
  const { by, acts } = useSetting(lever);
  const moved = acts && by !== lever.today;
  return html`
    <div class=${`lever${moved ? " moved" : ""}${compact ? " compact" : ""}`} data-lever=${lever.name}>
      <div class="lever-head">
        <button type="button" class="lever-name" aria-label=${named === lever.title ? null : `${named}: ${lever.title}`}
          onClick=${() => showCard(lever)}>${named}</button>
        <output for=${id}>${amountText(lever, by)}</output>
        <p class="lever-known"><${Grade} grade=${lever.evidence.grade} /> ${costText(lever)}</p>
      </div>
      ${!acts && html`<p class="soft">Moves nothing in this model.</p>`}
      <${Slider} id=${id} lever=${lever} by=${by} acts=${acts} />
      <p class="ends soft">${endsOf(lever).map((end) => html`<span key=${end}>${end}</span>`)}</p>
      ${!compact && html`<${Levels} lever=${lever} by=${by} acts=${acts} />`}
      ${!compact && html`<${Dates} lever=${lever} />`}
    </div>
  `;
}

/** How a lever stands, so that it is drawn anew when that changes, and not when another moves. */
function useSetting(lever) {
  const [by, acts] = useMemo(() => [
    computed(() => strength(scenario.value, lever.name)),
    computed(() => actsIn(scenario.value, lever)),
  ], [lever]);
  return { by: by.value, acts: acts.value };
}

/** The letter of the evidence, with its meaning. */
export function Grade({ grade }) {
  const says = `Evidence: ${grade === "none" ? "none" : `grade ${grade}`}, ${data.grades[grade]}`;
  return html`<span class=${`grade grade-${grade}`} title=${says} aria-label=${says} role="img">${grade === "none" ? "–" : grade}</span>`;
}

/** Right is more of what the lever's verb says; where it sets a value, that can be a lower one. */
function Slider({ id, lever, by, acts }) {
  const way = wayOf(lever);
  const [low, high] = way > 0 ? lever.range : lever.range.map((end) => -end).reverse();
  const at = (value) => (way * value - low) / (high - low);
  const [from, to] = [at(by), at(lever.today)].sort((one, other) => one - other);
  const set = (event) => {
    const value = way * Number(event.currentTarget.value);
    change(withLever(scenario.value, lever.name, { by: snapped(lever, value) }));
  };
  return html`
    <input
      id=${id}
      type="range"
      disabled=${!acts}
      style=${{ "--from": from, "--to": to, "--today": at(lever.today) }}
      min=${low}
      max=${high}
      step=${(high - low) / FINE / 2}
      value=${way * by}
      aria-label=${lever.title}
      aria-valuetext=${amountText(lever, by)}
      onPointerDown=${hold}
      onPointerUp=${letGo}
      onPointerCancel=${letGo}
      onKeyDown=${(event) => KEYS.includes(event.key) && hold(event)}
      onKeyUp=${letGo}
      onBlur=${letGo}
      onInput=${set}
      onChange=${letGo}
    />
  `;
}

/** Each tells which slider it is: one that loses the focus does not let go of the next. */
const hold = (event) => press(event.currentTarget);
const letGo = (event) => release(event.currentTarget);

/** To four decimals, and to 'as today' when close to it, so that a hand can find it again. */
function snapped(lever, value) {
  const [low, high] = lever.range;
  if (Math.abs(value - lever.today) < (high - low) / FINE) return lever.today;
  return Number(value.toFixed(4));
}

function Levels({ lever, by, acts }) {
  const name = useId();
  return html`
    <div class="levels" role="radiogroup" aria-label=${`${lever.title}: level`}>
      ${LEVELS.map((level) => {
        const amount = amountOf(lever, level);
        const set = () => change(withLever(scenario.value, lever.name, { by: amount }));
        return html`
          <label key=${level} class=${by === amount ? "chosen" : ""}>
            <input type="radio" name=${name} disabled=${!acts} checked=${by === amount} onChange=${set} />
            <span>${levelText(lever, level)}</span>
          </label>`;
      })}
    </div>
  `;
}

function Dates({ lever }) {
  const setting = useMemo(() => computed(() => scenario.value.levers[lever.name]), [lever]).value ?? lever;
  const { firstYear, lastYear } = data.clock;
  const used = (setting.by ?? lever.today) !== lever.today;
  const set = (field, least, most) => (event) => {
    const input = event.currentTarget;
    const value = Number(input.value);
    if (input.value === "" || !(value >= least && value <= most)) {
      input.value = setting[field];
      return;
    }
    change(withLever(scenario.value, lever.name, { by: strength(scenario.value, lever.name), [field]: value }));
  };
  return html`
    <div class="dates">
      <label>from
        <input type="number" min=${firstYear} max=${lastYear - 1} step="1" value=${setting.from}
          disabled=${!used} onChange=${set("from", firstYear, lastYear - 1)} />
      </label>
      <label>over
        <input type="number" min="0" max="20" step="1" value=${setting.over}
          disabled=${!used} onChange=${set("over", 0, 20)} />
        years
      </label>
    </div>
  `;
}
