"""Socrata, the system behind data.cdc.gov: rows in pages, in a fixed order, counted.

Paging by `$limit`, `$offset` and `$order`, as dev.socrata.com/docs/paging says. A token of your own
in UPRIVER_SOCRATA_TOKEN raises the publisher's limit of requests; it is sent to that host alone.
"""

import os
from pathlib import Path

from upriver.core.errors import DownloadError, InputError, show
from upriver.evidence import disk
from upriver.evidence.cache import Stage
from upriver.evidence.download import Client, Progress
from upriver.evidence.tables import read_text, rows_of

TOKEN = "UPRIVER_SOCRATA_TOKEN"
PAGE = 50_000
"""Rows asked for at once: the most that every version of the interface gives."""


def fetch_rows(
    client: Client,
    stage: Stage,
    name: str,
    url: str,
    *,
    where: str | None = None,
    page: int = PAGE,
    progress: Progress | None = None,
) -> Path:
    """All rows of a data set, as one CSV with one header.

    Args:
        client: fetches.
        stage: where the file goes.
        name: of the file there.
        url: of the data set, `https://data.cdc.gov/resource/xkb8-kh2a.csv`.
        where: a condition in its language, `indicator='...'`.
        page: rows in a page.
        progress: told of every piece.

    Raises:
        DownloadError: a page does not come, has other columns, or rows are missing.
    """
    token = os.environ.get(TOKEN, "").strip()
    headers = {"X-App-Token": token} if token else {}
    chosen = {"$where": where} if where else {}
    count = _count(client, stage, url, headers, chosen)
    part = stage.folder / f"{name}.all"
    with disk.writing(part) as writer:
        header, have = "", 0
        while have < count:
            asked = chosen | {"$order": ":id", "$limit": str(page), "$offset": str(have)}
            label = f"{name}, rows {have + 1} to {min(have + page, count)} of {count}"
            told = _named(progress, label)
            text = _text(client, stage, url, headers, asked, told)
            first, _, body = text.partition("\n")
            if header and first.strip() != header:
                raise DownloadError(f"{name}: {_changed(header, first)}.")
            rows = sum(1 for _ in rows_of(body, label))
            if rows == 0:
                raise DownloadError(f"{name}: {have:,} of {count:,} rows came, then none.")
            writer.write((body if header else text).encode("utf-8"))
            if not text.endswith("\n"):
                writer.write(b"\n")
            header, have = first.strip(), have + rows
        writer.finish()
    if have != count:
        raise DownloadError(f"{name}: {have:,} rows came, not the {count:,} that were promised.")
    target = stage.add(name, url)
    disk.move(part, target)
    return target


def _count(
    client: Client, stage: Stage, url: str, headers: dict[str, str], chosen: dict[str, str]
) -> int:
    text = _text(client, stage, url, headers, chosen | {"$select": "count(*) as rows"}, None)
    rows = [cells for _, cells in rows_of(text, "the number of rows")]
    if len(rows) != 2 or len(rows[1]) != 1 or not rows[1][0].isdigit() or rows[1][0] == "0":
        found = show(rows[1][0]) if len(rows) == 2 and rows[1] else "nothing"
        raise DownloadError(f"the publisher does not say how many rows there are, but {found}.")
    return int(rows[1][0])


def _text(
    client: Client,
    stage: Stage,
    url: str,
    headers: dict[str, str],
    params: dict[str, str],
    progress: Progress | None,
) -> str:
    """One answer as text; its file goes away again."""
    path = client.get(stage, "page", url, params=params, headers=headers, progress=progress)
    try:
        text = read_text(path)
    except InputError as error:
        said = str(error).replace(str(stage.folder) + os.sep, "")
        raise DownloadError(f"{stage.source}: what came is not kept: {said}") from error
    del stage.files["page"]
    disk.remove(path)
    return text.replace("\r\n", "\n")


def _named(progress: Progress | None, label: str) -> Progress | None:
    if progress is None:
        return None
    return lambda _, done, total: progress(label, done, total)


def _changed(header: str, other: str) -> str:
    """The first column in which two pages differ."""
    ours, theirs = header.split(","), other.strip().split(",")
    for one, two in zip([*ours, ""], [*theirs, ""], strict=False):
        if one != two:
            was, became = one.strip('"'), two.strip('"')
            return f"column {show(was)} became {show(became)} in a later page"
    return "columns changed in a later page"
