"""How a page is read, in the same way in every browser.

Words are compared piece by piece, tables of charts with them, so that one digit that differs is
found. What is drawn only as it comes into the window is drawn first, as for paper.
"""

import time
from typing import Any, NamedTuple

from drive import Engine

LEVERS = "naloxone_kits:0.5:2027:1~mail_inspection:0.6:2026.5:2"
"""One lever downstream and one upstream are moved."""


def link(data: dict[str, Any], view: str) -> str:
    """The fragment of a link that this very page gives, to a view of a scenario."""
    return f"v={data['version']}&d={data['digest']}&s=2&l={LEVERS}&view={view}"


CALM = """(() => {
  const waits = document.querySelector('.awaits, [aria-busy="true"]');
  return waits ? 0 : Number(document.documentElement.dataset.shown ?? 0);
})()"""


def settle(engine: Engine, after: int = 0, looks: int = 20, seconds: float = 60.0) -> int:
    """Wait until an answer is shown and nothing has moved for some looks; the answer's number."""
    end = time.monotonic() + seconds
    before, calm = 0, 0
    while calm < looks:
        now = engine.evaluate(CALM)
        calm = calm + 1 if now > after and now == before else 0
        before = now
        if time.monotonic() > end:
            raise TimeoutError(f"not calm within {seconds:g} seconds")
        time.sleep(0.025)
    return before


MOST = 12
"""Folded parts of a view that are opened; of more than these, every second, third, ..."""

READ = """const read = root => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) {
      const { data, parentElement: one } = walk.currentNode;
      const text = data.replace(/\\s+/g, ' ').trim();
      const seen = one.checkVisibility({ visibilityProperty: true })
        && !one.closest('script, style, noscript, select');
      if (text && seen) found.push(text);
    }
    return found;
  };"""

WORDS = f"""(() => {{
  {READ}
  return read(document.body);
}})()"""

FOLDED = f"""(async () => {{
  {READ}
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const all = [...document.querySelectorAll('main details:not([open])')];
  const each = Math.ceil(all.length / {MOST});
  const found = [];
  for (const one of all.filter((_, i) => i % each === 0)) {{
    const toggled = new Promise(done => one.addEventListener('toggle', done, {{ once: true }}));
    one.open = true;
    await toggled;
    const end = performance.now() + 20000;
    for (let calm = 0; calm < 3 && performance.now() < end; calm += 1) {{
      await frame();
      if (one.querySelector('.awaits')) calm = 0;
    }}
    found.push(read(one));
    one.open = false;
    await frame();
  }}
  return found;
}})()"""

ALL = "dispatchEvent(new Event('beforeprint'))"
"""Draws what is drawn only as it comes into the window, as for paper."""


def words(engine: Engine) -> list[str]:
    """Every piece of text that is seen on the page, in its order."""
    return list(engine.evaluate(WORDS))


def folded(engine: Engine) -> list[list[str]]:
    """The same of what is folded away, tables of charts above all, opened one by one."""
    return list(engine.evaluate(FOLDED))


class Shown(NamedTuple):
    """What a reader sees of a view."""

    words: list[str]
    folded: list[list[str]]
    marks: list[int]


def shown(engine: Engine) -> Shown:
    """What is seen of the view that is open, all of it drawn."""
    settle(engine)
    engine.evaluate(ALL)
    settle(engine)
    return Shown(words(engine), folded(engine), marks(engine))


def marks(engine: Engine) -> list[int]:
    """How many charts and pictures are drawn, and how many are empty."""
    return list(engine.evaluate(MARKS))


MARKS = """(() => {
  const all = [...document.querySelectorAll('main svg')].filter(one => one.checkVisibility());
  const empty = all.filter(one => !one.querySelector('path, rect, circle, line, text'));
  return [all.length, empty.length];
})()"""
