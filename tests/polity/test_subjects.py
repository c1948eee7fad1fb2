"""A subject that is registered is there everywhere: read, judged, applied, due, replayed, told."""

from dataclasses import replace

import msgspec
import pytest

from frombelow.polity import Polity, Refused, apply, decode, due, encode, judge, replay, schema, stamp, why_not
from frombelow.polity.kernel.act import TIME
from frombelow.polity.kernel.require import refuse
from frombelow.polity.kernel.subject import Author, registry
from frombelow.polity.kernel.words import Teller, tell
from frombelow.polity.subjects import SUBJECTS
from tests import acts as a
from tests.cast import DAY, TEXT, Organization, acts_in, breach, facts

from .strategies import check_replay
from .tea import BREW, COOL, KETTLE, TEA, Brew, Cool, Cooling, Kettle, Tea

pytestmark = pytest.mark.usefixtures("as_before")


@pytest.fixture
def org(tea):
    return Organization(20)


def brew(org, pot=None, cups=2):
    pot = pot or org.new()
    org.do(Brew, org.bo, pot=pot, cups=cups, recipe=TEXT)
    return pot


# --- what is registered whole is there everywhere ---


def test_its_acts_are_read_and_have_one_spelling(org):
    act = Brew(by=org.bo, pot=org.new(), cups=3, recipe=TEXT)
    data = encode(stamp(act, org.clock))
    assert decode(data).act == act
    assert encode(decode(data)) == data
    with pytest.raises(ValueError, match="these bytes are no entry"):
        decode(data.replace(b'"cups":3', b'"cups":30'))


def test_its_acts_are_judged_and_applied(org):
    pot = brew(org)
    assert org.polity.part(Tea).pots == {pot: "hot"}
    refused = org.refused(Brew, org.bo, pot=pot, cups=4, recipe=TEXT)
    assert refused.sentence() == "Article 1.1: 4 cups are on already."
    assert org.refused(Brew, org.charlie, pot=org.new(), cups=1, recipe=TEXT).message == "not-a-member"
    assert why_not(org.polity, Brew(by=org.ada, pot=org.new(), cups=1, recipe=TEXT), org.clock) is None


def test_what_time_does_in_it_is_due_and_missed(org):
    pot = brew(org)
    assert due(org.polity, org.clock + 599) is None
    assert due(org.polity, org.clock + 600) == Cool(by=TIME, pot=pot)
    assert org.refused(Cool, org.bo, pot=pot).message == "not-due"
    assert org.refused(Cool, TIME, pot=pot).message == "not-due"
    late = stamp(a.StepBack(by=org.bo), org.clock + 600)
    assert "time was held back: “tea cool” was due and is missing" in breach([*org.record, encode(late)]).why
    org.clock += 600
    org.catch_up()
    assert org.polity.part(Tea).pots == {pot: "cold"}
    check_replay(org)


def test_it_is_replayed_with_the_state_that_it_brings(org):
    pot = brew(org)
    org.wait(1)
    replayed = replay(org.record)
    assert replayed.kinds["tea.brew"] == replayed.kinds["tea.cool"] == 1
    assert replayed.polity.part(Tea).pots == {pot: "cold"}
    assert replayed.polity.part(Tea) is not org.polity.part(Tea)
    assert facts(replayed.polity) == facts(org.polity)


def test_two_polities_have_states_of_their_own(org):
    other = Organization(drawn="other")
    brew(org)
    assert other.polity.part(Tea).pots == {}
    assert Polity().part(Tea).pots == {}


def test_its_acts_are_told_with_names(org):
    brew(org, cups=1)
    brew(org, cups=2)
    org.wait(1)
    told = [tell(org.polity, act, {org.bo: "Bo"}.get) for act in acts_in(org)[-4:]]
    assert told == ["Bo brewed 1 cup.", "Bo brewed 2 cups.", "A pot went cold.", "A pot went cold."]
    assert Teller(org.polity).refusal("kettle-too-big") == "no kettle is so big."


def test_a_motion_carries_its_effect_and_it_takes_effect(org):
    motion = org.carry(Kettle(3))
    assert org.polity.part(Tea).kettles == (3,)
    assert org.polity.motions[motion].disposition == "in force"
    took = next(act for act in acts_in(org) if isinstance(act, a.TakeEffect))
    assert type(took.effect) is Kettle
    assert tell(org.polity, took) == "A decision took effect: A kettle of 3 litres is bought."
    check_replay(org)


