"""Lines that nobody could tell apart look alike, and no others."""

import pytest

from frombelow.alike import look_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chair", "Сhаir"), ("Chair", "CHAIR"), ("Chair", "  chair "), ("Block 1", "Block l"), ("Zoe\u0308", "Zoë"),
        ("North", "Ｎｏｒｔｈ"), ("Ηλίας", "Hλίας"), ("modern", "rnodern"), ("علی‌پور", "علیپور"), ("a\u00a0b", "a b"),
    ],
)  # fmt: skip
def test_lines_look_alike_in_whichever_alphabet_case_and_blanks(one, other):
    assert look_alike(one, other)
    assert look_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("North", "South"), ("Block 1", "Block 2"), ("Zoë", "Zoe"), ("東", "束"), ("a b", "ab")]
)
def test_lines_that_can_be_told_apart_do_not(one, other):
    assert not look_alike(one, other)
