/** Where names of points stand so that none covers a point, another name or the edge. */
import { textWidth, wrap } from "kit/text.js";
import { tenth } from "kit/marks.js";

const LINE = 15;
const NEAR = 9;
const WIDEST = 176;
const STEPS = 14;

/**
 * Lines and places of names, in order of the points: beside its point if there is room, else further
 * away with a line to it. `x` and `y` are of the first line's foot; `end` of those left of the point.
 */
export function placed(points, marks, room) {
  const taken = marks.map(({ x, y }) => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }));
  return points.map((point) => {
    const lines = wrap(point.text, WIDEST, 3);
    const size = { wide: Math.max(...lines.map((line) => textWidth(line))), tall: LINE * lines.length };
    const boxes = candidates(point, size);
    const inside = boxes.filter((box) => isInside(box, room));
    const free = inside.find((box) => taken.every((other) => apart(box, other))) ?? inside[0] ?? boxes[0];
    taken.push(free);
    return {
      lines,
      end: free.end,
      x: free.end ? free.right : free.left,
      y: free.top + 12,
      leader: free.far && `M${tenth(point.x)} ${tenth(point.y)}L${tenth(free.end ? free.right + 2 : free.left - 2)} ${tenth(free.top + size.tall / 2)}`,
    };
  });
}

/** Boxes to try: right and left of the point, then ever further up and down. */
function* around({ wide, tall }) {
  for (let step = 0; step < STEPS; step += 1) {
    const out = NEAR + (step > 1 ? 10 : 0);
    const rises = step === 0 ? [-tall / 2] : [-tall / 2 - 11 * step, -tall / 2 + 11 * step];
    for (const rise of rises) {
      yield { dx: out, dy: rise, far: step > 1 };
      yield { dx: -out - wide, dy: rise, far: step > 1, end: true };
    }
  }
}

function candidates({ x, y }, size) {
  return Array.from(around(size), ({ dx, dy, far, end = false }) => {
    return { left: x + dx, right: x + dx + size.wide, top: y + dy, bottom: y + dy + size.tall, far, end };
  });
}

function isInside(box, { left, right, top, bottom }) {
  return box.left >= left && box.right <= right && box.top >= top - 4 && box.bottom <= bottom + 2;
}

function apart(a, b) {
  return a.right < b.left - 2 || a.left > b.right + 2 || a.bottom < b.top || a.top > b.bottom;
}
