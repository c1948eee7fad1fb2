"""A subject that lacks a part is not registered at all: so nothing is allowed that does nothing or has no sentence."""

from dataclasses import replace

import msgspec
import pytest

from frombelow.polity.kernel.act import SERVER, TIME, Act, Effect
from frombelow.polity.kernel.judging import nothing
from frombelow.polity.kernel.subject import PERSON, Author, Incomplete, Possible, Subject, no_marks, registry
from frombelow.polity.motions.steps import Closing, longer_to_vote
from tests import acts as a

from .tea import BREW, COOL, KETTLE, TEA

pytestmark = pytest.mark.usefixtures("as_before")


def refused_whole(subject, *words):
    """The subject is not registered, and what it lacks is named; nothing is known of it."""
    known, version = dict(registry.subjects), registry.version
    with pytest.raises(Incomplete) as caught:
        registry.add(subject)
    for word in words:
        assert word in str(caught.value)
    assert registry.subjects == known
    assert registry.version == version
    assert "tea.brew" not in registry.kinds


def with_brew(**changes):
    return replace(TEA, kinds=(replace(BREW, **changes), COOL))


def with_kettle(**changes):
    return replace(TEA, effects=(replace(KETTLE, **changes),))


@pytest.mark.parametrize("part", ["judge", "apply", "marks"])
def test_an_act_without_what_is_done_by_it(part):
    refused_whole(with_brew(**{part: None}), "tea.brew", f"lacks {part}")


@pytest.mark.parametrize(("part", "nothing_"), [("label", ""), ("cites", ""), ("authors", ())])
def test_an_act_without_what_is_said_of_it(part, nothing_):
    refused_whole(with_brew(**{part: nothing_}), "tea.brew", f"lacks {part}")


def test_an_act_that_commits_to_what_it_does_not_say():
    refused_whole(with_brew(marks=no_marks), "tea.brew", "holds a commitment, and its marks do not say of what")


def test_an_act_that_is_about_a_field_it_does_not_have():
    refused_whole(with_brew(about="sugar"), "tea.brew", "about its “sugar”, a field it does not have")


def test_an_act_that_is_hidden_and_about_nothing_by_which_it_is_found():
    refused_whole(with_brew(hidden=lambda _polity: (), about=""), "tea.brew", "hidden for a while")


@pytest.mark.parametrize("changes", [{"sentence": ""}, {"variants": {"two": ""}}])
def test_an_act_without_a_sentence(changes):
    refused_whole(with_brew(**changes), "tea.brew", "lacks a sentence")


@pytest.mark.parametrize(
    "changes",
    [
        {"sentence": "{by} brewed {sugar}."},
        {"sentence": "{sugar|one|two}."},
        {"variants": {"two": "{sugar:word} tea."}},
    ],
)
def test_an_act_that_speaks_of_what_nothing_gives(changes):
    refused_whole(with_brew(**changes), "tea.brew", "speaks of {sugar}, which nothing gives")


@pytest.mark.parametrize("part", ["check", "do", "about", "marks"])
def test_an_effect_without_what_is_done_by_it(part):
    refused_whole(with_kettle(**{part: None}), "buy-kettle", f"lacks {part}")


def test_an_effect_without_a_sentence_or_that_speaks_of_what_nothing_gives():
    refused_whole(with_kettle(sentence=""), "buy-kettle", "lacks a sentence")
    refused_whole(with_kettle(variants={"big": ""}), "buy-kettle", "lacks a sentence")
    refused_whole(with_kettle(variants={"big": "{price}."}), "buy-kettle", "speaks of {price}, which nothing gives")
    refused_whole(with_kettle(sentence="{price}."), "buy-kettle", "speaks of {price}, which nothing gives")


def test_an_effect_without_the_majority_that_it_takes():
    refused_whole(with_kettle(gravity=""), "buy-kettle", "lacks gravity")


def test_an_effect_whose_majority_there_is_not():
    refused_whole(with_kettle(gravity="tea_majority"), "buy-kettle", "tea_majority")


@pytest.mark.parametrize("cites", ["tea", "tea_days"])
def test_an_act_that_cites_what_no_rulebook_speaks_of(cites):
    refused_whole(with_brew(cites=cites), "tea.brew", cites)


def test_an_effect_that_stands_in_a_field_which_it_has_not():
    refused_whole(with_kettle(stands_in="kitchen"), "buy-kettle", "kitchen")


def tagged(tag):
    return msgspec.defstruct("Odd", [], bases=(Act,), tag=tag, frozen=True, kw_only=True)


def effect_tagged(tag):
    return msgspec.defstruct("Odd", [], bases=(Effect,), tag=tag, frozen=True)


