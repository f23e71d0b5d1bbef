/**
 * Each line's name at its right end, moved apart, with a leader where it had to move.
 *
 * The names stand still but for their height, so that a move of a slider changes two attributes.
 */
import { html } from "vendor";
import { LABEL_LINE } from "./layout.js";
import { tenth } from "./marks.js";
import { spread } from "./text.js";

/** Names of the lines that end at the right edge. */
export function endLabels(drawn, frame) {
  const ends = frame.ends
    .map((end) => ({ end, at: lastOf(drawn[end.index]) }))
    .filter(({ at }) => at);
  const wanted = ends.map(({ at }) => frame.y(at.y));
  const heights = ends.map(({ end }) => end.height);
  const tops = spread(wanted, heights, frame.top - 12, frame.bottom + 6);
  return ends.map(({ end, at }, i) => {
    const from = tenth(frame.x(at.x) + 2);
    const middle = tenth(tops[i] + heights[i] / 2);
    return html`<g key=${end.index}>
      <path class="leader ${end.look.colour}"
        d=${`M${from} ${tenth(wanted[i])}L${tenth(frame.right + 10)} ${middle}`} />
      <g transform=${`translate(${tenth(frame.right + 14)} ${tenth(tops[i] + 13)})`}>
        ${rows(end)}
      </g>
    </g>`;
  });
}

/** The text of a name, made once for each frame. */
function rows(end) {
  end.drawn ??= end.rows.map(
    (row, i) => html`<text class="name ${end.look.colour}" y=${LABEL_LINE * i}>${row}</text>`,
  );
  return end.drawn;
}

function lastOf(d) {
  for (let i = d.x.length - 1; i >= 0; i -= 1) {
    if (d.y[i] === d.y[i]) return { x: d.x[i], y: d.y[i] };
  }
  return null;
}
