"""The end of a report: its sources, and how it was made, with the whole scenario."""

from collections.abc import Mapping, Sequence

from upriver.report.wording import escape, slug


def sources_part(sources: Sequence[Mapping[str, str]]) -> str:
    """The list of sources; only a web address becomes a link."""
    lines = []
    for source in sources:
        url = source.get("url", "")
        safe = url.startswith(("https://", "http://"))
        link = f' <a href="{escape(url)}" rel="noreferrer">Open the source</a>' if safe else ""
        lines.append(
            f'<li id="{anchor(source["key"])}"><b>{escape(source["key"])}</b>: '
            f"{escape(source['text'])}{link}</li>"
        )
    return (
        '<section aria-labelledby="sources"><h2 id="sources">Sources</h2>'
        f'<ul class="sources">{"".join(lines)}</ul></section>'
    )


def provenance_part(provenance: Mapping[str, object], texts: Sequence[tuple[str, str]]) -> str:
    """What a reader needs to make the same numbers again."""
    files = "".join(
        f'<h3>{escape(title)}, as a file</h3><pre class="file">{escape(text)}</pre>'
        for title, text in texts
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(str(name))}</th><td>{escape(str(value))}</td></tr>'
        for name, value in provenance.items()
    )
    return (
        '<section aria-labelledby="provenance"><h2 id="provenance">How this was made</h2>'
        '<table class="provenance"><caption>With the same version, digests, seed and scenario you '
        f"get the same numbers.</caption><tbody>{rows}</tbody></table>{files}</section>"
    )


def anchor(key: str) -> str:
    """The id of a source in the list."""
    return f"source-{slug(key)}"
