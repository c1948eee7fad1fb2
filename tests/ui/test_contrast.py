"""Whether what is written can be read: every pair of colours of the style sheet, on light and on dark paper."""

import itertools
import re
from pathlib import Path

import pytest

import frombelow_site

SITE = Path(frombelow_site.__file__).parent
SHEET = SITE / "ui/static/ui/site.css"
LIGHT, DARK, PRINT = "light", "dark", "print"

# Words on what is under them: 4.5 to 1 (WCAG 2.2, 1.4.3), large or not.
WORDS = {
    ("ink", "paper"), ("quiet", "paper"), ("accent", "paper"), ("no", "paper"), ("on-accent", "accent"),
    ("ink", "faint"), ("accent", "faint"), ("no", "faint"),
}  # fmt: skip
# What says something by its edge or its surface: 3 to 1 (WCAG 2.2, 1.4.11).
SHAPES = {
    ("accent", "paper"), ("no", "paper"), ("yes", "paper"), ("abstain", "paper"), ("quiet", "paper"),
    ("ink", "paper"), ("focus", "paper"), ("focus", "faint"), ("quiet", "faint"), ("yes", "faint"), ("no", "faint"),
    ("abstain", "faint"), ("accent", "rule"),
}  # fmt: skip
# Rules between things, and papers: without them nothing is lost. (A place to write has a border of `quiet`.)
ORNAMENT = {"rule", "faint", "paper"}


def tokens():
    """The colours by their names, as each of the three blocks of the sheet leaves them."""
    sheet = SHEET.read_text()
    blocks = [
        dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", block)) for block in re.findall(r":root\s*{([^}]*)}", sheet)
    ]
    light, dark, printed = blocks
    return {LIGHT: light, DARK: {**light, **dark}, PRINT: {**light, **printed}}


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def rules(name=r"[\w-]+"):
    """Each declaration of the site's sheets that paints with a token: property, token."""
    for place in SITE.rglob("static/**/*.css"):
        for painted, value in re.findall(rf"[;{{]\s*({name}):([^;}}]*)", place.read_text()):
            for token in re.findall(r"var\(--([\w-]+)", value):
                yield painted, token


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("paper", [LIGHT, DARK, PRINT])
@pytest.mark.parametrize(("front", "back"), sorted(WORDS))
def test_words_are_read(front, back, paper):
    colours = tokens()[paper]
    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("paper", [LIGHT, DARK])
@pytest.mark.parametrize(("front", "back"), sorted(SHAPES))
def test_edges_and_bars_are_seen(front, back, paper):
    colours = tokens()[paper]
    assert contrast(colours[front], colours[back]) >= 3


def test_the_bars_of_a_printed_page_are_seen():
    colours = tokens()[PRINT]
    for front in ("yes", "no", "abstain", "accent"):
        assert contrast(colours[front], colours["paper"]) >= 3
    greys = [luminance(colours[each]) for each in ("yes", "no", "abstain", "paper")]
    assert greys == sorted(greys)
    assert all(high - low > 0.09 for low, high in itertools.pairwise(greys))


def test_every_colour_that_words_have_is_looked_at():
    fronts = {front for front, _back in WORDS}
    used = {token for painted, token in rules("color")}
    assert used
    assert used <= fronts


def test_every_surface_is_looked_at():
    looked = {back for _front, back in WORDS | SHAPES} | {front for front, _back in SHAPES}
    used = {token for _painted, token in rules(r"background(?:-color)?|fill|stroke|border[\w-]*|outline|box-shadow")}
    assert used - looked - ORNAMENT == set()


def test_no_colour_is_written_beside_the_tokens():
    for place in SITE.rglob("static/**/*.css"):
        text = re.sub(r":root\s*{[^}]*}", "", place.read_text())
        assert set(re.findall(r"#[0-9a-f]{3,8}\b(?=[^{}]*})", text)) <= {"#fff", "#000"}, place
        assert not re.findall(r"\b(?:rgba?|hsla?|oklch)\(", text), place


def test_dark_and_print_say_every_colour_anew():
    sheet = SHEET.read_text()
    blocks = [set(re.findall(r"--([\w-]+):\s*#", block)) for block in re.findall(r":root\s*{([^}]*)}", sheet)]
    assert len(blocks) == 3
    assert blocks[0] == blocks[1] == blocks[2]


def test_a_token_for_the_worse_is_noticed(monkeypatch, tmp_path):
    worse = tmp_path / "site.css"
    worse.write_text(SHEET.read_text().replace(f"--quiet: {tokens()[LIGHT]['quiet']}", "--quiet: #8a8a80"))
    monkeypatch.setattr("tests.ui.test_contrast.SHEET", worse)
    with pytest.raises(AssertionError):
        test_words_are_read("quiet", "paper", LIGHT)


def test_sides_are_named_by_the_way_of_writing():
    """A page that is written from right to left is this page mirrored: nothing says left or right by itself."""
    sheet = re.sub(r"/\*.*?\*/", "", SHEET.read_text())
    assert not re.findall(r"[\s{;](?:margin|padding|border)-(?:left|right)\b", sheet)
    assert not re.findall(r"[\s{;](?:left|right|float):", sheet)
    ways = re.findall(r"([^{};]*){[^{}]*text-align:\s*(left|right)", sheet)
    assert [where.strip() for where, _way in ways] == ["textarea.code, pre"]


def test_motion_and_focus():
    sheet = SHEET.read_text()
    assert "outline: none" not in sheet
    assert "outline: 0" not in sheet
    moving = re.sub(r"@media \(prefers-reduced-motion: [\w-]+\) {(?:[^{}]|{[^{}]*})*}", "", sheet)
    assert not re.findall(r"[\s{;](?:animation|transition|scroll-behavior):", moving)
