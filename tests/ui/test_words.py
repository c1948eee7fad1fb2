"""Words that members read: no word of ours alone, and in Spanish one word for one thing."""

import re
from pathlib import Path

import polib
import pytest

import frombelow_site

CATALOGUE = polib.pofile(str(Path(frombelow_site.__file__).parent / "locale/es/LC_MESSAGES/django.po"))
SAID = [
    (entry.msgid, said)
    for entry in CATALOGUE
    for said in (entry.msgstr, *entry.msgstr_plural.values())
    if said
]  # fmt: skip
# What a thing is called elsewhere, and here.
ONE_WORD = {
    r"computador|\bequipos?\b": "ordenador", r"\baparatos?\b": "dispositivo", r"\bestatut|\breglamento": "normas",
    r"\bunid[ao]s? a ti\b|queda unida": "vinculada", r"[“”]": "«»",
}  # fmt: skip


@pytest.mark.parametrize("other", ONE_WORD, ids=list(ONE_WORD.values()))
def test_in_spanish_one_thing_has_one_word(other):
    assert [said for _, said in SAID if re.search(other, said, re.IGNORECASE)] == []


def test_no_member_reads_of_light_or_durable_keys():
    assert [told for told, _ in SAID if re.search(r"\b(?:light|durable) keys?\b", told)] == []
    assert [said for _, said in SAID if re.search(r"llaves? ligeras?", said)] == []


def test_the_words_that_newcomers_misread_are_gone():
    by_english = dict(SAID)
    assert by_english["Put these first steps away"] == "Quitar de aquí estos primeros pasos"
    assert not any("tiene después el cargo" in said for _, said in SAID)
