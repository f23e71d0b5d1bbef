"""A bad file gets one line that says where and what; a file is written whole or not at all."""

import errno
import os
import resource
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from upriver.core.errors import (
    FileProblem,
    InputError,
    SchemaProblem,
    SyntaxProblem,
    WriteError,
)
from upriver.core.files import LARGEST, atomic_path, load_yaml, parse_yaml, write_atomic

BOMB = "a: &a [x, x]\n" + "".join(
    f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefg", "bcdefgh", strict=True)
)
DEEP = "top: " + "[" * 20 + "]" * 20
HUGE = "9" * 5000

BAD = [
    ("empty", b"", FileProblem, None, "empty"),
    ("only a comment", b"# nothing\n", FileProblem, None, "empty"),
    ("only null", b"---\n", FileProblem, None, "empty"),
    ("binary", b"a: 1\nb: \x00\x01\n", FileProblem, 2, "not text"),
    ("not UTF-8", b"a: 1\nb: caf\xe9\n", FileProblem, 2, "UTF-8"),
    ("UTF-16", "a: 1".encode("utf-16"), FileProblem, 1, "UTF-8"),
    ("too large", b"a: " + b"x" * LARGEST, FileProblem, None, "256 KiB"),
    ("alias bomb", BOMB.encode(), SyntaxProblem, 1, "anchors"),
    ("alias", b"a: 1\nb: *a\n", SyntaxProblem, 2, "aliases"),
    ("alias as key", b"a: 1\n*a : 2\n", SyntaxProblem, 2, "aliases"),
    ("merge key", b"a: 1\n<<: {b: 2}\n", SyntaxProblem, 2, "merge"),
    ("python object", b"a: !!python/object/apply:os.system [ls]\n", SyntaxProblem, 1, "tag"),
    ("custom tag", b"a: 1\nb: !mine 2\n", SyntaxProblem, 2, "!mine"),
    ("bare tag", b"a: ! 2\n", SyntaxProblem, 1, "tag"),
    ("directive", b"%YAML 1.2\n---\na: 1\n", SyntaxProblem, 1, "directives"),
    ("duplicate key", b"a: 1\nb: 2\na: 3\n", SyntaxProblem, 3, "The first is on line 1"),
    ("duplicate number", b"p:\n  2015: 1\n  2015.0: 2\n", SyntaxProblem, 3, "twice"),
    ("depth 21", DEEP.encode(), SyntaxProblem, 1, "20 levels"),
    ("a hundred thousand brackets", b"a: " + b"[" * 10**5, SyntaxProblem, 1, "20 levels"),
    ("two documents", b"a: 1\n---\nb: 2\n", SyntaxProblem, 2, "second document"),
    ("text after the end", b"a: 1\n...\nb: 2\n", SyntaxProblem, 3, "second document"),
    ("list at the top", b"- a\n- b\n", SchemaProblem, 1, "found a list"),
    ("text at the top", b"hello\n", SchemaProblem, 1, "found 'hello'"),
    ("tab", b"a:\n\tb: 1\n", SyntaxProblem, 2, "spaces, not tabs"),
    ("unclosed quote", b"a: 1\nb: 'x\nc: 3\n", SyntaxProblem, 2, "not closed"),
    ("unclosed list", b"a: 1\nb: [1, 2\nc: 3\n", SyntaxProblem, 2, "valid YAML"),
    ("bad indent", b"a: 1\n b: 2\n", SyntaxProblem, 2, "indent"),
    ("colon in text", b"title: more: naloxone\n", SyntaxProblem, 1, "quotes"),
    ("key without value", b"a: 1\nb\nc: 2\n", SyntaxProblem, 2, "valid YAML"),
    ("NaN", b"a: 1\nb: .nan\n", SyntaxProblem, 2, "not finite"),
    ("infinity", b"a: -.inf\n", SyntaxProblem, 1, "not finite"),
    ("1e999", b"a: 1e999\n", SyntaxProblem, 1, "not finite"),
    ("huge integer", f"a: 1\nb: {HUGE}\n".encode(), SyntaxProblem, 2, "too large"),
    ("list as key", b"? [a]\n: 1\n", SyntaxProblem, 1, "key should be a word"),
    ("boolean as key", b"a: 1\ntrue: 1\n", SyntaxProblem, 2, "key should be a word"),
    ("null as key", b"~: 1\n", SyntaxProblem, 1, "key should be a word"),
]
"""Name, content, kind of error, line, and a part of what is said."""


def is_told(error: InputError, file: str, line: int | None, part: str) -> None:
    """One line, exit code 2, file, line and a part of the message."""
    said = str(error)
    assert error.exit_code == 2
    assert said.isprintable()
    assert len(said) <= 300
    assert said.startswith(file if line is None else f"{file}, line {line}: ")
    assert error.line == line
    assert part in said


