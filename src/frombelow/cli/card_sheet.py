"""A card as a sheet to print: A4, with a card of A6 to cut out, and below it what the card can do and how to keep it.

Drawn with the fonts that every program for PDF has, so that nothing of a font stands in the file.
"""

import io
import textwrap

import pydyf  # type: ignore[import-untyped]
import segno

from ..keys.cards import Card
from .card_sentences import SAID, Said

MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM  # A4
CARD_WIDTH, CARD_HEIGHT = 148 * MM, 105 * MM  # A6, lying
LEFT, TOP = 31 * MM, HEIGHT - 16 * MM  # the card's upper left corner
EDGE = 8 * MM  # from the card's border to what stands on it
QR = 50 * MM  # one side, with the white around it
LINE = 15.0  # from one line of text to the next
LETTERS = 80  # of a line below the card
PLAIN, BOLD, EVEN = "F1", "F2", "F3"
FONTS = {PLAIN: "Helvetica", BOLD: "Helvetica-Bold", EVEN: "Courier-Bold"}


def sheet(card: Card, key: str, language: str, origin: str = "") -> bytes:
    """The sheet as PDF. ``key`` is the id of the card's signing key; ``origin``, where said, stands on the card and
    in its QR code."""
    said = SAID[language]
    drawing = pydyf.Stream(compress=False)
    _border(drawing)
    _on_the_card(drawing, card, key, language, origin)
    _qr(drawing, card.line_for(origin), LEFT + CARD_WIDTH - EDGE / 2 - QR, TOP - 19 * MM)
    _below(drawing, said)
    return _document(drawing, said.title, language)


def _border(drawing: pydyf.Stream) -> None:
    drawing.push_state()
    drawing.set_line_width(0.5)
    drawing.set_dash([3, 3], 0)
    drawing.rectangle(LEFT, TOP - CARD_HEIGHT, CARD_WIDTH, CARD_HEIGHT)
    drawing.stroke()
    drawing.pop_state()


def _on_the_card(drawing: pydyf.Stream, card: Card, key: str, language: str, origin: str) -> None:
    said, left = SAID[language], LEFT + EDGE
    _text(drawing, left, TOP - 12 * MM, BOLD, 16, said.title)
    _text(drawing, left, TOP - 18 * MM, PLAIN, 9.5, said.warning)
    words = card.words(language)
    for n, word in enumerate(words):  # in two columns, so that the eye keeps the line
        column, row = divmod(n, 6)
        place = left + column * 41 * MM, TOP - (30 + 7.5 * row) * MM
        _text(drawing, *place, PLAIN, 8, f"{n + 1:2}")
        _text(drawing, place[0] + 5 * MM, place[1], EVEN, 13, word)
    _text(drawing, left, TOP - 79 * MM, PLAIN, 8, said.key)
    _text(drawing, left + 24 * MM, TOP - 79 * MM, EVEN, 9, key)
    for n, (what, known) in enumerate(((said.organization, origin), (said.day, ""))):
        down = TOP - (88 + 9 * n) * MM
        _text(drawing, left, down, PLAIN, 8, what)
        _text(drawing, left + 25 * MM, down, PLAIN, 9, known)
        drawing.set_line_width(0.5)
        drawing.move_to(left + 24 * MM, down - 1)
        drawing.line_to(LEFT + CARD_WIDTH - EDGE, down - 1)
        drawing.stroke()


def _qr(drawing: pydyf.Stream, line: str, left: float, top: float) -> None:
    """The line as a QR code, in black squares."""
    rows = [list(row) for row in segno.make_qr(line, error="m").matrix]
    size = QR / (len(rows) + 8)  # with four empty squares on each side
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                drawing.rectangle(left + (across + 4) * size, top - (down + 5) * size, size, size)
    drawing.fill()


def _below(drawing: pydyf.Stream, said: Said) -> None:
    left, down = LEFT, TOP - CARD_HEIGHT - 16 * MM
    for title, sentences in ((said.can, said.what), (said.keep, said.how)):
        _text(drawing, left, down, BOLD, 12, title)
        down -= LINE * 1.4
        for sentence in sentences:
            for n, line in enumerate(textwrap.wrap(sentence, LETTERS)):
                if n == 0:
                    _text(drawing, left, down, PLAIN, 11, "–")
                _text(drawing, left + 4 * MM, down, PLAIN, 11, line)
                down -= LINE
            down -= LINE * 0.2
        down -= LINE


def _text(drawing: pydyf.Stream, left: float, down: float, font: str, size: float, text: str) -> None:
    drawing.begin_text()
    drawing.set_font_size(font, size)
    drawing.set_text_matrix(1, 0, 0, 1, left, down)
    drawing.show_text_string(text.encode("cp1252", "replace"))
    drawing.end_text()


def _document(drawing: pydyf.Stream, title: str, language: str) -> bytes:
    pdf = pydyf.PDF()
    pdf.add_object(drawing)
    fonts = {
        name: {"Type": "/Font", "Subtype": "/Type1", "BaseFont": f"/{font}", "Encoding": "/WinAnsiEncoding"}
        for name, font in FONTS.items()
    }
    page = {
        "Type": "/Page",
        "Parent": pdf.pages.reference,
        "MediaBox": pydyf.Array([0, 0, WIDTH, HEIGHT]),
        "Contents": drawing.reference,
        "Resources": pydyf.Dictionary(
            {"Font": pydyf.Dictionary({name: pydyf.Dictionary(font) for name, font in fonts.items()})}
        ),
    }
    pdf.add_page(pydyf.Dictionary(page))
    pdf.info["Title"] = pydyf.String(title)
    pdf.catalog["Lang"] = pydyf.String(language)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    out = io.BytesIO()
    pdf.write(out)
    return out.getvalue()
