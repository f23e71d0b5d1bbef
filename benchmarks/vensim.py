"""Cuts a published Vensim model down to what some quantities need, with our inputs in it.

It holds nothing of the model: it reads the file that the user gives, keeps the equations that the
wanted quantities depend on, and puts our shipped numbers where the file reads data that are not in
it. The text is understood only as far as this needs.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

CONTROL = ("INITIAL TIME", "FINAL TIME", "TIME STEP", "SAVEPER")
SKETCH = "\\\\\\---///"
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
SYMBOLS = re.compile(r"[()\[\],+\-*/^=<>!:;{}]")


@dataclass
class Equation:
    """One equation: a quantity, its subscripts as written, and what stands right of the sign.

    right is None for a list of subscripts and for data that the file does not hold.
    """

    name: str
    subscripts: str
    text: str
    right: str | None

    @property
    def number(self) -> float | None:
        """The value, if the equation is one number."""
        text = (self.right or "").strip()
        return float(text) if NUMBER.fullmatch(text) else None


@dataclass
class Model:
    """Equations by name of the quantity, in lower case, in the file's order."""

    equations: dict[str, list[Equation]] = field(default_factory=dict)

    def named(self, name: str) -> list[Equation]:
        """The equations of a quantity, one for each list of subscripts; empty if there is none."""
        return self.equations.get(key(name), [])

    def of(self, reference: str) -> Equation | None:
        """The one equation of a quantity, `Name` or `Name[element]`, if there is one."""
        name, _, element = reference.partition("[")
        element = element.rstrip("]")
        found = [e for e in self.named(name) if key(e.subscripts) == key(element)]
        return found[0] if len(found) == 1 else None

    def put(self, reference: str, right: str) -> None:
        """Give a quantity, or an element of one, another equation."""
        equation = self.of(reference)
        name, _, element = reference.partition("[")
        if equation is None:
            equation = Equation(name, element.rstrip("]"), "", None)
            self.equations.setdefault(key(name), []).append(equation)
        equation.right = right
        equation.text = f"{reference} = {right}"

    def drop(self, name: str) -> None:
        """Forget a quantity."""
        self.equations.pop(key(name), None)

    def needed(self, wanted: Iterable[str]) -> set[str]:
        """Names of all that the wanted quantities depend on, and of the time settings."""
        lists = {
            key(element): name
            for name, group in self.equations.items()
            for element in elements(group[0])
        }
        todo, found = [key(name) for name in (*wanted, *CONTROL)], set[str]()
        while todo:
            name = todo.pop()
            name = lists.get(name, name)
            if name in found or name not in self.equations:
                continue
            found.add(name)
            for equation in self.equations[name]:
                todo += [key(word) for word in SYMBOLS.split(joined(equation.text))]
        return found

    def without_equation(self, names: Iterable[str]) -> list[str]:
        """Of these, the data that the file does not hold."""
        return [
            e.name
            for name in names
            for e in self.equations[name]
            if e.right is None and not elements(e)
        ]

    def reads_absent(self, equation: Equation) -> bool:
        """Whether it is, or depends on, data that the file does not hold."""
        words = SYMBOLS.split(joined(equation.text))
        return bool(self.without_equation(self.needed(words)))

    def write(self, path: Path, names: set[str]) -> None:
        """The equations of these names as a model file of their own."""
        kept = [e for name, group in self.equations.items() if name in names for e in group]
        body = "".join(f"{broken(e.text)}\n\t~\t\n\t~\t\n\t|\n\n" for e in kept)
        path.write_text(f"{{UTF-8}}\n{body}{SKETCH} Sketch information\n", encoding="utf-8")


def read(path: Path) -> Model:
    """The equations of a model file; what is drawn and set up behind them is left out."""
    text = path.read_text(encoding="utf-8", errors="replace").replace("\r", "")
    text = text.split(SKETCH)[0].replace("{UTF-8}", "")
    model = Model()
    for piece in text.split("|"):
        equation = understood(piece)
        if equation is not None:
            model.equations.setdefault(key(equation.name), []).append(equation)
    return model


def understood(piece: str) -> Equation | None:
    """An equation from the text between two bars: `left = right ~ unit ~ comment`."""
    text = joined(piece.split("~")[0])
    if not text or text.startswith(("*", ":")):
        return None
    left, sign, right = text.partition("=")
    named = re.match(
        r"\s*(?P<name>\"[^\"]*\"|[^\[\]:=(]+?)\s*(\[(?P<subscripts>[^\]]*)\])?\s*(:|$)",
        left.rstrip(": ") if sign else left,
    )
    if named is None:
        return None
    return Equation(
        named["name"].strip(), (named["subscripts"] or "").strip(), text, right if sign else None
    )


def elements(equation: Equation) -> list[str]:
    """The elements, if it lists those of a subscript."""
    if equation.right is not None or "," not in equation.text:
        return []
    return [name.strip() for name in equation.text.partition(":")[2].split(",")]


def lookup(times: np.ndarray, values: np.ndarray) -> str:
    """A course in time as an equation; only the points at which it bends."""
    slopes = np.diff(values) / np.diff(times)
    bends = np.abs(np.diff(slopes)) > 1e-12 * (np.abs(values).max() or 1)
    kept = np.concatenate([[True], bends, [True]])
    points = ",".join(
        f"({t!r},{v!r})" for t, v in zip(times[kept].tolist(), values[kept].tolist(), strict=True)
    )
    return f"WITH LOOKUP(Time, ({points}))"


def number(value: float) -> str:
    """A number as an equation."""
    return repr(float(value))


def key(name: str) -> str:
    """A name as it is compared: case, spaces and underscores do not count."""
    return " ".join(name.replace("_", " ").split()).lower()


def joined(text: str) -> str:
    """Text on one line; a backslash continues a line."""
    return " ".join(re.sub(r"\\\s*\n", " ", text).split())


def broken(text: str) -> str:
    """Text without lines too long to parse well."""
    return text.replace(",(", ",\\\n\t\t(") if "WITH LOOKUP" in text else text


def changed(model: Model, numbers: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Put our numbers where the file has a number; those that differed, old and new."""
    found = {}
    for reference, value in numbers.items():
        equation = model.of(reference)
        if equation is None or equation.number is None:
            continue
        if not np.isclose(equation.number, value, rtol=1e-12, atol=0):
            found[reference] = (equation.number, value)
        model.put(reference, number(value))
    return found