@pytest.mark.parametrize(
    ("content", "kind", "line", "part"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
@pytest.mark.parametrize("parser", ["C", "pure"])
def test_a_bad_file_is_refused_where_it_is_bad(
    content: bytes,
    kind: type[InputError],
    line: int | None,
    part: str,
    parser: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if parser == "pure":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("bad.yaml").write_bytes(content)
    with pytest.raises(kind) as caught:
        load_yaml("bad.yaml")
    assert type(caught.value) is kind
    is_told(caught.value, "bad.yaml", line, part)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("missing.yaml", "does not exist"),
        ("", "a folder"),
        ("x" * 300, "too long"),
        ("a\0b", "null"),
    ],
)
def test_what_is_no_file_is_said(name: str, part: str, tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        load_yaml(tmp_path / name)
    assert part in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_file_that_we_may_not_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(FileProblem, match="permission denied"):
        load_yaml("closed.yaml")


def test_a_file_of_50_mb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "large.yaml"
    with large.open("wb") as stream:
        stream.truncate(50_000_000)
    monkeypatch.setattr("upriver.core.files.parse_yaml", None)
    with pytest.raises(FileProblem, match="at most 256 KiB"):
        load_yaml(large)


def test_a_device_without_end_is_refused() -> None:
    with pytest.raises(FileProblem, match="too large"):
        load_yaml("/dev/zero")


PUNCTUATION = st.text(alphabet="ab:-[]{}'\"#&*!|>%@,?~ \n\t01.e<", max_size=60)


@settings(deadline=None)
@given(st.binary() | st.text().map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_a_document_or_one_line(raw: bytes) -> None:
    is_read_or_told(raw)


@settings(deadline=None)
@given(PUNCTUATION)
def test_any_punctuation_gives_a_document_or_one_line(text: str) -> None:
    is_read_or_told(text.encode())


def is_read_or_told(raw: bytes) -> None:
    """A mapping, or one good line."""
    try:
        assert isinstance(parse_yaml(raw, "any.yaml").data, dict)
    except InputError as error:
        is_told(error, "any.yaml", error.line, "")


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "NO", "y", "n"])
def test_no_is_a_word(word: str) -> None:
    assert parse_yaml(f"{word}: {word}", "x").data == {word: word}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("'null'", "null"),
        ('"12"', "12"),
        ("12", 12),
        ("+12", 12),
        ("-0", 0),
        ("1e6", 1e6),
        ("-1.5E-3", -1.5e-3),
        (".5", 0.5),
        ("5.", 5.0),
        ("06", "06"),
        ("-012", "-012"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("2024-01-31", "2024-01-31"),
        ("1.2.3", "1.2.3"),
        ("nan", "nan"),
        ("\u0661\u0662", "\u0661\u0662"),
        ("9223372036854775807", 2**63 - 1),
        ("<b>bold</b> & more", "<b>bold</b> & more"),
    ],
)
def test_scalars_are_read_as_yaml_1_2_reads_them(written: str, value: object) -> None:
    found = parse_yaml(f"a: {written}", "x").data["a"]
    assert found == value
    assert type(found) is type(value)


def test_what_is_deep_but_not_too_deep_is_read() -> None:
    assert parse_yaml("top: " + "[" * 19 + "]" * 19, "x").data


def test_a_byte_order_mark_and_windows_lines_do_no_harm() -> None:
    doc = parse_yaml(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "x")
    assert doc.data == {"a": 1, "b": 2}
    assert doc.line(("b",)) == 2


def test_a_file_is_written_whole_and_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "out.txt")
    write_atomic(tmp_path / "link", "première")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "première"
    assert (tmp_path / "link").is_symlink()
    assert len(list(tmp_path.iterdir())) == 2


def refuses_to_write(path: Path, part: str) -> None:
    """WriteError, exit code 1, on one line that names the file; nothing is left behind."""
    before = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    with pytest.raises(WriteError) as caught:
        write_atomic(path, b"new" * 10_000)
    assert caught.value.exit_code == 1
    assert str(caught.value).isprintable()
    assert path.name in str(caught.value)
    assert part in str(caught.value)
    assert (sorted(path.parent.iterdir()) if path.parent.is_dir() else []) == before


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    refuses_to_write(tmp_path / "none" / "out", "does not exist")


def test_a_folder_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    refuses_to_write(tmp_path / "out", "it is a folder")


def test_a_device_is_not_replaced() -> None:
    with pytest.raises(WriteError, match="not a plain file"):
        write_atomic("/dev/null", "x")


def test_a_file_in_place_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refuses_to_write(tmp_path / "file" / "out", "not a folder")


@pytest.mark.parametrize(
    ("number", "part"),
    [
        (errno.EACCES, "permission denied"),
        (errno.EROFS, "read-only"),
        (errno.ENOSPC, "no space left"),
    ],
)
@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_what_the_system_refuses_is_said_and_the_old_file_is_kept(
    number: int, part: str, call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    (tmp_path / "out").write_text("old")
    monkeypatch.setattr(os, call, refuse)
    refuses_to_write(tmp_path / "out", part)
    assert (tmp_path / "out").read_text() == "old"


def test_a_file_that_may_not_grow_leaves_nothing(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        refuses_to_write(tmp_path / "out", "larger than allowed")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError, SystemExit])
def test_an_interrupt_leaves_what_was_there(failure: type[BaseException], tmp_path: Path) -> None:
    (tmp_path / "out.nc").write_text("old")
    with pytest.raises(failure), atomic_path(tmp_path / "out.nc") as temporary:  # noqa: PT012
        assert temporary.suffix == ".nc"
        temporary.write_text("half")
        raise failure
    assert [p.name for p in tmp_path.iterdir()] == ["out.nc"]
    assert (tmp_path / "out.nc").read_text() == "old"
