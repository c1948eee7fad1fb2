"""A name is a line, and what it looks like; what is read can be written down again."""

import pytest

from frombelow.polity.rulebook.book import DEEPEST, LONGEST, RulebookError, as_read, read_rulebook
from frombelow.roll import name_fault
from tests import acts as a
from tests.cast import TENANTS, TEXT, Organization

UNSEEN = ["\u00ad", "\u3164", "\u2800", "\u115f", "\u034f", "\u2066", "\U000e0041"]


@pytest.fixture(scope="module")
def org():
    return Organization(4)


def moved(org, effect):
    return {"motion": org.new(), "branch": org.id, "text": TEXT, "effects": (effect,)}


@pytest.mark.parametrize("sign", UNSEEN)
@pytest.mark.parametrize("name", ["{}", "Chair{}", "Ch{}air"])
def test_a_name_holds_no_signs_that_cannot_be_seen(org, sign, name):
    name = name.format(sign)
    for effect in (a.FormBranch(name, org.id), a.CreateOffice(name, (), org.id)):
        assert org.refused(a.Move, org.bo, **moved(org, effect)).message == "not-an-act"
    assert name_fault(name) is not None
    with pytest.raises(RulebookError, match="cannot be seen"):
        read_rulebook(TENANTS.replace('title = "Chair"', f'title = "{name}"'))


@pytest.mark.parametrize("name", [" ", "\u00a0", "\u200d", "\u3000\u200c", "\ufe0f"])
def test_of_a_name_something_is_seen(org, name):
    assert org.refused(a.Move, org.bo, **moved(org, a.FormBranch(name, org.id))).message == "not-an-act"
    assert name_fault(name) is not None


@pytest.mark.parametrize(
    "name",
    ["N\u00f8rrebro", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u2764\ufe0f and bread", "\u5317 \u533a"],
)
def test_a_name_is_in_any_script_and_may_join_its_letters(org, name):
    org.do(a.Withdraw, org.bo, motion=org.do(a.Move, org.bo, **moved(org, a.FormBranch(name, org.id))).act.motion)
    assert name_fault(name) is None


@pytest.mark.parametrize("name", ["Ch\u200dair", "Chair\u200c", "Ch\ufe0fair", "\u0301Chair", "Chair\ue000"])
def test_a_name_holds_no_joiner_selector_or_accent_that_belongs_to_nothing(org, name):
    assert org.refused(a.Move, org.bo, **moved(org, a.FormBranch(name, org.id))).message == "not-an-act"
    assert name_fault(name) is not None


@pytest.mark.parametrize("name", ["Harbour", "HARBOUR", "Ηarbοur", "Harbour\u00a0"])
def test_no_branch_looks_like_one_beside_it_while_that_stands(name):
    org = Organization(4)
    harbour = org.made(org.carry(a.FormBranch("Harbour", org.id)))
    refused = org.refused(a.Move, org.bo, **moved(org, a.FormBranch(name, org.id)))
    assert (refused.message, refused.facts) == ("branch-looks-like", {"name": "Harbour"})
    org.carry(a.FormBranch("Harbour", harbour))  # inside it there is none of this name
    org.carry(a.DissolveBranch(harbour))
    org.carry(a.FormBranch(name, org.id))


@pytest.mark.parametrize("title", ["Chair", "chair", "Сhair"])
def test_no_office_looks_like_another_of_its_branch(org, title):
    refused = org.refused(a.Move, org.bo, **moved(org, a.CreateOffice(title, (), org.id)))
    assert (refused.message, refused.facts) == ("office-looks-like", {"title": "Chair"})
    with pytest.raises(RulebookError, match="nobody could tell the offices"):
        read_rulebook(TENANTS.replace('title = "Secretary"', f'title = "{title}"'))


@pytest.mark.parametrize("title", ["x" * (LONGEST + 1), "Nothing is changed by this. " * 1300, "One\\nTwo"])
def test_the_title_of_an_article_is_a_line(org, title):
    change = f'[[article]]\nnumber = "9.9"\ntitle = "{title}"\ntext = "x"\n'
    refused = org.refused(a.Move, org.bo, **moved(org, a.ChangeRules(change, on=org.polity.size)))
    assert "line" in refused.sentence()


@pytest.mark.parametrize("deep", [DEEPEST, 100, 300, 320, 350, 400, 900])
def test_rules_of_deep_brackets_are_a_mistake_like_any_other(org, deep):
    brackets = "[" * deep + "]" * deep
    change = f'[[article]]\nnumber = "5.4"\nx = {brackets}\n'
    refused = org.refused(a.Move, org.bo, **moved(org, a.ChangeRules(change, on=org.polity.size)))
    assert "too many brackets in one another" in refused.sentence()


def test_as_deep_as_anybody_needs_can_be_read():
    assert as_read("x = " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1))
