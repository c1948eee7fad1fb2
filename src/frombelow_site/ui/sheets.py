"""Texts as sheets of A4 in PDF, drawn with the fonts that every program for PDF has; files can be attached."""

import io
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

import pydyf  # type: ignore[import-untyped]

WIDTH, HEIGHT = 595.3, 841.9  # A4, in points
EDGE = 57.0
PLAIN, BOLD, EVEN = "F1", "F2", "F3"
FONTS = {PLAIN: "Helvetica", BOLD: "Helvetica-Bold", EVEN: "Courier"}
# Widths of Helvetica's letters, in thousandths of its size, from the space to the tilde. Others are taken as wide.
WIDTHS = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
OF_LETTERS = dict(enumerate(map(int, WIDTHS.split()), ord(" ")))
OTHER, OF_EVEN, BOLDER = 600, 600, 1.08
MISSING = "¤"  # for what the fonts lack


class Said(NamedTuple):
    """A paragraph: its words, how large, in which font, with how much room above it, and whether a sheet begins."""

    words: str
    size: float = 10.5
    font: str = PLAIN
    above: float = 4.0
    fresh: bool = False


def fitting(words: str) -> str:
    """The words in letters that the fonts have: the nearest, or a sign in the place of a letter that has none."""
    return "".join(_fitting(letter) for letter in words.replace("\r\n", "\n").replace("\t", "    "))


def _fitting(letter: str) -> str:
    for each in (letter, unicodedata.normalize("NFKC", letter), unicodedata.normalize("NFKD", letter)[:1]):
        try:
            each.encode("cp1252")
        except UnicodeEncodeError:
            continue
        return each
    return MISSING


def fits(words: str) -> bool:
    """Whether each letter of it can be drawn as it is."""
    return fitting(words) == words.replace("\r\n", "\n").replace("\t", "    ")


def lines(said: Said) -> list[str]:
    """The paragraph, broken so that each line fits between the edges."""
    found, room = [], WIDTH - 2 * EDGE
    for part in fitting(said.words).split("\n"):
        line, wide = "", 0.0
        for word in part.split(" "):
            longer = _wide(said, f" {word}" if line else word)
            if line and wide + longer > room:
                found.append(line)
                line, longer, wide = "", _wide(said, word), 0.0
            line, wide = f"{line} {word}" if line else word, wide + longer
            if wide > room:  # one word, longer than a line
                *whole, line = _pieces(said, line)
                found += whole
                wide = _wide(said, line)
        found.append(line)
    return found


def _pieces(said: Said, line: str) -> list[str]:
    """The line, in pieces that fit where it is one word longer than a line: each letter is looked at once."""
    found, begin, wide = [], 0, 0.0
    for n, letter in enumerate(line):
        step = _wide(said, letter)
        if wide + step > WIDTH - 2 * EDGE:
            found.append(line[begin:n])
            begin, wide = n, 0.0
        wide += step
    return [*found, line[begin:]]


def _wide(said: Said, line: str) -> float:
    if said.font == EVEN:
        return len(line) * OF_EVEN * said.size / 1000
    wide = sum(OF_LETTERS.get(ord(letter), OTHER) for letter in line) * said.size / 1000
    return wide * (BOLDER if said.font == BOLD else 1)


def sheets(title: str, language: str, text: Iterable[Said], files: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """The text as a PDF with as many sheets as it takes, each with its number, and these files in it."""
    pages, down = [pydyf.Stream(compress=True)], HEIGHT - EDGE
    for said in text:
        step = said.size * 1.4
        if said.fresh and down < HEIGHT - EDGE:
            pages.append(pydyf.Stream(compress=True))
            down = HEIGHT - EDGE
        down -= said.above
        for line in lines(said):
            if down - step < EDGE:
                pages.append(pydyf.Stream(compress=True))
                down = HEIGHT - EDGE
            down -= step
            _put(pages[-1], EDGE, down, said, line)
    for n, page in enumerate(pages, 1):
        _put(page, EDGE, EDGE / 2, Said("", 8), fitting(f"{title} · {n}/{len(pages)}"))
    return _written(title, language, pages, files)


def _put(page: pydyf.Stream, left: float, down: float, said: Said, line: str) -> None:
    page.begin_text()
    page.set_font_size(said.font, said.size)
    page.set_text_matrix(1, 0, 0, 1, left, down)
    page.show_text_string(line.encode("cp1252"))
    page.end_text()


def _written(title: str, language: str, pages: list[pydyf.Stream], files: Iterable[tuple[str, bytes]]) -> bytes:
    pdf = pydyf.PDF()
    fonts = {
        name: pydyf.Dictionary(
            {"Type": "/Font", "Subtype": "/Type1", "BaseFont": f"/{font}", "Encoding": "/WinAnsiEncoding"}
        )
        for name, font in FONTS.items()
    }  # fmt: skip
    for page in pages:
        pdf.add_object(page)
        pdf.add_page(pydyf.Dictionary({
            "Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": pydyf.Array([0, 0, WIDTH, HEIGHT]),
            "Contents": page.reference, "Resources": pydyf.Dictionary({"Font": pydyf.Dictionary(fonts)}),
        }))  # fmt: skip
    _attach(pdf, files)
    pdf.info["Title"] = pydyf.String(title)
    pdf.catalog["Lang"] = pydyf.String(language)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    out = io.BytesIO()
    pdf.write(out)
    return out.getvalue()


def _attach(pdf: pydyf.PDF, files: Iterable[tuple[str, bytes]]) -> None:
    named = pydyf.Array()
    for name, data in sorted(files):
        stream = pydyf.Stream([data], {"Type": "/EmbeddedFile"}, compress=True)
        pdf.add_object(stream)
        held = pydyf.Dictionary({"F": stream.reference})
        file = pydyf.Dictionary({"Type": "/Filespec", "F": pydyf.String(name), "UF": pydyf.String(name), "EF": held})
        pdf.add_object(file)
        named += [pydyf.String(name), file.reference]
    if named:
        pdf.catalog["Names"] = pydyf.Dictionary({"EmbeddedFiles": pydyf.Dictionary({"Names": named})})
