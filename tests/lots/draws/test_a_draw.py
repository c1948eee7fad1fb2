"""A draw from what is fixed before to who sits, and everybody who looks comes to the same."""

import copy
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from frombelow.keys import check_signature
from frombelow.lots.draws import (
    Answer,
    DrawError,
    Row,
    Seats,
    Window,
    answered,
    chances_if,
    check_row,
    complete,
    index_of,
    order_of,
    read_draw,
    root_of,
    verify,
    write_draw,
)
from frombelow.record import Tree
from tests.lots.instances import TENANTS, first_panel, pools

from .made import (
    CLOSES,
    NAMES,
    OPENS,
    REVEALS,
    by_beacon,
    by_dice,
    by_order,
    closed,
    contribution,
    keys_of,
    prepared,
    said,
    salt_of,
)

DRAWS = [by_beacon, by_dice, by_order]


@pytest.mark.parametrize("draw", DRAWS)
def test_a_file_that_is_read_again_is_the_same_draw(draw):
    assert read_draw(write_draw(draw())) == draw()
    assert write_draw(read_draw(write_draw(draw()))) == write_draw(draw())


@pytest.mark.parametrize("draw", DRAWS)
def test_a_draw_that_was_held_as_it_should_be_is_right(draw):
    found = verify(draw(), check_signature)
    assert (found.panel, found.reserves) == (draw().panel, draw().reserves)
    assert len(found.panel) == 4
    assert found.on_the_record == ()
    assert sum(found.chances) == 4


def test_the_panel_is_one_of_the_list_and_keeps_the_quotas():
    draw = by_beacon()
    assert draw.panel in draw.list.panels
    assert TENANTS.keeps(draw.panel)


def leaves(told, path=()):
    """Each value in a file with its place."""
    if isinstance(told, dict | list):
        for place, each in told.items() if isinstance(told, dict) else enumerate(told):
            yield from leaves(each, (*path, place))
    elif told is not None:
        yield path, told


def changed(told, path, value):
    told = copy.deepcopy(told)
    place = told
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(told).encode()


def counts(path):
    """Whether a value decides something, or was signed. When somebody gave is on the word of who wrote it down, within
    the window; witnesses sign what was there at its end."""
    return path[:2] != ("list", "certificate") and not (
        path[0] == "closing" and path[-1] == "at" and "witnessed" not in path
    )


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(DRAWS), st.data())
def test_law_a_file_of_which_anything_that_counts_was_changed_is_refused(draw, data):
    told = json.loads(write_draw(draw()))
    path, value = data.draw(st.sampled_from([each for each in leaves(told) if counts(each[0])]))
    if isinstance(value, int):
        other = data.draw(st.sampled_from([value + 1, abs(value - 1), value + 1000]).filter(lambda new: new != value))
    else:
        place = data.draw(st.integers(0, len(value) - 1))
        sign = data.draw(st.sampled_from("0a9é").filter(lambda new: new != value[place]))
        other = value[:place] + sign + value[place + 1 :]
    with pytest.raises(DrawError):
        verify(read_draw(changed(told, path, other)), check_signature)


def test_what_members_gave_after_they_committed_to_it_counts_and_who_never_showed_it_is_named():
    window = Window(opens=OPENS, closes=CLOSES, reveals_until=REVEALS, keys=keys_of(NAMES))
    draw = prepared(contributions=window)
    given = [contribution(draw, name) for name in NAMES]
    given[1] = replace(given[1], value=None, shown=None)
    drawn = complete(closed(draw, given), said(1003), check_signature)
    assert verify(drawn, check_signature).withheld == ("bo",)
    assert drawn.seed != complete(closed(draw), said(1003), check_signature).seed


def test_what_excluding_somebody_does_to_the_chances_of_others_is_told():
    draw = by_beacon()
    before, otherwise = chances_if(draw.specification, draw.pool, draw.excluded[0])
    young = [person for person, features in enumerate(TENANTS.people) if features[1] == 2]
    assert [before[person] for person in young] == pytest.approx([2 / 5] * 5)
    assert [otherwise[person] for person in young] == pytest.approx([2 / 6] * 5)
    old = [person for person in range(16) if person not in young]
    assert [before[person] for person in old] == pytest.approx([otherwise[person] for person in old])


def test_nobody_has_to_contribute():
    draw = complete(closed(prepared(), ()), said(1003), check_signature)
    assert verify(draw, check_signature).panel == draw.panel


def test_who_is_alike_in_everything_that_counts_takes_turns_by_the_first_value():
    one, other = prepared().list, prepared(first=None).list
    assert one.panels != other.panels
    assert one.certificate == other.certificate


