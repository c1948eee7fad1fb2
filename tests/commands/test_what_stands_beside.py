"""What stands beside words that are handed in."""

import json

import pytest

from frombelow.polity import decode
from tests.commands.test_keys_in_the_record import entries


@pytest.mark.parametrize("mail", ["\ud800@x.org", "a\0@x.org"], ids=["half a letter", "NUL"])
def test_what_stands_beside_words_and_cannot_be_kept_is_refused_in_a_sentence(frombelow, data, tmp_path, mail):
    first = decode(entries(frombelow, data, tmp_path)[0]).act
    people = [[{"new": "zoe"}, {"private": "zoe"}]]
    said = {"kind": "member.admit", "branch": first.organization, "people": people}
    mandate = json.loads(entries(frombelow, data, tmp_path)[0])["act"]["mandates"]
    from frombelow.polity.kernel.ids import derive_id

    offices = [key for key, _ in mandate]
    said["under"] = derive_id(
        first.organization,
        "mandate",
        int(next(n for n, k in enumerate(offices) if k in ("secretary", "membership-secretary"))),
    )
    (tmp_path / "act.json").write_text(json.dumps(said))
    (tmp_path / "words.json").write_text(json.dumps({"zoe": {"value": "Zoe", "beside": {"mail": mail}}}))
    out = frombelow("act", "act.json", "--key", "ada.key", "--private", "words.json", "--data", data, ends=2)
    assert "Traceback" not in out
    assert "Nothing was stored" in out
