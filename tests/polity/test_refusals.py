"""Refusals: an article and a clear sentence, in words that everybody knows."""

import re
from pathlib import Path

import pytest

import frombelow.keys
import frombelow.polity
from frombelow.polity import Breach, Refused, replay
from frombelow.polity.kernel.refusals import SHARED, fill
from frombelow.polity.kernel.replay import Clock
from frombelow.polity.kernel.subject import registry
from tests import acts as a
from tests.cast import Organization

MESSAGES = SHARED | registry.refusals
LIBRARY = Path(frombelow.polity.__file__).parent
DOOR = LIBRARY.parents[1] / "frombelow_site" / "door"  # it refuses what is handed in beside an act
KEYS = Path(frombelow.keys.__file__).parent  # what does not hold is found there, and refused here
OURS, DOORS, FOUND = (
    "".join(path.read_text() for path in sorted(place.rglob("*.py"))) for place in (LIBRARY, DOOR, KEYS)
)
FOUND = "".join(FOUND.replace('f"{what}-', f'"{what}-') for what in ("key", "signature", "client", "authenticator"))
SITE = [path.read_text() for path in sorted(DOOR.parent.glob("*/*.py"))]
CHECKS = "".join(text for text in SITE if "@checks(" in text or "@compares(" in text)  # of values, for the door
SOURCE = OURS + DOORS + FOUND + CHECKS
GATHERED = ("too-few-seconders", "asked-before", "wrong-figures")
PLACES = re.compile(r"\{(\w+)")


def test_no_refusal_of_a_subject_hides_behind_one_that_all_share():
    assert not SHARED.keys() & registry.refusals.keys()
    assert len(registry.refusals) == sum(len(subject.refusals) for subject in registry.subjects.values())


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_is_used(message):
    assert len(re.findall(f'"{message}"', SOURCE)) >= 2


def test_every_message_that_is_used_is_there():
    used = re.findall(r'refuse\(\s*polity,\s*"\w+",\s*"([\w-]+)"', OURS) + re.findall(
        r'Refused\([^"]*(?:"\w+"\)[^"]*)?"([a-z-]+)"', OURS
    )
    used += re.findall(r'\bno\(polity, "([\w-]+)"', OURS)
    assert len(used) > 100
    assert set(used) <= set(MESSAGES)


@pytest.mark.parametrize("message", MESSAGES)
def test_every_refusal_brings_the_facts_that_its_sentence_tells(message):
    wanted = set(PLACES.findall(MESSAGES[message]))
    for call in re.findall(rf'"{message}"((?:[^()]|\([^()]*\))*)\)', SOURCE):
        # Its wording, or a choice between two: not where it is raised. What is gathered before is told in other tests.
        if message not in GATHERED and '": ' not in call and not call.startswith((":", "]", ")")):
            told = set(re.findall(r"(\w+)=", call)) | set(re.findall(r'"(\w+)":', call))
            assert wanted <= told, call


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_is_a_plain_sentence(message):
    text = MESSAGES[message]
    assert text.endswith(".")
    assert not text[0].isupper()
    for word in ("invalid", "submit", "user", "item"):
        assert word not in re.findall(r"[a-z]+", text.lower())


@pytest.mark.parametrize(
    ("template", "facts", "sentence"),
    [
        ("{n:word} left", {"n": 3}, "three left"),
        ("{n:word} left", {"n": 13}, "13 left"),
        ("{n} left", {"n": 1234}, "1,234 left"),
        ("{n:word} {n|is|are} left", {"n": 1}, "one is left"),
        ("{n:word} {n|is|are} left", {"n": 0}, "no are left"),
        ("at {when:moment}", {"when": 1_790_000_000}, "at 2026-09-21 14:13 UTC"),
        ("at {when:moment}", {"when": "Sunday"}, "at Sunday"),
        ("{why}.", {"why": "so {it} is"}, "so {it} is."),
    ],
)
def test_facts_are_put_in_words(template, facts, sentence):
    assert fill(template, facts) == sentence


def test_a_fact_that_is_missing_is_noticed():
    with pytest.raises(KeyError):
        fill("{n}", {})


def test_a_refusal_is_its_sentence():
    refused = Refused("4.2", "too-few-seconders", needed=5, there=3)
    assert str(refused) == refused.sentence() == "Article 4.2: five seconders are needed; there are three."


def test_a_breach_names_entry_and_article():
    assert str(Breach(1234, "4.2", "so it is.")) == "Entry 1,234, Article 4.2: so it is."


def test_a_mandate_of_others_or_of_none_is_told_apart(org):
    new = ((org.new(), "A" * 43),)
    messages = [
        org.refused(a.Admit, org.bo, people=new, branch=org.id, **under).message
        for under in ({}, {"under": org.new()}, {"under": org.mandate(org.eve)})
    ]
    assert messages == ["no-mandate", "unknown-mandate", "unknown-mandate"]


# --- witnesses' times ---


def test_a_date_lies_between_the_times_at_which_witnesses_saw_the_record():
    clock = Clock([(2, 1000), (4, 2000)])
    assert clock.check(0, 1060) == ""
    assert "outside the time" in clock.check(1, 1061)
    assert "outside the time" in clock.check(2, 939)
    assert clock.check(3, 2060) == ""
    assert clock.check(4, 10**9) == ""


def test_a_witness_who_saw_less_later_binds_what_is_after_that():
    clock = Clock([(5, 1000), (2, 1500)])
    assert "outside the time" in clock.check(3, 1200)


def test_replay_tells_what_is_owed_at_a_second():
    org = Organization()
    with pytest.raises(Breach, match="“office expire” was due and is missing"):
        replay(org.record, until=org.clock + 100 * 86_400)
