/** The page inside another, from 360 pixels on: the answer, the curve, its source, the way to the whole. */
import { html, useEffect, useState } from "vendor";
import { fragmentOf } from "../model/link.js";
import { data } from "../model/data.js";
import { view } from "../model/address.js";
import { seriesOf } from "../model/packed.js";
import { dataTo, sourceText } from "../model/records.js";
import { scenario, system, titleOf } from "../model/scenario.js";
import { Answer } from "../parts/answer.js";
import { Deaths } from "../parts/deaths.js";
import { Dialogs } from "../parts/dialog.js";
import { showLimits } from "./limits.js";
import { Notices } from "./notices.js";

/** What stands around the plot, in pixels, by the width of the frame; and least and most of the plot. */
const AROUND = [[430, 300], [700, 250], [Infinity, 200]];
const [LEAST, MOST] = [90, 320];
const RECORD = "deaths_any_opioid";

export function Embedded() {
  const plot = usePlot();
  return html`
    <main id="main" class="embedded">
      <h1 class="hidden">${titleOf(scenario.value)}</h1>
      <${Notices} />
      <${Answer} />
      <${Deaths} height=${plot} brief level=${2} />
      <p class="embed-foot soft">Upriver ${data.version}, ${system.value.title}; record: ${sourceText(newest()).text}, to ${dataTo(RECORD)}.
        ${" "}<button type="button" class="link" onClick=${showLimits}>How sure</button>
        ${" "}<a href=${fragmentOf(scenario.value, view.value)} target="_blank">Open the whole page</a></p>
    </main>
    <${Dialogs} />
  `;
}

/** Who recorded the newest deaths. */
function newest() {
  return seriesOf(RECORD).sources.at(-1).split("; ")[0];
}

/** The plot takes what the frame leaves. */
function usePlot() {
  const [size, setSize] = useState([innerWidth, innerHeight]);
  useEffect(() => {
    const look = () => setSize([innerWidth, innerHeight]);
    addEventListener("resize", look);
    return () => removeEventListener("resize", look);
  }, []);
  const [width, height] = size;
  const [, around] = AROUND.find(([most]) => width <= most);
  return Math.min(MOST, Math.max(LEAST, height - around));
}