def test_its_effect_is_checked_when_it_is_moved(org):
    effects = (Kettle(6),)
    refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text=TEXT, effects=effects)
    assert refused.sentence() == "Article 6.2: no kettle is so big."


def test_its_effect_asks_for_the_majority_that_it_says():
    registry.add(replace(TEA, effects=(replace(KETTLE, gravity="expulsion_majority"),)))
    org = Organization(20)
    motion = org.to_vote(Kettle(3))
    org.vote(motion, yes=org.people[:5], no=org.people[9:12])
    found = org.close(motion)
    assert (found.kind, found.outcome, found.article) == ("expulsion_majority", "lost", "2.5")


def test_it_is_in_the_schema_of_an_entry(tea):
    text = msgspec.json.encode(schema()).decode()
    assert '"tea.brew"' in text
    assert '"buy-kettle"' in text


def test_its_marks_are_those_that_it_says(tea):
    act = Brew(by="b" * 26, pot="a" * 26, cups=1, recipe=TEXT)
    assert list(registry.by_act[Brew].marks(act)) == [("recipe", "a" * 26, TEXT)]
    assert list(registry.by_effect[Kettle].marks(Kettle(1))) == []


def test_when_it_is_gone_nothing_of_it_is_known():
    registry.add(TEA)
    org = Organization(20)
    brew(org)
    motion = org.carry(Kettle(3))
    registry.remove("tea")
    assert motion
    assert "tea.brew" not in registry.kinds
    assert "buy-kettle" not in registry.effects
    assert "pot-is-on" not in registry.refusals
    assert Cooling not in registry.due
    with pytest.raises(ValueError, match=r"knows no act of the kind “tea\.brew”; a later version may"):
        decode(next(entry for entry in org.record if b"tea.brew" in entry))
    with pytest.raises(ValueError, match="these bytes are no entry"):
        decode(next(entry for entry in org.record if b"buy-kettle" in entry))
    assert '"tea.brew"' not in msgspec.json.encode(schema()).decode()


# --- authors of a subject's own ---


def test_a_subject_brings_an_author_who_is_checked_and_told():
    def check(polity, act, _at):
        if not act.by.endswith(":open"):
            refuse(polity, "powers", "kitchen-closed")

    def judge_any(_polity, _act, _at):
        """Whoever is let in brews."""

    kitchen = replace(
        TEA, kinds=(replace(BREW, judge=judge_any, authors=("kitchen",)), COOL),
        authors=(Author("kitchen", "The kitchen", check),), refusals=TEA.refusals | {"kitchen-closed": "it is closed."},
    )  # fmt: skip
    registry.add(kitchen)
    org = Organization(20)
    fields = {"pot": org.new(), "cups": 1, "recipe": TEXT}
    assert org.refused(Brew, "kitchen:closed", **fields).message == "kitchen-closed"
    assert org.refused(Brew, org.bo, **fields).message == "not-due"
    assert org.refused(a.StepBack, "kitchen:open").message == "not-a-member"
    entry = org.do(Brew, "kitchen:open", **fields)
    assert tell(org.polity, entry.act) == "The kitchen brewed 1 cup."
    check_replay(org)


# --- what is registered already ---


def test_every_subject_of_the_library_is_registered_whole():
    """In an empty registry they come in as they are, and all that they bring is known."""
    kinds, effects = dict(registry.kinds), dict(registry.effects)
    registry.subjects = {}
    registry.add()
    assert not registry.kinds
    registry.add(*SUBJECTS)
    assert (registry.kinds, registry.effects) == (kinds, effects)
    for subject in SUBJECTS:
        assert registry.subjects[subject.name] is subject
        assert all(registry.due[task] is due_ for task, due_ in subject.tasks.items())


def test_what_a_kind_cites_is_something_that_every_rulebook_speaks_of(small):
    for kind in registry.kinds.values():
        assert small.polity.book.article(kind.cites)
    for effect in registry.effects.values():
        assert small.polity.book[effect.gravity]


def test_judging_and_applying_by_hand_is_what_the_door_does(org):
    act = Brew(by=org.bo, pot=org.new(), cups=1, recipe=TEXT)
    polity = replay(org.record).polity
    judge(polity, act, org.clock + DAY)
    apply(polity, act, org.clock + DAY)
    assert polity.part(Tea).pots == {act.pot: "hot"}
    with pytest.raises(Refused, match="cups are on already"):
        judge(polity, act, org.clock + DAY)
