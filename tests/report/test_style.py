"""Claims about colour: every mark and word can be seen on its ground, in either theme."""

import re

import pytest

from upriver.report import style

PALETTES = pytest.mark.parametrize("palette", [style.LIGHT, style.DARK], ids=["light", "dark"])
NO_WORDS = ("page", "raised", "rule", "grid", "shade")
BANDS = [f"c{i}" for i in range(1, 8)]
SHEETS = {file.name: file.read_text(encoding="utf-8") for file in style.KIT.glob("*.css")}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast as WCAG 2 defines it."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, ground: str, opacity: float) -> str:
    """What a colour that lets its ground through looks like."""
    parts = [(int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(opacity * a + (1 - opacity) * b):02x}" for a, b in parts)


def opacity(rule: str) -> float:
    """How much of a band's own colour is seen."""
    found = re.search(re.escape(rule) + r"\{[^}]*fill-opacity:([\d.]+)", SHEETS["kit.css"])
    assert found is not None
    return float(found[1])


@PALETTES
@pytest.mark.parametrize("ground", ["page", "raised"])
def test_lines_and_words_pass_wcag_aa(palette: dict[str, str], ground: str) -> None:
    for name, colour in palette.items():
        if name not in NO_WORDS:
            assert contrast(colour, palette[ground]) >= 4.5, name


@PALETTES
@pytest.mark.parametrize("ground", ["page", "raised"])
def test_records_and_lines_are_seen_on_every_band(palette: dict[str, str], ground: str) -> None:
    for band in BANDS:
        under = mixed(palette[band], palette[ground], opacity(".band"))
        assert contrast(palette["ink"], under) >= 4.5, band
        assert contrast(palette[band], under) >= 3, band


@PALETTES
def test_words_on_a_button_are_read(palette: dict[str, str]) -> None:
    assert contrast(palette["page"], palette["link"]) >= 4.5
    assert contrast(palette["link"], palette["raised"]) >= 4.5


def test_dark_has_every_colour_that_light_has() -> None:
    assert style.LIGHT.keys() == style.DARK.keys() == style.FORCED.keys()


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_sheets_use_only_tokens_that_there_are(name: str) -> None:
    sheet = SHEETS[name]
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsl", sheet)
    known = {*style.LIGHT, "font", "hue"}
    assert set(re.findall(r"var\(--([\w-]+)\)", sheet)) <= known
    assert "url(" not in sheet
    assert "!important" not in sheet


def test_a_theme_that_is_chosen_wins_over_the_systems_but_not_on_paper() -> None:
    tokens = style.tokens()
    assert ':root:not([data-theme="light"]){' in tokens
    assert '@media screen{:root[data-theme="dark"]{color-scheme:dark;' in tokens
    assert tokens.count(style.DARK["page"]) == 2


def test_text_is_measured_in_the_face_in_which_it_is_set(kit) -> None:
    assert kit.evaluate("() => kit.FONT") == style.FONT
