/**
 * What is drawn while it is in view, and, a few at a time, once the page is at rest: a move computes only
 * what is seen, and paper is complete without scrolling first.
 */
import { effect, html, useEffect, useRef, useState } from "vendor";
import { moving, scenario } from "../model/scenario.js";

const MARGIN = "100px 0px";
const REST = 600;
const APART = 60;
const FEW = 4;
const BUSY = '[aria-busy="true"]';
const LONGEST = 15_000;

const all = new Set();
let timer = 0;

/** Its content while it is near the window or holds the focus, or the page is at rest, at the height that it had; on paper always. */
export function InView({ height = 420, children }) {
  const [near, setNear] = useState(false);
  const [rest, setRest] = useState(false);
  const element = useRef(null);
  const tall = useRef(height);
  const drawn = near || rest;
  useEffect(() => {
    const watch = new IntersectionObserver((entries) => {
      const { isIntersecting, boundingClientRect } = entries.at(-1);
      if (!isIntersecting && boundingClientRect.height) tall.current = boundingClientRect.height;
      setNear(isIntersecting || element.current?.contains(document.activeElement));
    }, { rootMargin: MARGIN });
    const one = { setRest, drawn: false };
    watch.observe(element.current);
    all.add(one);
    stir();
    return () => {
      watch.disconnect();
      all.delete(one);
    };
  }, []);
  return html`<div ref=${element} class="in-view" style=${{ minHeight: drawn ? "" : `${Math.round(tall.current)}px` }}>${drawn && children}</div>`;
}

/** Draw all that there is, and print once nothing is computed any more. */
export async function printWhole() {
  const end = performance.now() + LONGEST;
  for (const one of all) put(one, true);
  do await new Promise((done) => setTimeout(done, 2 * APART));
  while (document.querySelector(BUSY) && performance.now() < end);
  print();
}

/** What is out of view goes while something moves, and comes back once nothing does. */
function stir() {
  clearTimeout(timer);
  for (const one of all) if (one.drawn) put(one, false);
  timer = setTimeout(next, REST);
}

function next() {
  const missing = [...all].filter(({ drawn }) => !drawn);
  if (!missing.length || moving.peek()) return;
  if (!document.querySelector(BUSY)) for (const one of missing.slice(0, FEW)) put(one, true);
  timer = setTimeout(next, APART);
}

function put(one, drawn) {
  one.drawn = drawn;
  one.setRest(drawn);
}

effect(() => {
  scenario.value;
  moving.value;
  if (all.size) stir();
});

addEventListener("beforeprint", () => {
  for (const one of all) put(one, true);
});
