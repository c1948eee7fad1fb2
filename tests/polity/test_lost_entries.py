"""That entries are lost for good is an act of who runs the server, sealed, and of nothing less."""

import pytest

from frombelow.polity import Refused, judge
from frombelow.polity.server.acts import Resume
from frombelow.polity.server.rules import judge_resume_seal
from frombelow.polity.server.state import Lost, Server
from tests.cast import Organization

ROOT = "A" * 43


@pytest.fixture
def org():
    return Organization()


def act(org, held, by=None):
    who = by or org.dee
    return Resume(by=who, under=org.mandate(who), held=held, root=ROOT)


def test_nothing_is_lost_where_as_many_entries_are_here(org):
    for held in (0, org.polity.size):
        with pytest.raises(Refused) as refused:
            judge(org.polity, act(org, held), org.clock)
        assert refused.value.message == "nothing-lost"


def test_who_does_not_run_the_server_says_of_nothing_that_it_is_lost(org):
    with pytest.raises(Refused) as refused:
        judge(org.polity, act(org, org.polity.size + 3, org.ada), org.clock)
    assert refused.value.message == "no-mandate"


def test_it_stands_on_nobodys_word_without_a_seal(org):
    with pytest.raises(Refused) as refused:
        judge_resume_seal(org.polity, act(org, org.polity.size + 3), None, org.clock)
    assert refused.value.message == "resume-sealed"
    assert org.refused(Resume, org.dee, under=org.mandate(org.dee), held=99_999, root=ROOT).message == "resume-sealed"


@pytest.mark.parametrize(
    ("size", "root", "explained"),
    [(5, "", False), (6, "", True), (9, "", True), (9, ROOT, True), (9, "B" * 43, False), (8, "B" * 43, True), (10, "", False)],
)  # fmt: skip
def test_a_loss_explains_the_heads_that_ended_with_what_was_lost_and_no_others(size, root, explained):
    loss = Lost(entry=5, held=9, root=ROOT, by="x", at=1)
    assert (Server(lost=(loss,)).loss_of(size, root) is not None) == explained
