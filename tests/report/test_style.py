"""Claims about colour: every mark and word can be seen on its ground."""

import pytest

from upriver.report import style


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", [style.LIGHT, style.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["page", "raised"])
def test_lines_and_words_pass_wcag_aa(palette: dict[str, str], ground: str) -> None:
    for name, colour in palette.items():
        if name not in ("page", "raised", "rule", "grid"):
            high, low = sorted((luminance(colour), luminance(palette[ground])), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5, name


def test_dark_has_every_colour_that_light_has() -> None:
    assert style.LIGHT.keys() == style.DARK.keys()
