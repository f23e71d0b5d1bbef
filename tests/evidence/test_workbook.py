"""A workbook from outside is looked through first: a small file cannot become a large one."""

import io
import struct
import zipfile

import pytest
from made import xlsx, zipped

from upriver.core.errors import InputError
from upriver.evidence import workbook
from upriver.evidence.workbook import Workbook

GOOD = xlsx({"one": [["a", 1], ["b", 2.5]], "two": [["x"]]})


@pytest.fixture
def problem(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def found(content):
        (tmp_path / "w.xlsx").write_bytes(content)
        with pytest.raises(InputError) as caught:
            Workbook("w.xlsx")
        line = str(caught.value)
        assert line.startswith("w.xlsx: ")
        assert "\n" not in line
        return line

    return found


def with_member(name, content, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", method) as book:
        book.writestr(name, content)
    return out.getvalue()


def test_sheets_are_read_with_numbers_and_text(tmp_path):
    (tmp_path / "w.xlsx").write_bytes(GOOD)
    book = Workbook(tmp_path / "w.xlsx")
    assert book.names == ("one", "two")
    assert book.sheet("one").rows == [["a", 1.0], ["b", 2.5]]
    with pytest.raises(InputError, match=r"sheet 'tow' does not exist.*'two'"):
        book.sheet("tow")


def test_a_merged_range_has_its_value_in_every_cell(tmp_path):
    rows = [["a", "", "b"], ["", "", "c"]]
    (tmp_path / "w.xlsx").write_bytes(xlsx({"one": rows}, {"one": ["A1:B2"]}))
    assert Workbook(tmp_path / "w.xlsx").sheet("one").rows == [["a", "a", "b"], ["a", "a", "c"]]


def test_a_bomb_is_refused(problem):
    assert "unpacks to too much" in problem(with_member("xl/media/x.png", b"\0" * 30_000_000))


def test_a_bomb_among_much_that_is_no_bomb_is_refused(problem):
    import os

    content = io.BytesIO(with_member("xl/a.bin", os.urandom(400_000), zipfile.ZIP_STORED))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/b.bin", b"\0" * 20_000_000)
    assert "member 'xl/b.bin' unpacks to too much" in problem(content.getvalue())


def test_a_member_that_lies_about_its_size_is_refused(problem):
    raw = bytearray(with_member("xl/b.bin", b"\0" * 2_000_000))
    size = struct.pack("<I", 2_000_000)
    at = raw.rindex(size)
    raw[at : at + 4] = struct.pack("<I", 1000)
    at = raw.index(size)
    raw[at : at + 4] = struct.pack("<I", 1000)
    assert "not a workbook, or a broken one" in problem(bytes(raw))


def test_too_many_members_are_refused(problem):
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as book:
        for number in range(1001):
            book.writestr(f"xl/media/{number}.txt", "x")
    assert "has too many members" in problem(out.getvalue())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_twice_is_refused(problem):
    assert "has a member twice" in problem(with_member("xl/workbook.xml", "<workbook/>"))


@pytest.mark.parametrize(
    "text", ['<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', '<x/><!ENTITY a "b">']
)
def test_entities_are_refused(problem, text):
    assert "declares entities" in problem(with_member("xl/styles.xml", text))
    for encoding in ("utf-16", "utf-16-be"):
        said = problem(with_member("xl/styles.xml", text.encode(encoding)))
        assert "member 'xl/styles.xml' is not in UTF-8" in said
    other = "<?xml version='1.0' encoding='UTF-7'?>" + text
    assert "is not in UTF-8" in problem(with_member("xl/styles.xml", other))


TEXTS = '<sst count="{0}" uniqueCount="{0}"><si><t>x</t></si></sst>'


@pytest.mark.parametrize("count", ["4000000000000", "9999999", "&#52;000000000000", "-1"])
def test_texts_by_the_billion_are_refused(problem, count):
    found = problem(with_member("xl/sharedStrings.xml", TEXTS.format(count)))
    assert "member 'xl/sharedStrings.xml' claims too much" in found


def test_binary_texts_by_the_billion_are_refused(problem):
    out = io.BytesIO(with_member("xl/_rels/workbook.bin.rels", '<a Target="texts.dat"/>'))
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/texts.dat", struct.pack("<BBBII", 0x9F, 1, 8, 1, 0xFFFFFFF0))
    assert "member 'xl/texts.dat' claims too much" in problem(out.getvalue())


def test_two_cells_far_apart_are_refused(problem):
    sheet = '<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/>'
    found = problem(
        with_member("xl/worksheets/sheet9.xml", sheet + "</row></sheetData></worksheet>")
    )
    assert "1,048,576 rows of 16,384 cells" in found


def test_a_binary_sheet_of_two_cells_far_apart_is_refused(problem):
    row = struct.pack("<BBI", 0, 4, 1_048_575)
    cell = struct.pack("<BBI", 2, 4, 16_383)
    out = io.BytesIO(with_member("xl/_rels/workbook.bin.rels", '<a Target="worksheets/s.bin"/>'))
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/worksheets/s.bin", row + cell)
    found = problem(out.getvalue())
    assert "1,048,576 rows of 16,384 cells" in found


def test_a_password_is_named(problem):
    raw = bytearray(GOOD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(mark)
        raw[at + place] |= 1
    assert "has a password" in problem(bytes(raw))
    assert "with a password" in problem(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


@pytest.mark.parametrize(
    "content",
    [b"no archive at all", GOOD[:-30], GOOD[: len(GOOD) // 2], b"PK\x03\x04" + b"\xff" * 500],
)
def test_what_is_no_workbook_is_one_line(problem, content):
    assert "not a workbook, or a broken one" in problem(content)


def test_an_archive_that_is_no_workbook_is_one_line(problem):
    assert "cannot be read as a workbook" in problem(zipped(a="b"))


def test_a_large_file_is_refused(problem, monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST", 1000)
    assert "is too large" in problem(GOOD)


@pytest.mark.parametrize("at", range(30, 400, 37))
def test_a_workbook_with_bytes_lost_is_one_line(tmp_path, at):
    """Whatever the library says of it, also that it should read before its beginning."""
    raw = xlsx({"Export": [["State", "Deaths"], ["Ohio", 5]]})
    path = tmp_path / "broken.xlsx"
    path.write_bytes(raw[:at] + raw[at + 29 :])
    with pytest.raises(InputError) as caught:
        Workbook(path)
    assert "\n" not in str(caught.value)
