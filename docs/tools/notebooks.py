"""Runs the tutorials and writes their pages: `python docs/tools/notebooks.py [NAME ...] [--check]`.

A tutorial is `docs/notebooks/N-name.py`, in jupytext's percent format. Each runs in an empty
folder, in a kernel of this Python, and becomes `N-name.md` with what came out: text, cards, figures
as PNG in `pictures/`. `--check` runs them and compares, and writes nothing.
"""

import argparse
import base64
import os
import re
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "notebooks"
LONGEST = 600
"""Seconds that a cell may take."""

LARGEST = 60_000
"""Bytes of a figure on a page."""

FIT = "<!-- of a fit: its last digits follow the machine -->"
"""Stands before what a cell with the tag `fit` gave: numbers that are compared by their size."""

NEAR = 0.4
"""By how much of itself a number of a short fit may differ from machine to machine [1]."""

SMALL = 0.3
"""A number below this may differ by as much as one of this size."""

VERSION = re.compile(r"Upriver \d+\.\d+\.\d+")
NUMBER = re.compile(r"(?<![\w.])[−-]?\d[\d,]*(?:\.\d+)?")


class Page(NamedTuple):
    """What came of a tutorial: its page, and its figures by path below the folder.

    seconds: by the clock; used: of processors.
    """

    text: str
    pictures: dict[str, bytes]
    seconds: float
    used: float


def sources() -> list[Path]:
    """The tutorials, in order."""
    return sorted(FOLDER.glob("[0-9]-*.py"))


def made(source: Path) -> Page:
    """Run a tutorial, and give its page.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed; it says which, and how.
    """
    import jupytext

    book = jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent")
    started, used = time.monotonic(), _used()
    _execute(book)
    seconds, used = time.monotonic() - started, _used() - used
    pictures: dict[str, bytes] = {}
    parts = []
    for cell in book.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        shown = [_shown(output, source.stem, pictures) for output in cell.outputs]
        parts += [FIT] if any(shown) and "fit" in cell.metadata.get("tags", []) else []
        parts += shown
    mark = (
        f"<!-- Made by `python docs/tools/notebooks.py`; change {source.name}, not this page. -->"
    )
    script = f"*This page is made from `docs/notebooks/{source.name}`: [how to open it](index.md).*"
    title, *rest = "\n\n".join(part for part in parts if part).split("\n", 1)
    return Page(f"{mark}\n\n{title}\n\n{script}\n{''.join(rest)}\n", pictures, seconds, used)


def _used() -> float:
    """Seconds of processors that ended children of this process have used, and theirs."""
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def _execute(book: Any) -> None:
    """Run all cells, in an empty folder, and in this environment whatever kernels are installed."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import KernelManager
    from nbclient import NotebookClient

    class Here(KernelSpecManager):
        """Knows one kernel: this Python."""

        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            return KernelSpec(argv=argv, display_name="here", language="python")

    paths = [str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as beside:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(paths),
            "IPYTHONDIR": beside,  # no habits of this user's
            "OPENBLAS_NUM_THREADS": "1",
            "COLUMNS": "100",
        }
        # Sockets that are files, and none of the network: only this user can open them.
        manager = KernelManager(
            kernel_spec_manager=Here(),
            transport="ipc",
            ip=str(Path(beside) / "kernel"),
            connection_file=str(Path(beside) / "kernel.json"),
        )
        client = NotebookClient(
            book,
            km=manager,
            timeout=LONGEST,
            coalesce_streams=True,
            resources={"metadata": {"path": folder}},
        )
        try:
            client.execute(env=environment)
        finally:
            if manager.has_kernel:
                manager.shutdown_kernel(now=True)


def _shown(output: Any, name: str, pictures: dict[str, bytes]) -> str:
    """An output as a part of the page; what goes to stderr is progress, and stays out."""
    if output.output_type == "stream":
        return "" if output.name == "stderr" else _text(output.text)
    data = output.data
    if "image/png" in data:
        picture = base64.b64decode(data["image/png"])
        if len(picture) > LARGEST:
            raise ValueError(
                f"a figure of {name} has {len(picture):,} bytes, more than {LARGEST:,}"
            )
        path = f"pictures/{name}-{len(pictures) + 1}.png"
        pictures[path] = picture
        return f"![Figure {len(pictures)} of this page]({path})"
    if "text/html" in data:
        bare = re.sub(r"<style.*?</style>", "", data["text/html"], flags=re.DOTALL)
        return "\n".join(line for line in bare.splitlines() if line.strip())
    return _text(data.get("text/plain", ""))


def _text(text: str) -> str:
    lines = text.rstrip().splitlines()
    return "\n".join(["```text", *(line.rstrip() for line in lines), "```"]) if lines else ""


def differences(page: str, now: str) -> list[str]:
    """In what a page differs from what came now; numbers of a fit are compared by their size."""
    before, after = (VERSION.sub("Upriver", text).splitlines() for text in (page, now))
    found = [f"{len(before)} lines, now {len(after)}"] if len(before) != len(after) else []
    fitted = False
    for number, (old, new) in enumerate(zip(before, after, strict=False), 1):
        fitted = new == FIT or (fitted and new not in ("```", "</div>"))
        if old != new and not (fitted and _near(old, new)):
            found.append(f"line {number}: {old[:160]!r}, now {new[:160]!r}")
    return found


def _near(old: str, new: str) -> bool:
    """Whether two lines say the same, in numbers that are near each other; spacing is free."""
    if _words(old) != _words(new):
        return False
    pairs = zip(NUMBER.findall(old), NUMBER.findall(new), strict=True)
    both = [[float(text.replace(",", "").replace("−", "-")) for text in pair] for pair in pairs]
    return all(abs(a - b) <= NEAR * max(abs(a), abs(b), SMALL) for a, b in both)


def _words(line: str) -> list[str]:
    return NUMBER.sub("#", line).split()


def main(arguments: list[str]) -> int:
    """Write the pages of all tutorials, or of those named; gives the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("names", nargs="*", metavar="NAME", help="as 1-first-answer; default: all")
    options.add_argument("--check", action="store_true", help="compare, and write nothing")
    given = options.parse_args(arguments)
    known = {source.stem: source for source in sources()}
    if unknown := [name for name in given.names if name not in known]:
        print(f"There is no tutorial '{unknown[0]}'. Known: {', '.join(known)}.")
        return 2
    stale, total, used = 0, 0.0, 0.0
    for name in given.names or known:
        page = made(known[name])
        total, used = total + page.seconds, used + page.used
        file = FOLDER / f"{name}.md"
        print(f"{name}: {page.seconds:.0f} s ({page.used:.0f} s of processors)", flush=True)
        if given.check:
            there = file.read_text(encoding="utf-8") if file.is_file() else ""
            found = differences(there, page.text)
            stale += bool(found)
            for line in found[:5]:
                print(f"  {line}")
            continue
        for old in FOLDER.glob(f"pictures/{name}-*.png"):
            old.unlink()
        for path, picture in page.pictures.items():
            (FOLDER / path).parent.mkdir(exist_ok=True)
            (FOLDER / path).write_bytes(picture)
        file.write_text(page.text, encoding="utf-8")
    print(f"{total:.0f} s in all ({used:.0f} s of processors)")
    return int(stale > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
