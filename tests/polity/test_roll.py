"""The roll as officers handle it: brought in row by row under a root, taken back, looked at, taken away."""

import msgspec
import pytest

from frombelow.polity import Breach, replay, step
from frombelow.polity.kernel.commitments import commit
from frombelow.polity.kernel.words import tell
from frombelow.polity.roll.rows import batches_of, root_of
from tests import acts as a
from tests.cast import TEXT, Organization, acts_in, facts, rules

from .lists import announce, enter, refused, rows_of, standings
from .strategies import check_counts, check_replay

OTHER = commit(bytes(32), "another name")


# --- bringing in ---


@pytest.mark.parametrize("count", [1, 511, 512, 513, 1025])
def test_a_list_of_any_length_enters_whole(count):
    org = Organization()
    batch, people = org.bring_in(count)
    found = org.polity.imports[batch]
    assert found.complete
    assert found.people == people
    assert org.polity.members == 4 + count
    assert len([act for act in acts_in(org) if isinstance(act, a.ImportRows)]) == -(-count // 512)
    check_counts(org.polity)
    check_replay(org)
    assert max(map(len, org.record)) <= a.MAX_BYTES


def test_each_batch_makes_its_people_members_where_its_rows_say(org):
    north, _ = org.branch()
    rows = [*rows_of(org, 300, 1), *rows_of(org, 300, 0)]
    batch = announce(org, rows, branches=(org.id, north))
    first, second = batches_of(batch, rows, a.SERVER)
    before = org.polity.members
    enter(org, first)
    assert org.polity.members == before + 512
    assert not org.polity.imports[batch].complete
    enter(org, second)
    assert [org.polity.people[row[0]].branch for row in rows] == [north] * 300 + [org.id] * 300
    check_counts(org.polity)
    check_replay(org)


def test_who_is_brought_in_before_the_first_motion_is_of_the_founding_roll_and_later_is_not(org):
    _, early = org.bring_in(1)
    org.move()
    _, late = org.bring_in(1)
    assert [org.polity.people[person].joined for person in (*early, *late)] == [0, org.polity.today(org.clock)]


def test_between_two_batches_everybody_may_act(org):
    rows = rows_of(org, 513)
    batch = announce(org, rows)
    first, second = batches_of(batch, rows, a.SERVER)
    enter(org, first)
    org.do(a.StepBack, rows[0][0])
    org.wait(3)
    enter(org, second)
    check_counts(org.polity)
    check_replay(org)


def test_the_rows_of_two_lists_may_come_in_turns(org):
    lists = [rows_of(org, 600), rows_of(org, 600)]
    both = [batches_of(announce(org, rows), rows, a.SERVER) for rows in lists]
    for parts in zip(*both, strict=True):
        for part in parts:
            enter(org, part)
    assert org.polity.members == 24 + 1200


def test_the_officer_s_mandate_may_end_while_the_rows_come(org):
    rows = rows_of(org, 1)
    batch = announce(org, rows)
    org.do(a.Resign, org.eve, mandate=org.mandate(org.eve))
    enter(org, *batches_of(batch, rows, a.SERVER))
    assert standings(org, [rows[0][0]]) == ["member"]


def test_it_is_told_who_brought_in_how_many(org):
    org.bring_in(1)
    org.bring_in(3)
    told = [tell(org.polity, act, lambda _: "Eve") for act in acts_in(org)[-4:]]
    assert told == [
        "Eve brought in a list of 1 person.",
        "1 person of a list became a member.",
        "Eve brought in a list of 3 people.",
        "3 people of a list became members.",
    ]


# --- rows that are not those of the list ---


def with_first(part, **changes):
    """The rows with the first one put differently: its person, name or branch."""
    person, name, branch = part.rows[0]
    row = (changes.get("person", person), changes.get("name", name), changes.get("branch", branch))
    return (row, *part.rows[1:])


@pytest.mark.parametrize("change", [{"name": OTHER}, {"branch": 1}, {"person": "a" * 26}])
def test_rows_of_which_one_was_changed_are_others(listed, change):
    found = refused(listed, listed.parts[0], rows=with_first(listed.parts[0], **change))
    assert found.sentence() == "Article 2.1: these rows are not those that the officer brought in."


def test_rows_in_another_order_are_others(listed):
    first = listed.parts[0]
    assert refused(listed, first, rows=(*first.rows[1:], first.rows[0])).message == "other-rows"


def test_batches_come_in_their_order(listed):
    one, two, three = listed.parts
    found = refused(listed, two)
    assert found.sentence() == "Article 2.1: row 0 of this list comes next, and these begin with row 512."
    assert refused(listed, three).facts == {"next": 0, "said": 1024}
    enter(listed, one)
    assert refused(listed, three).facts == {"next": 512, "said": 1024}


def test_swapped_batches_are_others(listed):
    one, two, _ = listed.parts
    assert refused(listed, two, start=0).message == "other-rows"
    assert refused(listed, two, start=0, proof=one.proof).message == "other-rows"
    assert refused(listed, one, rows=two.rows).message == "other-rows"


def test_a_batch_enters_once(listed):
    enter(listed, listed.parts[0])
    found = refused(listed, listed.parts[0])
    assert found.sentence() == "Article 2.1: row 512 of this list comes next, and these begin with row 0."


def test_when_all_rows_are_in_no_more_come(listed):
    for part in listed.parts:
        enter(listed, part)
    assert refused(listed, listed.parts[2]).message == "not-the-next-rows"
    assert refused(listed, listed.parts[2], start=1025).message == "not-the-next-rows"


@pytest.mark.parametrize("count", [0, 1, 511])
def test_a_part_of_a_batch_is_no_batch(listed, count):
    first = listed.parts[0]
    wanted = "not-an-act" if count == 0 else "other-rows"
    assert refused(listed, first, rows=first.rows[:count]).message == wanted


def test_two_batches_at_once_are_none(listed):
    one, two, _ = listed.parts
    assert refused(listed, one, rows=one.rows + two.rows).message == "not-an-act"
    assert refused(listed, one, rows=one.rows + two.rows[:1]).message == "not-an-act"


def test_a_proof_of_another_list_proves_nothing(listed):
    rows = rows_of(listed, 1025)
    foreign = batches_of(listed.batch, rows, a.SERVER)[0]
    assert refused(listed, foreign).message == "other-rows"
    assert refused(listed, listed.parts[0], proof=foreign.proof).message == "other-rows"


def test_a_proof_that_is_too_short_or_too_long_proves_nothing(listed):
    first = listed.parts[0]
    for proof in ((), (TEXT,), first.proof[:-1], (*first.proof, TEXT), (TEXT,) * 40):
        assert refused(listed, first, proof=proof).message == "other-rows"
    assert refused(listed, first, proof=(TEXT,) * 41).message == "not-an-act"


def test_rows_for_a_list_that_nobody_announced_are_refused(listed):
    found = refused(listed, listed.parts[0], batch=listed.new())
    assert (found.article, found.message) == ("2.2", "unknown-batch")


def another_spelling(mark):
    """Other letters for the same 32 bytes: the last of 43 carries two bits that stand for nothing."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return mark[:-1] + letters[letters.index(mark[-1]) | 1]


def test_a_proof_has_one_spelling(listed):
    first = listed.parts[0]
    proof = tuple(map(another_spelling, first.proof))
    assert proof != first.proof
    assert refused(listed, first, proof=proof).message == "other-rows"


def test_a_root_has_one_spelling(org):
    rows = rows_of(org, 1)
    batch = announce(org, rows, root=another_spelling(root_of(rows)))
    assert refused(org, *batches_of(batch, rows, a.SERVER)).message == "other-rows"


# --- more, fewer, or others than were announced ---


@pytest.mark.parametrize("count", [2, 4, 600])
def test_a_count_that_is_not_the_list_s_lets_nobody_in(org, count):
    rows = rows_of(org, 3)
    batch = announce(org, rows, count=count)
    assert refused(org, *batches_of(batch, rows, a.SERVER)).message == "other-rows"
    assert org.polity.members == 24


def test_more_rows_than_announced_do_not_enter_after_the_last(org):
    rows = rows_of(org, 1024)
    batch = announce(org, rows, count=512)
    one, two = batches_of(batch, rows, a.SERVER)
    assert refused(org, one).message == "other-rows"
    assert refused(org, two).message == "not-the-next-rows"


def test_a_row_for_a_branch_that_was_not_announced_is_refused(org):
    rows = rows_of(org, 2, branch=1)
    batch = announce(org, rows)
    assert refused(org, *batches_of(batch, rows, a.SERVER)).message == "unknown-branch"


def test_a_row_for_a_branch_that_was_dissolved_meanwhile_is_refused(org):
    north, _ = org.branch()
    rows = rows_of(org, 2)
    batch = announce(org, rows, branches=(north,))
    org.carry(a.DissolveBranch(north))
    assert refused(org, *batches_of(batch, rows, a.SERVER)).message == "unknown-branch"


def test_nobody_is_brought_in_twice_or_under_an_id_that_is_taken(org):
    new = org.new()
    for people, message in [
        ((org.bo, new), "person-taken"),
        ((new, new), "bad-id"),
        ((org.id,), "bad-id"),
        (("1" * 26,), "bad-id"),
    ]:
        rows = [(person, TEXT, 0) for person in people]
        batch = announce(org, rows)
        assert refused(org, *batches_of(batch, rows, a.SERVER)).message == message
    assert org.polity.members == 24


def test_what_the_door_brought_in_is_judged_again_by_whoever_replays(listed):
    """A server that brings in others than the officer's, in bytes: the replay of whoever reads them tells."""
    for part in listed.parts:
        enter(listed, part)
    index = next(n for n, act in enumerate(acts_in(listed)) if isinstance(act, a.ImportRows))
    entry = a.decode(listed.record[index])
    forged = msgspec.structs.replace(entry.act, rows=with_first(entry.act, person=listed.new()))
    polity = replay(listed.record[:index]).polity
    before = facts(polity)
    with pytest.raises(Breach, match="these rows are not those that the officer brought in"):
        step(polity, index, a.encode(a.stamp(forged, entry.at)))
    assert facts(polity) == before


def test_nobody_comes_in_by_a_list_that_nobody_can_take_back_any_more(org):
    rows = rows_of(org, 600, 0)
    batch = announce(org, rows)
    first, second = batches_of(batch, rows, a.SERVER)
    enter(org, first)
    org.wait(8)
    late = refused(org, second)
    assert (
        late.sentence() == "Article 2.2: the people of a list come within seven days of its import; that time is over."
    )


def test_the_id_of_a_list_that_was_taken_back_is_not_free_again(org):
    batch, _people = org.bring_in(3)
    org.do(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    rows = rows_of(org, 3, 0)
    again = {"batch": batch, "branches": (org.id,), "count": 3, "root": root_of(rows)}
    assert org.refused(a.ImportRoll, org.eve, under=org.mandate(org.eve), **again).message == "bad-id"
    assert org.refused(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch).message == "unknown-batch"


def test_a_list_keeps_the_rules_under_which_it_was_brought_in():
    """Or members could be taken out weeks after their list stood, without a hearing; or come in by one that was over."""
    org = Organization(10, book=rules(debate_days=3, admissibility_days=1, opening_days=0, voting_days=2))
    rows = rows_of(org, 600, 0)
    batch = announce(org, rows)
    first, second = batches_of(batch, rows, a.SERVER)
    enter(org, first)
    org.wait(8)
    org.carry(a.ChangeRules('[[article]]\nnumber = "2.2"\nimport_undo_days = 30\n', on=org.polity.size))
    assert refused(org, second).message == "rows-late"
    taken_back = org.refused(a.UndoImport, org.eve, under=org.mandate(org.eve), batch=batch)
    assert (taken_back.message, taken_back.facts["days"]) == ("undo-late", 7)
    check_replay(org)