@pytest.mark.parametrize(
    ("part", "name"), [("list", "list"), ("closing", "closing"), ("second", "second"), ("first", "first")]
)
def test_a_draw_that_is_not_over_says_what_is_missing(part, name):
    with pytest.raises(DrawError, match=f"{name}: it is not there yet"):
        verify(replace(by_beacon(), **{part: None}), check_signature)


def test_a_draw_speaks_once():
    with pytest.raises(DrawError, match="speaks once"):
        complete(by_beacon(), said(1002), check_signature)


@given(st.integers(0, 40))
def test_law_the_root_over_the_pool_is_the_one_that_records_have(people):
    rows = [Row(features=(number,), mark=f"{number:064x}") for number in range(people)]
    tree = Tree()
    tree.extend(b'{"features":[%d],"mark":"%064x"}' % (number, number) for number in range(people))
    assert root_of(rows) == tree.root().hex()


def test_each_member_finds_their_own_row_and_nobody_elses():
    draw = by_beacon()
    assert check_row(draw, 5, salt_of("tenant 5"), "tenant 5") == draw.pool[5]
    for number, salt, name in ((4, "tenant 5", "tenant 5"), (5, "tenant 4", "tenant 5"), (5, "tenant 5", "tenant 4")):
        with pytest.raises(DrawError, match="not of who has this salt and this name"):
            check_row(draw, number, salt_of(salt), name)
    with pytest.raises(DrawError, match="no row 16"):
        check_row(draw, 16, salt_of("tenant 5"), "tenant 5")


@given(st.binary(min_size=32, max_size=32), st.integers(1, 100))
def test_law_everybody_has_one_place_in_the_order(seed, people):
    assert sorted(order_of(seed, people)) == list(range(people))


def test_each_panel_is_drawn_as_often_as_another():
    drawn = Counter(index_of(number.to_bytes(32, "big"), 10) for number in range(5_000))
    assert sum((n - 500) ** 2 / 500 for n in drawn.values()) < 27.9  # chi-square, 9 degrees, one in a thousand


@settings(max_examples=80)
@given(pools(), st.data())
def test_law_whoever_comes_in_is_the_first_in_the_order_with_whom_every_quota_is_kept(pool, data):
    panel = first_panel(pool)
    order = data.draw(st.permutations(range(len(pool.people))))
    seats, gone, seated = Seats(pool, panel, order), set(), set(panel)
    for _ in range(data.draw(st.integers(1, 4))):
        if not (left := sorted(seated)):
            return
        goes = data.draw(st.sampled_from(left))
        free = [each for each in order if each not in seated and each not in gone]
        seats_with = [each for each in free if seats.empty == 0 and pool.keeps(sorted(seated - {goes} | {each}))]
        empty = seats.empty
        comes = seats.answer(Answer(person=goes, answer="declined", reason=None), "answers[0]")
        if empty == 0:
            assert comes == (seats_with[0] if seats_with else None)
        seated.discard(goes)
        gone.add(goes)
        seated |= {comes} - {None}
        assert seats.panel == tuple(sorted(seated))
        assert seats.empty or pool.keeps(seats.panel)


def declined(draw, person):
    return answered(draw, Answer(person=person, answer="declined", reason=None), check_signature)


@pytest.mark.parametrize("draw", DRAWS)
def test_who_declines_is_followed_by_the_next_and_it_can_be_checked(draw):
    before = draw()
    after = declined(declined(before, before.panel[0]), before.panel[1])
    assert len(set(after.panel) - set(before.panel)) == 2
    assert verify(after, check_signature).panel == after.panel
    if draw is not by_order:
        assert TENANTS.keeps(after.panel)


def test_in_an_order_the_next_one_comes_whether_somebody_declined_or_was_skipped():
    before = by_order()
    one = answered(before, Answer(person=before.panel[0], answer="excluded", reason="ab" * 32), check_signature)
    assert set(one.panel) - set(before.panel) == {before.reserves[0]}
    assert one.panel == declined(before, before.panel[0]).panel


def test_a_seat_for_which_nobody_keeps_the_quotas_stays_empty():
    draw = by_beacon()
    while young := [person for person in draw.panel if TENANTS.people[person][1] == 2]:
        draw = declined(draw, young[0])
    found = verify(draw, check_signature)
    assert found.empty == 2
    assert len(found.panel) == 2


def test_who_accepted_is_told():
    draw = by_beacon()
    after = answered(draw, Answer(person=draw.panel[2], answer="accepted", reason=None), check_signature)
    assert verify(after, check_signature).accepted == (draw.panel[2],)
    assert after.panel == draw.panel