@pytest.mark.parametrize(
    "tag", ["coffee.brew", "brew", "tea.Brew", "tea.", "tea.brew.twice", "tea.brew_it", "tea brew"]
)
def test_an_act_that_is_not_called_by_its_subject(tag):
    odd = replace(BREW, act=tagged(tag), sentence="{by}.", marks=lambda _act: ())
    refused_whole(replace(TEA, kinds=(odd, COOL)), "tea.verb", tag)


@pytest.mark.parametrize("tag", ["Kettle", "buy kettle", "tea.kettle", "-"])
def test_an_effect_that_is_not_called_by_words(tag):
    odd = effect_tagged(tag)
    refused_whole(replace(TEA, effects=(replace(KETTLE, effect=odd, sentence="It is."),)), tag)


@pytest.mark.parametrize(("name", "title"), [("", "Tea"), ("Tea", "Tea"), ("tea time", "Tea"), ("tea", "")])
def test_a_subject_without_a_name_or_a_title(name, title):
    refused_whole(replace(TEA, name=name, title=title), "a name and a title")


def test_the_name_of_an_act_that_is_taken(tea):
    other = replace(BREW, act=tagged("tea.brew"), sentence="{by}.")
    with pytest.raises(Incomplete, match="already"):
        registry.add(replace(TEA, kinds=(other, COOL)))
    assert registry.kinds["tea.brew"] is BREW


def test_the_name_of_an_act_that_is_given_twice():
    other = replace(BREW, act=tagged("tea.brew"), sentence="{by}.", marks=lambda _act: ())
    refused_whole(replace(TEA, kinds=(BREW, other, COOL)), "tea.brew")


def test_the_name_of_an_effect_that_is_taken_or_given_twice():
    for tag in ("expel", "grant-mandate"):
        odd = effect_tagged(tag)
        refused_whole(replace(TEA, effects=(replace(KETTLE, effect=odd, sentence="It is."),)), tag, "already")
    twin = effect_tagged("buy-kettle")
    refused_whole(replace(TEA, effects=(KETTLE, replace(KETTLE, effect=twin, sentence="It is."))), "buy-kettle")


def test_the_name_of_a_subject_that_is_taken():
    """Another subject of the name would put the votes out of force."""
    refused_whole(Subject(name="vote", title="Others"), "vote")
    assert "vote.cast" in registry.kinds


def test_a_refusal_that_another_subject_owns():
    refused_whole(replace(TEA, refusals={"not-voting": "no."}), "not-voting", "belongs to vote already")


def test_a_refusal_that_all_share():
    """Its words would never be read: those that all share come first."""
    refused_whole(replace(TEA, refusals={"bad-id": "no."}), "bad-id")


def test_what_time_does_without_a_task_that_says_when():
    refused_whole(replace(TEA, tasks={}), "time does “tea.cool”", "no task of tea says when")


def test_an_outage_that_puts_off_what_is_no_task():
    refused_whole(replace(TEA, windows={Closing: longer_to_vote}), "an outage puts off “Closing”", "no task of tea")


def test_an_author_without_words_or_a_check():
    for author in (
        Author("kitchen", "", nothing),
        Author("kitchen", "The kitchen", None),
        Author(PERSON, "A", nothing),
    ):
        refused_whole(replace(TEA, authors=(author,)), author.name, "lacks its words or its check")


@pytest.mark.parametrize("name", [SERVER, TIME, a.DECISION])
def test_an_author_that_is_another_s_already(name):
    refused_whole(replace(TEA, authors=(Author(name, "The kitchen", nothing),)), name)


def brewing(**changes):
    about = {"verb": "brew", "words": "brewing tea", "about": "", "act": lambda *_all: None} | changes
    return replace(TEA, possible=(Possible(**about),))


@pytest.mark.parametrize("changes", [{"verb": ""}, {"words": ""}, {"act": None}])
def test_something_possible_without_its_words_or_its_act(changes):
    refused_whole(brewing(**changes), "tea", "lacks its words or its act")


def test_something_possible_under_a_verb_that_is_taken():
    """Another's verb would be asked about tea from now on."""
    refused_whole(brewing(verb="second"), "second")


def test_an_act_by_an_author_whom_nobody_registered():
    refused_whole(with_brew(authors=("kitchen",)), "tea.brew", "kitchen")


def test_of_several_subjects_none_is_registered_when_one_lacks_a_part():
    other = Subject(name="coffee", title="")
    with pytest.raises(Incomplete):
        registry.add(TEA, other)
    assert "tea.brew" not in registry.kinds
