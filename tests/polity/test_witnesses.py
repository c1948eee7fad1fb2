"""Which witnesses cosign the record is an act of whoever runs the server."""

import pytest

from frombelow.polity import replay
from frombelow.polity.server.acts import Witness
from frombelow.polity.server.state import Server
from frombelow.record import Cosigner, Signer
from tests import acts as a
from tests.cast import Organization

BAKERS, PORTERS = (
    Cosigner.from_seed(f"{name}.example", name.encode().ljust(32)).vkey for name in ("bakers", "porters")
)
ASKED = Witness(BAKERS, "https://bakers.example")


@pytest.fixture
def org():
    return Organization()


def refused(org, *witnesses, enough=1):
    return org.refused(a.SetWitnesses, org.dee, under=org.mandate(org.dee), witnesses=witnesses, enough=enough).message


def test_who_runs_the_server_says_which_witnesses_are_asked_and_a_replay_knows(org):
    both = (ASKED, Witness(PORTERS, "http://localhost:8100"))
    org.do(a.SetWitnesses, org.dee, under=org.mandate(org.dee), witnesses=both, enough=2)
    there = replay(org.record).polity.part(Server)
    assert there == Server(both, 2, len(org.record) - 1)
    assert [each.name for each in there.asked] == ["bakers.example", "porters.example"]
    assert [each.near for each in there.asked] == [False, True]
    org.do(a.SetWitnesses, org.dee, under=org.mandate(org.dee), witnesses=(), enough=0)
    assert org.polity.part(Server).asked == ()


def test_nobody_else_says_it(org):
    for person, under in ((org.bo, {}), (org.ada, {"under": org.mandate(org.ada)})):
        assert org.refused(a.SetWitnesses, person, witnesses=(ASKED,), enough=1, **under).message == "no-mandate"


def test_a_key_that_is_none_of_a_witness_is_refused(org):
    log = Signer.from_seed("bakers.example", bytes(32)).vkey
    for key in (log, BAKERS[:-4] + "AAA=", "w+00000000+AAAA"):
        assert refused(org, Witness(key, ASKED.address)) == "witness-key"
    assert refused(org, Witness("none", ASKED.address)) == "witness-key"
    assert refused(org, Witness("no key", ASKED.address)) == "not-an-act"


def test_a_name_that_no_page_could_show_is_refused(org):
    for letters, message in ((200, "witness-enough"), (201, "witness-name")):
        key = Cosigner.from_seed("w" * letters, bytes(32)).vkey
        assert refused(org, Witness(key, ASKED.address), enough=2) == message


def test_a_witness_named_twice_is_refused(org):
    assert refused(org, ASKED, ASKED) == "witness-twice"
    assert refused(org, ASKED, Witness(BAKERS, "https://other.example")) == "witness-twice"
    assert refused(org, ASKED, Witness(PORTERS, ASKED.address + "/")) == "witness-twice"
    namesake = Cosigner.from_seed("bakers.example", bytes(32)).vkey
    assert refused(org, ASKED, Witness(namesake, "https://other.example")) == "witness-twice"


@pytest.mark.parametrize(("count", "enough"), [(1, 2), (1, 0), (0, 1)])
def test_more_than_there_are_cannot_have_to_agree_nor_none_of_some(org, count, enough):
    assert refused(org, *(ASKED,) * count, enough=enough) == "witness-enough"


def test_an_address_that_cannot_be_asked_is_refused(org):
    assert refused(org, Witness(BAKERS, "http://bakers.example")) == "witness-address"


def test_a_line_is_read_as_a_witness_and_another_is_not():
    assert Witness.read(f"  {BAKERS}   https://bakers.example ") == ASKED
    for line in ("", BAKERS, f"{BAKERS} https://a b", f"é{BAKERS} https://a", f"{BAKERS} https://é"):
        with pytest.raises(ValueError):  # noqa: PT011 - of two kinds
            Witness.read(line)
