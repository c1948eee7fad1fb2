"""What a replay believes of hidden votes is what time alone can say."""

import pytest
from msgspec import structs

from frombelow.keys import Ed25519Key
from frombelow.polity import Breach, Stage, decode, encode, replay
from tests import acts as a
from tests.cast import Organization, rules

from .hiding import find, votes_in, without

PARTICIPATING = rules(quorum='{ participating = "20%", knowingly = true }')


def adjourned():
    org = Organization(more=20, book=PARTICIPATING)
    key = org.first_key(org.bo)
    motion = org.to_vote()
    org.cast(org.bo, motion, "yes")
    (first,) = votes_in(org.polity, org.record)
    assert org.close(motion).stage is Stage.ADJOURNED
    return org, key, first


def test_a_close_of_a_hidden_first_round_under_a_seal_of_nobody_is_a_breach_and_no_fault_of_the_program():
    org, _key, first = adjourned()
    place = find(org.record, a.CloseVote)
    entry = decode(org.record[place])
    seal = org.seal(Ed25519Key.generate(), entry.act)
    record = [*org.record[:place], encode(structs.replace(entry, seal=seal)), *org.record[place + 1 :]]
    with pytest.raises(Breach):
        replay(without(record, [first]))


def test_a_close_of_a_hidden_first_round_is_sealed_by_no_member():
    """By a member's key, with any signature: the key's number goes on in the replay, and nothing is said."""
    org, key, first = adjourned()
    place = find(org.record, a.CloseVote)
    entry = decode(org.record[place])
    seal = org.seal(key, entry.act, n=7_000, size=2, until=9)
    record = [*org.record[:place], encode(structs.replace(entry, seal=seal)), *org.record[place + 1 :]]
    with pytest.raises(Breach):
        replay(without(record, [first]))


def test_a_close_of_a_hidden_first_round_has_no_figures_beside_it():
    org, _key, first = adjourned()
    place = find(org.record, a.CloseVote)
    entry = decode(org.record[place])
    record = [*org.record[:place], encode(structs.replace(entry, fixed={"x": 1})), *org.record[place + 1 :]]
    with pytest.raises(Breach):
        replay(without(record, [first]))


def test_a_close_of_a_hidden_first_round_is_dated_after_what_stands_before_it():
    org = Organization(more=20, book=PARTICIPATING)
    motion = org.to_vote()
    org.cast(org.bo, motion, "yes")
    (first,) = votes_in(org.polity, org.record)
    closes = org.polity.motions[motion].poll.closes
    org.clock = closes + 50_000
    start = encode(a.stamp(a.Start(by=a.SERVER, version="1"), org.clock) if hasattr(a, "stamp") else _start(org.clock))
    org.close(motion)
    place = find(org.record, a.CloseVote)
    close = decode(org.record[place])
    record = [*org.record[:place], start, encode(structs.replace(close, at=closes + 10))]
    with pytest.raises(Breach):
        replay(record)
    with pytest.raises(Breach):
        replay(without(record, [first]))


def _start(at):
    from frombelow.polity import stamp

    return stamp(a.Start(by=a.SERVER, version="1"), at)


def test_verify_of_such_a_file_ends_with_one_sentence(tmp_path):
    """README: “ends with the first bad entry and the broken article if there is one”. Whoever holds the record's key
    makes a file on which `frombelow verify` breaks off with a KeyError."""
    from typer.testing import CliRunner

    from frombelow.cli import app

    from .hiding import exported, gap, with_key

    org, _key, first = adjourned()
    record = with_key(org.record)
    place = find(record, a.CloseVote)
    entry = decode(record[place])
    seal = org.seal(Ed25519Key.generate(), entry.act)
    record[place] = encode(structs.replace(entry, seal=seal))
    found = CliRunner().invoke(app, ["verify", str(exported(tmp_path / "r.zip", record, [gap(record, first)]))])
    assert found.exception is None or isinstance(found.exception, SystemExit), repr(found.exception)
    assert found.exit_code == 1
    assert "not right" in found.stdout
