"""Ways to spoil a YAML file, by chance but the same for the same seed: what hands, editors, mail
programs and other software do to a file.
"""

import random
from collections.abc import Callable
from typing import Any

import yaml

NUMBERS = (
    "0", "-0.0", "1", "-1", "-2", "0.5", "1e-320", "1e-300", "1e15", "1e16", "1e300", "-1e308",
    "1e400", ".inf", "-.inf", ".nan", "nan", "inf", "1_000", "0x1F", "007", "12:30", "2026.5",
    "2026-05-01", "9999999999999999999", "9007199254740993", "99999999999999999999999", "2031.99",
    "2032", "1999", "1998.999", "33", "3.", ".5", "+0.2", "1e2", "0.1e-1",
)  # fmt: skip
"""Numbers, and what looks like one."""

VALUES: tuple[Any, ...] = (
    None, True, False, "", " ", "x", "hold", "keep", "lever", [], {}, [[]], [{}], [1], {"a": 1},
    {1: 2}, 0, 1, -1, 2, 0.5, -0.5, 1e-300, 1e300, -1e300, 2**63, 10**30, float("inf"),
    float("nan"), "2026", "1e3", "\u202e", "a\nb", "x" * 5000, ["x"] * 50, "\ud800", "whole",
)  # fmt: skip
"""What may stand where something else should."""

WORDS = (
    "&a ", "*a", "!!python/object:os.system ", "<<: ", "%YAML 1.1\n", "---\n", "...\n", "? ", "- ",
    ": ", "#", "{", "}", "[", "]", "'", '"', "|\n", ">\n", "\t", "\x00", "\x07", "\u00a0", "\ufeff",
    "\u2028", "\u200f", "é", "水", "😀", "\r", "\n", "@", "`", ",", "=", "null", "~",
)  # fmt: skip
"""What has a meaning in YAML, or none anywhere."""


def spoiled(text: str, seed: int) -> bytes:
    """A text after one to three changes, as the bytes of a file."""
    dice = random.Random(seed)
    raw = text.encode()
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        raw = dice.choice(CHANGES)(raw, dice)
    return raw


def _lines(raw: bytes) -> list[bytes]:
    return raw.split(b"\n")


def _flip(raw: bytes, dice: random.Random) -> bytes:
    """A few bytes by others."""
    found = bytearray(raw)
    for _ in range(dice.randint(1, 3) if found else 0):
        found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


def _delete(raw: bytes, dice: random.Random) -> bytes:
    lines = _lines(raw)
    del lines[dice.randrange(len(lines))]
    return b"\n".join(lines)


def _duplicate(raw: bytes, dice: random.Random) -> bytes:
    lines = _lines(raw)
    lines.insert(dice.randrange(len(lines) + 1), dice.choice(lines))
    return b"\n".join(lines)


def _swap(raw: bytes, dice: random.Random) -> bytes:
    lines = _lines(raw)
    i, j = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[i], lines[j] = lines[j], lines[i]
    return b"\n".join(lines)


def _indent(raw: bytes, dice: random.Random) -> bytes:
    """A line further in, further out, or by a tab."""
    lines = _lines(raw)
    i = dice.randrange(len(lines))
    lines[i] = (
        dice.choice((b" ", b"   ", b"\t")) + lines[i] if dice.random() < 0.7 else lines[i][1:]
    )
    return b"\n".join(lines)


def _cut(raw: bytes, dice: random.Random) -> bytes:
    """The file only up to somewhere."""
    return raw[: dice.randrange(len(raw) + 1)]


def _insert(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(raw) + 1)
    return raw[:at] + dice.choice(WORDS).encode() + raw[at:]


