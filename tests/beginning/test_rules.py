"""The settings on the page say the same as the library, and templates keep no figure that was changed."""

import pytest

from frombelow.polity import RulebookError, read_rulebook
from frombelow.polity.rulebook import parameters as limits
from frombelow.polity.rulebook.parameters import PARAMETERS, Whole
from frombelow.polity.rulebook.templates import template, templates
from frombelow_site.beginning import rules
from frombelow_site.beginning.forms import RulesForm
from frombelow_site.beginning.kinds import KINDS
from frombelow_site.rules.fields import HOW, NAMES, PART, SQUARE, key_at_fault
from frombelow_site.ui.zones import offered
from tests.beginning.conftest import chosen

NUMBERS = [key for key in rules.ASKED if isinstance(PARAMETERS[key].read, Whole)]


def test_every_template_is_offered():
    assert sorted(KINDS) == templates()


def test_every_zone_that_is_offered_is_one():
    for zone, _words in offered():
        assert PARAMETERS["zone"].read(zone) == zone


@pytest.mark.parametrize("key", NUMBERS)
def test_the_bounds_beside_a_number_are_those_of_the_library(key):
    low, high = PARAMETERS[key].read.low, PARAMETERS[key].read.high
    assert f"From {low} to {high}." in str(RulesForm(initial=None, kind="club").fields[key].help_text)
    for beyond in (low - 1, high + 1):
        with pytest.raises(ValueError, match="outside"):
            PARAMETERS[key].read(beyond)


@pytest.mark.parametrize(
    ("key", "spell", "bounds", "beyond"),
    [
        ("seconders", lambda n: {"count": n}, limits.SECONDERS, (0, 1001)),
        ("seconders", lambda s: {"count": 5, "share": s}, limits.SECONDERS_SHARE, ("0%", "21%")),
        ("quorum", lambda s: {"yes_of_eligible": s}, limits.OF_ALL, ("-1%", "76%")),
        ("quorum", lambda s: {"yes_root": s}, limits.QUORUM_ROOT, ("-1", "4")),
        ("rulebook_majority", lambda s: {"share": s, "more_than": True}, limits.MAJORITY, ("49%", "91%")),
    ],
)
def test_the_shares_on_the_page_are_those_of_the_library(key, spell, bounds, beyond):
    for share in (bounds.low, bounds.high):
        PARAMETERS[key].read(spell(share))
    for share in beyond:
        with pytest.raises(ValueError, match="outside"):
            PARAMETERS[key].read(spell(share))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_nobody_changed_stays_as_the_template_has_it(kind):
    before = read_rulebook(template(kind, zone="Europe/Madrid"))
    after = read_rulebook(rules.write(kind, "Europe/Madrid", "en", chosen(kind)))
    assert after.values == before.values
    assert [a.sentence() for a in after.articles.values()] == [a.sentence() for a in before.articles.values()]


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("how", list(HOW))
def test_no_article_tells_a_figure_that_was_changed(kind, how):
    data = chosen(kind) | {
        "quorum_how": how,
        "quorum_share": "2" if how == SQUARE else "12%",
        "rulebook_majority_share": "60%",
    }
    book = read_rulebook(rules.write(kind, "Etc/UTC", "en", data))
    quorum = book.articles[book.article("quorum")].sentence()
    change = book.articles[book.article("rulebook_majority")].sentence()
    assert "three" not in quorum + change
    assert ("knowing" in quorum) == (how == PART)
    assert "60%" in change


@pytest.mark.parametrize("half", ["1/2", "50%", "0.5"])
def test_exactly_half_means_more_than_half(half):
    data = chosen("club") | {"rulebook_majority_share": half}
    assert "more than 1/2" in read_rulebook(rules.write("club", "Etc/UTC", "en", data)).articles["6.3"].sentence()


def test_a_setting_that_cannot_stand_names_its_key():
    with pytest.raises(RulebookError) as raised:
        rules.write("club", "Etc/UTC", "en", chosen("club") | {"voting_days": 99})
    assert key_at_fault(raised.value) == "voting_days"


def test_the_blank_rulebook_is_the_shortest():
    lengths = {name: sum(len(a.text) for a in read_rulebook(template(name)).articles.values()) for name in templates()}
    assert min(lengths, key=lengths.get) == "blank"


def test_that_a_no_can_help_a_yes_is_known_only_once_somebody_says_so():
    form = RulesForm(initial=None, kind="co-operative")
    assert form["quorum_how"].value() == PART
    assert not form["quorum_knowing"].value()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_page_asks_for_each_setting_in_the_words_of_a_motion_that_changes_it(kind):
    form = RulesForm(initial=None, kind=kind)
    for key, names in form.names.items():
        assert NAMES[key] == form.fields[names[0]].label


def test_a_share_is_taken_with_a_space_in_it_as_people_write_it():
    form = RulesForm(chosen("club") | {"quorum_share": " 12 %"}, initial=None, kind="club")
    assert form.is_valid(), form.errors
    book = read_rulebook(rules.write("club", "Etc/UTC", "en", form.cleaned_data))
    assert "12%" in book.articles[book.article("quorum")].sentence()
