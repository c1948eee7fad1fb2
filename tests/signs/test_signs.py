"""A line is what it looks like, in every script; the words of a text stand in the order that they have."""

import re
import unicodedata

import pytest

from frombelow.roll import name_fault
from frombelow.signs import LINE, turns

FITS = [
    "Ada López", "Nguyễn Thị Minh Khai", "שרה כהן", "محمد الأمين", "نرگس علی‌پور", "क्ष", "ശ്രീ‍", "Zoë 🌻", "👩‍👩‍👧 tenants",
    "1️⃣ Mai", "葛󠄀".replace("\U000e0100", ""), "葛︀", "Ł̣ukasz", "O’Neill", "Block 7 – North", "Tiếng Việt",
]  # fmt: skip


@pytest.mark.parametrize("line", FITS)
def test_names_in_every_script_fit_as_people_write_them(line):
    assert re.search(LINE, line)
    assert name_fault(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "", " ", "\u3000", "\u200d", "\ufe0f", "\u2800", "\u200f3 - 14\u200f", "Ada\u202eL", "A\u200dda", "Ada\u200c L",
        "Ad\ufe0fa", "\u0301Ada", "Ada \u0301", "Z" + "\u0300" * 5, "Ada\ue000", "Ada\ufdd0", "Ada\U0001fffe",
        "Ada\U000f0001", "Ada\nL", "Ada\u2028L", "\u115fAda", "Ada\U000e0041", "Ada\x85",
    ],
)  # fmt: skip
def test_nothing_in_a_line_is_unseen_turns_it_or_belongs_to_nothing(line):
    assert not re.search(LINE, line)
    assert name_fault(line) is not None


def test_no_letter_mark_of_a_word_figure_or_sign_of_any_script_is_refused_after_a_letter_of_it():
    refused = [
        sign
        for code in range(0x20, 0x30000)
        if unicodedata.category(sign := chr(code))[0] in "LNPS" and not re.search(LINE, f"a{sign}")
    ]
    # Fillers, and what has no ink though it is called a letter or a symbol.
    assert [f"{ord(sign):x}" for sign in refused] == ["115f", "1160", "2800", "3164", "ffa0", "fffc", "1d159"]


@pytest.mark.parametrize(
    "text", ["\u200f3 - 14\u200f", "a\u202eb\u202c", "a\u2067b", "\u202aa", "a\u2069", "x\n\u200f1-2\nשלום"]
)
def test_marks_that_show_a_line_in_another_order_than_it_has_are_found(text):
    assert turns(text)


@pytest.mark.parametrize("text", ["שלום\u200f!", "a \u2067שלום\u2069 b", "a\u200eb", "plain\ntext", "\u2066a\u2069"])
def test_marks_that_a_language_needs_or_that_are_taken_back_turn_nothing(text):
    assert not turns(text)