def _number(raw: bytes, dice: random.Random) -> bytes:
    """A number in a line by another."""
    lines = _lines(raw)
    with_value = [i for i, line in enumerate(lines) if b": " in line]
    if not with_value:
        return raw
    i = dice.choice(with_value)
    parts = lines[i].split(b": ")
    k = dice.randrange(1, len(parts))
    end = min((e for e in map(parts[k].find, (b",", b"}", b"]")) if e >= 0), default=len(parts[k]))
    parts[k] = dice.choice(NUMBERS).encode() + parts[k][end:]
    lines[i] = b": ".join(parts)
    return b"\n".join(lines)


def _name(raw: bytes, dice: random.Random) -> bytes:
    """A letter of a word changed, doubled or lost."""
    letters = [i for i, byte in enumerate(raw) if chr(byte).isalpha()]
    if not letters:
        return raw
    i = dice.choice(letters)
    return raw[:i] + dice.choice((b"", b"x", raw[i : i + 1] * 2, b"_", b"[")) + raw[i + 1 :]


def _value(raw: bytes, dice: random.Random) -> bytes:
    """A value, anywhere in the tree, by one of another kind."""
    data = _tree(raw)
    places = _places(data)
    if not places:
        return raw
    holder, key = dice.choice(places)
    if dice.random() < 0.1:
        if isinstance(holder, dict):
            holder[dice.choice((1, 2.5, True, "x", "by", "to", "set", "between"))] = holder.pop(key)
        else:
            holder.append(holder[key])
    else:
        holder[key] = dice.choice(VALUES)
    written = yaml.safe_dump(data, allow_unicode=dice.random() < 0.5, sort_keys=False)
    return str(written).encode("utf-8", "surrogatepass")


def _tree(raw: bytes) -> Any:
    """The data of a file; None if it cannot be had."""
    try:
        return yaml.safe_load(raw)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return None


def _places(data: Any) -> list[tuple[Any, Any]]:
    """Every value in a tree, as what holds it and its key."""
    keys: Any = ()
    if isinstance(data, dict):
        keys = list(data)
    elif isinstance(data, list):
        keys = range(len(data))
    found = [(data, key) for key in keys]
    return found + [place for key in keys for place in _places(data[key])]


def _number_in_tree(raw: bytes, dice: random.Random) -> bytes:
    """A number, anywhere in the tree, by another of any size."""
    data = _tree(raw)
    places = [
        (holder, key)
        for holder, key in _places(data)
        if isinstance(holder[key], int | float) and not isinstance(holder[key], bool)
    ]
    if not places:
        return raw
    holder, key = dice.choice(places)
    size = 10.0 ** dice.randint(-20, 20) if dice.random() < 0.5 else dice.random() * 3
    holder[key] = dice.choice((size, -size, holder[key] * size, 1999 + 33 * dice.random(), 0))
    return str(yaml.safe_dump(data, sort_keys=False)).encode("utf-8", "surrogatepass")


def _ends(raw: bytes, dice: random.Random) -> bytes:
    """Another encoding or other ends of lines."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return raw
    kinds = (
        lambda: text.replace("\n", "\r\n").encode(),
        lambda: text.replace("\n", "\r").encode(),
        lambda: b"\xef\xbb\xbf" + raw,
        lambda: text.encode("utf-16", "surrogatepass"),
        lambda: text.encode("latin-1", "replace"),
        lambda: text.replace(" ", "\u00a0").encode(),
        lambda: text.replace("'", "’").replace('"', "”").encode(),
    )
    return dice.choice(kinds)()


def _empty(_: bytes, dice: random.Random) -> bytes:
    return dice.choice((b"", b"\n", b"# soon\n", b"null", b"{}", b"[]", b"schema: 2", b"\x00" * 9))


def _deep(raw: bytes, dice: random.Random) -> bytes:
    lines = _lines(raw)
    levels = dice.choice((5, 25, 5000))
    i = dice.randrange(len(lines))
    lines[i] = lines[i].partition(b":")[0] + b": " + b"[" * levels + b"]" * levels
    return b"\n".join(lines)


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _delete, _duplicate, _swap, _indent, _cut, _insert, _ends, _deep, _empty),
    *((_number, _name, _value, _number_in_tree) * 3),
)
