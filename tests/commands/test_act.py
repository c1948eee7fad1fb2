"""``frombelow act``: any act, handed in from a file and sealed by a key of who acts."""

import json

import pytest

from frombelow.keys import files
from frombelow.polity import decode
from frombelow.polity.kernel.commitments import commit
from frombelow.record import Verifier, check_receipt, parse_receipt, read_export
from tests import clubs
from tests.commands.test_keys_in_the_record import entries

WORDS = "Paint the hall\r\n\r\nIt is gre\u0301y."
KEPT = "Paint the hall\n\nIt is gr\u00e9y."


@pytest.fixture
def motion(data, tmp_path):
    """Files that say a motion, and its words; gives the act as it is said."""
    key = files.read(tmp_path / "ada.key", lambda: clubs.KEY_PASSPHRASE)
    said = {"text": {"private": "words"}, "kind": "motion.move", "motion": {"new": "motion"}}
    (tmp_path / "words.json").write_text(json.dumps({"words": WORDS}))
    return said | {"by": key.person, "effects": []}


def write(folder, said):
    (folder / "act.json").write_text(json.dumps(said))
    return "act.json"


def test_a_motion_stands_sealed_with_its_words_beside_it_and_its_receipt_holds_it(frombelow, data, motion, tmp_path):
    first = decode(entries(frombelow, data, tmp_path)[0])
    place = write(tmp_path, motion | {"branch": first.act.organization})
    said = frombelow(
        "act", place, "--key", "ada.key", "--private", "words.json", "--receipt", "mine.tlog-proof", "--data", data
    )
    frombelow("record", "export", "r.zip", "--data", data)
    export = read_export(tmp_path / "r.zip")
    last = list(export.entries())[-1]
    entry = decode(last)
    assert said.splitlines()[0] == "Entry 2 holds it."
    assert f"motion: {entry.act.motion}" in said
    assert entry.seal.n == 2
    receipt = (tmp_path / "mine.tlog-proof").read_bytes()
    assert parse_receipt(receipt).extra == last
    assert check_receipt(receipt, last, Verifier.from_vkey(export.vkey)).size == 3
    assert clubs.KEY_PASSPHRASE not in said
    assert not any(word in said for word in ("Paint", "salt"))


def test_words_are_committed_to_as_they_would_be_on_any_device(frombelow, data, motion, tmp_path):
    first = decode(entries(frombelow, data, tmp_path)[0])
    salt = bytes(range(32))
    act = motion | {"branch": first.act.organization, "text": commit(salt, KEPT)}
    text = {"value": WORDS, "salt": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}
    (tmp_path / "words.json").write_text(json.dumps({"words": text}))
    place = write(tmp_path, act)
    assert "Entry 2 holds it." in frombelow("act", place, "--key", "ada.key", "--private", "words.json", "--data", data)


def test_an_act_by_standard_input_needs_no_file_and_no_name(frombelow, data):
    said = frombelow("act", "-", "--key", "ada.key", "--data", data, stdin='{ "kind" : "member.step-back" }')
    assert "Entry 2 holds it." in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"kind": "member.step-back"', "Standard input is no JSON: line 1, column"),
        ('{"kind": "member.leave", "kind": "member.step-back"}', "the field “kind” stands there twice"),
        ("[]", "Standard input has to hold one JSON object."),
        ('{"kind": "member.fly"}', "There is no act of the kind “member.fly”."),
        ('{"kind": "member.step-back", "day": 1}', "there is an unknown field “day” in $."),
        ('{"kind": "motion.second", "motion": 7}', "the field $.motion is of the wrong type."),
        ('{"kind": "motion.second", "motion": "\\ud800"}', "In the field $.motion stands half a letter"),
        ('{"kind": "motion.second", "motion": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}', "there is no such motion."),
        (
            '{"kind": "member.step-back", "by": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}',
            "This act is by aaaaaaaaaaaaaaaaaaaaaaaaaa",
        ),
        ('{"kind": "motion.move", "text": {"private": "words"}}', "The field $.text commits to the words “words”"),
        ('{"kind": "roll.import", "count": 1e999}', "This is no such act"),
    ],
)
def test_what_is_no_act_of_who_acts_stores_nothing(frombelow, data, tmp_path, text, words):
    said = frombelow("act", "-", "--key", "ada.key", "--data", data, ends=2, stdin=text)
    assert words in said
    assert "Nothing was stored." in said
    assert "Traceback" not in said


def test_an_act_without_a_key_or_over_a_receipt_stores_nothing(frombelow, data, tmp_path):
    (tmp_path / "mine").write_text("kept")
    said = frombelow("act", "-", "--key", "ada.key", "--receipt", "mine", "--data", data, ends=2, stdin="{}")
    assert "mine is there already. Choose another name. Nothing was stored." in said
    said = frombelow("act", "-", "--data", data, ends=2, stdin='{"kind": "member.step-back"}')
    assert "say --key FILE" in said
    said = frombelow("act", "-", "--key", "card", "--data", data, ends=2, stdin="{}")
    assert "cannot both come by standard input" in said
    assert len(entries(frombelow, data, tmp_path)) == 2
    assert (tmp_path / "mine").read_text() == "kept"


def test_a_key_file_that_is_called_card_is_used(frombelow, data, tmp_path):
    (tmp_path / "ada.key").rename(tmp_path / "card")
    (tmp_path / "act.json").write_text('{"kind":"member.step-back"}')
    assert "Entry 2 holds it." in frombelow("act", "act.json", "--key", "card", "--data", data)
