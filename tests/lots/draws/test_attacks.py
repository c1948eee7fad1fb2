"""What somebody could try so that the panel is another, and what stops it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from frombelow.keys import check_signature
from frombelow.lots.draws import (
    RECORD,
    Answer,
    Checkpoint,
    Dice,
    Drand,
    DrawError,
    Excluded,
    Key,
    Rolled,
    Row,
    Window,
    answered,
    check_specification,
    complete,
    read_draw,
    rows_of,
    verify,
    write_draw,
)

from .made import (
    CLOSES,
    DICE,
    NAMES,
    OPENS,
    QUICKNET,
    REVEALS,
    SHOWN,
    START,
    WITNESSES,
    by_beacon,
    by_dice,
    by_order,
    closed,
    contribution,
    keys_of,
    prepared,
    rolled,
    said,
    specification,
    time_of,
)


def refused(says, draw):
    with pytest.raises(DrawError, match=says):
        verify(draw, check_signature)


def with_specification(draw, **changes):
    return replace(draw, specification=replace(draw.specification, **changes))


# What was fixed


def test_a_pool_that_was_changed_after_it_was_fixed_is_refused():
    draw = by_beacon()
    other = replace(draw.pool[0], features=draw.pool[5].features)
    refused("not the rows that the specification fixed", replace(draw, pool=(other, *draw.pool[1:])))
    refused("there are 15 rows", replace(draw, pool=draw.pool[1:]))
    swapped = (draw.pool[1], draw.pool[0], *draw.pool[2:])
    refused("not the rows that the specification fixed", replace(draw, pool=swapped))


def test_a_member_who_was_admitted_after_the_pool_was_fixed_cannot_be_drawn():
    draw = by_beacon()
    late = Row(features=(0, 2), mark="ab" * 32)
    refused("there are 17 rows", replace(draw, pool=(*draw.pool, late)))


def test_somebody_who_is_excluded_after_the_freeze_makes_what_was_given_worthless():
    draw = by_beacon()
    gone, left = draw.pool[0], draw.pool[1:]
    excluded = Excluded(reason="a friend of somebody", article="7.3", rows=rows_of((gone,)))
    told = replace(draw.specification, pool=rows_of(left), excluded=(*draw.specification.excluded, excluded))
    remade = replace(draw, specification=told, pool=left, excluded=(*draw.excluded, (gone,)))
    panels = tuple(tuple(person - 1 for person in panel if person) for panel in draw.list.panels if 0 not in panel)
    refused("100", replace(remade, list=replace(draw.list, panels=panels)))
    only = prepared(purpose="A panel on the heating fund, once more")
    refused("what stands under the key of ada is not by it", replace(only, closing=draw.closing))


def test_who_is_excluded_is_told_with_reason_article_and_row():
    draw = by_beacon()
    refused("there are 0 lists of people who are excluded", replace(draw, excluded=()))
    refused("there are 0 rows", replace(draw, excluded=((),)))


@pytest.mark.parametrize(
    "changes",
    [{"purpose": "Another purpose"}, {"reserves": 2}, {"short": 9_999}, {"at": START + 1}, {"organization": "Others"}],
)
def test_a_specification_that_was_changed_makes_what_was_given_worthless(changes):
    with pytest.raises(DrawError):
        verify(with_specification(by_beacon(), **changes), check_signature)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"objections_until": START - 1}, "specification.objections_until: it is not after “at”"),
        ({"objections_until": time_of(1000)}, "specification.first: it is not after “objections_until”"),
        ({"second": Drand(chain=QUICKNET.hash, round=1001)}, "specification.second: it is not after"),
        ({"second": Drand(chain=QUICKNET.hash, round=1)}, "specification.second: it is not after"),
        (
            {"first": Drand(chain=QUICKNET.hash, round=1002)},
            "specification.contributions.opens: it is not after “first”",
        ),
        ({"size": 17}, "a panel of 17 cannot be drawn from 16 people"),
        ({"panels": 0}, "of how many panels"),
        ({"algorithm": "order/1"}, "there are no quotas, no panels"),
        ({"enough": 4}, "4 witnesses cannot be enough where there are 3"),
        ({"witnesses": keys_of(WITNESSES) + keys_of(WITNESSES[:1])}, "the same name or key stands there twice"),
        ({"second": Drand(chain="ab" * 32, round=1003)}, "none whose key is known"),
        ({"second": Dice(sides=6, rolls=15, after=time_of(1003)), "enough": 3}, "with 6 sides it takes at least 16"),
        ({"second": Dice(sides=6, rolls=16, after=time_of(1003)), "enough": 2}, "if at least 3 witnesses saw them"),
    ],
)
def test_a_specification_by_which_somebody_could_choose_is_refused(changes, says):
    told, _outside = specification(**changes)
    with pytest.raises(DrawError, match=says):
        check_specification(told)


# The list


def test_another_list_of_panels_makes_what_was_given_worthless():
    draw, other = by_beacon(), prepared(first=None).list
    refused("take turns", replace(draw, list=other))
    turned = replace(draw.list, panels=(*draw.list.panels[1:], draw.list.panels[0]))
    with pytest.raises(DrawError):
        verify(replace(draw, list=turned), check_signature)


def test_a_list_in_which_a_panel_breaks_a_quota_is_refused():
    draw = prepared()
    old_alone = (2, 3, 10, 11)
    refused(
        "does not keep the size and the quotas",
        replace(draw, list=replace(draw.list, panels=(old_alone, *draw.list.panels[1:]))),
    )
    twice = (2, 2, 10, 11)
    refused("each once, in their order", replace(draw, list=replace(draw.list, panels=(twice, *draw.list.panels[1:]))))
    nobody = (2, 3, 10, 16)
    refused("each once, in their order", replace(draw, list=replace(draw.list, panels=(nobody, *draw.list.panels[1:]))))


def test_a_list_of_too_few_panels_is_refused():
    draw = prepared()
    refused("there are 99 panels", replace(draw, list=replace(draw.list, panels=draw.list.panels[1:])))


def test_a_list_that_gives_a_friend_more_than_others_like_them_is_refused():
    draw = prepared()
    panels = [tuple(sorted({0 if person == 1 else person for person in panel})) for panel in draw.list.panels]
    refused("take turns|keep the size", replace(draw, list=replace(draw.list, panels=tuple(panels))))


def test_a_list_that_is_less_fair_than_it_could_be_is_refused():
    draw = prepared()
    same = draw.list.panels[:1] * 100
    refused("take turns", replace(draw, list=replace(draw.list, panels=same)))
    poor = prepared(short=0)
    refused("it is not shown that the list is fair", poor)


def test_a_list_with_the_certificate_of_another_is_refused():
    draw = prepared()
    refused("it is not shown that the list is fair", replace(draw, list=replace(draw.list, certificate={})))


# Contributions


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"at": CLOSES + 1}, "ada contributed after it was closed"),
        ({"at": OPENS - 1}, "ada contributed before it was open"),
        ({"value": None}, "in another way"),
        ({"commitment": "ab" * 32}, "in another way"),
        ({"shown": CLOSES}, "in another way"),
        ({"signature": None}, "what stands under the key of ada is not by it"),
        ({"value": "ab" * 32}, "what stands under the key of ada is not by it"),
        ({"by": "mallory"}, "mallory is not among those who can contribute"),
    ],
)
def test_a_contribution_that_is_late_forged_or_of_another_kind_is_refused(changes, says):
    draw = prepared()
    refused(says, closed(draw, [replace(contribution(draw, "ada"), **changes)]))


def test_who_contributes_twice_or_in_two_tabs_has_given_once():
    draw = prepared()
    refused("ada contributed twice", closed(draw, [contribution(draw, "ada"), contribution(draw, "ada", "ab" * 32)]))


def test_in_what_order_contributions_count_is_nobodys_choice():
    draw = prepared()
    refused("does not stand in the order of names", closed(draw, [contribution(draw, "bo"), contribution(draw, "ada")]))


def test_what_another_gave_cannot_be_given_again():
    draw = prepared()
    given = [contribution(draw, "ada"), contribution(draw, "bo", contribution(draw, "ada").value)]
    refused("what bo contributed was given before", closed(draw, given))


def test_a_signature_that_the_specification_asks_for_nobody_to_make_is_refused():
    open_to_all = Window(opens=OPENS, closes=CLOSES, reveals_until=None, keys=None)
    draw = prepared(contributions=open_to_all)
    refused(
        "a key that the specification does not name", closed(draw, [replace(contribution(draw, "ada"), signature="x")])
    )
    assert verify(complete(closed(draw), said(1003), check_signature), check_signature).on_the_record == (
        "contributions",
    )


def test_a_contribution_that_is_taken_out_or_put_in_later_is_missed_by_the_witnesses():
    draw = closed(prepared())
    fewer = replace(draw.closing, contributions=draw.closing.contributions[1:])
    refused("what stands under the key of hanna is not by it", replace(draw, closing=fewer))


COMMITTED = Window(opens=OPENS, closes=CLOSES, reveals_until=REVEALS, keys=keys_of(NAMES))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"value": "ab" * 32}, "another value than the one that they had committed to"),
        ({"shown": CLOSES}, "while it was not the time"),
        ({"shown": REVEALS + 1}, "while it was not the time"),
        ({"shown": None}, "in another way"),
        ({"commitment": None}, "in another way"),
    ],
)
def test_what_is_shown_is_what_was_committed_to_in_time(changes, says):
    draw = prepared(contributions=COMMITTED)
    refused(says, closed(draw, [replace(contribution(draw, "ada"), **changes)]))


def test_a_commitment_that_another_made_is_no_commitment_of_mine():
    draw = prepared(contributions=COMMITTED)
    theirs = contribution(draw, "ada")
    mine = contribution(draw, "bo")
    copied = replace(mine, commitment=theirs.commitment, value=theirs.value)
    refused("committed to|not by it", closed(draw, [copied]))


def test_who_shows_last_learns_nothing_from_it_as_chance_comes_after():
    told, _outside = specification(
        contributions=Window(opens=OPENS, closes=CLOSES, reveals_until=time_of(1003), keys=keys_of(NAMES))
    )
    with pytest.raises(DrawError, match=r"it is not after “contributions\.reveals_until”"):
        check_specification(told)


# Witnesses and checkpoints


def test_a_checkpoint_that_nobody_saw_before_chance_spoke_does_not_count():
    checkpoint = Checkpoint(origin="example.org/record", size=7, root="ab" * 32)
    draw = prepared(enough=0)
    refused("nobody saw this checkpoint before", closed(draw, witnesses=(), checkpoint=checkpoint))
    seen = complete(closed(prepared(), checkpoint=checkpoint), said(1003), check_signature)
    assert verify(seen, check_signature).seed.hex() != by_beacon().seed


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"witnesses": WITNESSES[:1]}, "1 witnesses saw it, and 2 are needed"),
        ({"witnesses": (*WITNESSES[:1], *WITNESSES[:1])}, "hanna stands there twice"),
        ({"witnesses": ("mallory", *WITNESSES)}, "mallory is no witness"),
        ({"at": time_of(1003)}, "at a moment at which it was not to be seen"),
        ({"at": CLOSES - 1}, "at a moment at which it was not to be seen"),
    ],
)
def test_who_saw_what_was_given_saw_it_before_chance_spoke(changes, says):
    refused(says, closed(prepared(), **changes))


def test_a_draw_by_a_beacon_without_witnesses_says_that_the_record_has_to_show_what_was_given():
    draw = complete(closed(prepared(enough=0), witnesses=()), said(1003), check_signature)
    assert verify(draw, check_signature).on_the_record == ("closing",)


def test_witnesses_who_stand_in_the_record_alone_are_told():
    keys = tuple(Key(name=name, algorithm=RECORD, key=name) for name in WITNESSES)
    draw = complete(closed(prepared(witnesses=keys)), said(1003), check_signature)
    assert verify(draw, check_signature).on_the_record == ("witnesses",)


# Chance


def test_members_who_stand_in_the_record_alone_are_told():
    keys = tuple(Key(name=name, algorithm=RECORD, key=name) for name in NAMES)
    window = Window(opens=OPENS, closes=CLOSES, reveals_until=None, keys=keys)
    draw = complete(closed(prepared(contributions=window)), said(1003), check_signature)
    assert verify(draw, check_signature).on_the_record == ("contributions",)


def test_that_somebody_declined_is_for_the_record_to_show():
    draw = by_beacon()
    gone = answered(draw, Answer(person=draw.panel[0], answer="declined", reason=None), check_signature)
    assert verify(gone, check_signature).on_the_record == ("answers",)


def test_another_round_or_dice_in_the_place_of_the_beacon_are_refused():
    draw = closed(prepared())
    for value, says in ((said(1002), "round 1003 was fixed"), (Rolled(shown=SHOWN, witnessed=()), "something else")):
        with pytest.raises(DrawError, match=says):
            complete(draw, value, check_signature)


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        ((7, *SHOWN[1:]), "7 stands on no die with 6 sides"),
        ((0, *SHOWN[1:]), "0 stands on no die"),
        (SHOWN[1:], "there are 15 rolls, and 16 were fixed"),
    ],
)
def test_what_no_dice_can_show_is_refused(shown, says):
    draw = closed(prepared(**DICE), witnesses=())
    with pytest.raises(DrawError, match=says):
        complete(draw, rolled(draw, shown), check_signature)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"witnesses": WITNESSES[:2]}, "2 witnesses saw it, and 3 are needed"),
        ({"at": time_of(1003) - 1}, "at a moment at which it was not to be seen"),
    ],
)
def test_dice_count_if_enough_saw_them_when_it_was_time(changes, says):
    draw = closed(prepared(**DICE), witnesses=())
    with pytest.raises(DrawError, match=says):
        complete(draw, rolled(draw, **changes), check_signature)


def test_dice_that_are_written_down_otherwise_than_they_were_seen_are_refused():
    draw = by_dice()
    shown = (SHOWN[0] % 6 + 1, *SHOWN[1:])
    refused("what stands under the key of hanna", replace(draw, second=replace(draw.second, shown=shown)))


def test_dice_that_were_seen_over_other_contributions_are_refused():
    draw, other = closed(prepared(**DICE), witnesses=()), closed(prepared(**DICE), (), witnesses=())
    with pytest.raises(DrawError, match="what stands under the key of hanna"):
        complete(draw, rolled(other), check_signature)


# What follows


def test_a_panel_or_a_seed_that_does_not_follow_is_refused():
    draw = by_beacon()
    friend = next(person for person in range(16) if person not in draw.panel)
    refused("another panel follows", replace(draw, panel=tuple(sorted((*draw.panel[1:], friend)))))
    refused("another seed follows", replace(draw, seed="ab" * 32))


def test_a_reserve_who_is_skipped_is_missed():
    draw = by_beacon()
    after = answered(draw, Answer(person=draw.panel[0], answer="declined", reason=None), check_signature)
    (came,) = set(after.panel) - set(draw.panel)
    others = [person for person in range(16) if person not in (*draw.panel, came)]
    refused("another panel follows", replace(after, panel=tuple(sorted((*(set(after.panel) - {came}), others[0])))))
    refused("others follow in the order", replace(draw, reserves=draw.reserves[1:]))


def test_whom_quotas_drew_is_not_excluded_afterwards():
    draw = by_beacon()
    with pytest.raises(DrawError, match="not excluded afterwards"):
        answered(draw, Answer(person=draw.panel[0], answer="excluded", reason="ab" * 32), check_signature)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer(person=99, answer="declined", reason=None), "person 99 does not sit"),
        (Answer(person=by_order().panel[0], answer="excluded", reason=None), "which is committed to"),
        (Answer(person=by_order().panel[0], answer="declined", reason="ab" * 32), "which is committed to"),
    ],
)
def test_an_answer_of_nobody_who_sits_or_without_its_reason_is_refused(answer, says):
    with pytest.raises(DrawError, match=says):
        answered(by_order(), answer, check_signature)


def test_who_declined_is_not_asked_again():
    draw = by_beacon()
    gone = draw.panel[0]
    after = answered(draw, Answer(person=gone, answer="declined", reason=None), check_signature)
    with pytest.raises(DrawError, match="does not sit"):
        answered(after, Answer(person=gone, answer="accepted", reason=None), check_signature)
    assert gone not in after.reserves


# Files


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no JSON"),
        (b"\xff", "no JSON"),
        (b"[" * 100_000, "got `array`"),
        (write_draw(by_beacon()).replace(b'"certificate":', b'"certificate":' + b"[" * 100_000), "no JSON"),
        (b"{}", "missing required field"),
        (write_draw(by_beacon()).replace(b'"panels":100', b'"panels":100.5'), "specification.panels"),
        (write_draw(by_beacon()).replace(b"draw/1", b"draw/2"), "format"),
        (write_draw(by_beacon()).replace(b'"size":4', b'"size":4,"more":1'), "unknown field `more`"),
        (write_draw(by_beacon()).replace(b'"leximin/1"', b'"leximin/2"'), "specification.algorithm"),
    ],
)
def test_what_is_no_draw_says_where_and_why(data, says):
    with pytest.raises(DrawError, match=says):
        read_draw(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def places(told, path=()):
    """Every place in a file, also those of lists and objects."""
    yield path
    if isinstance(told, dict | list):
        for place, each in told.items() if isinstance(told, dict) else enumerate(told):
            yield from places(each, (*path, place))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([by_beacon, by_dice, by_order]), st.data())
def test_law_whatever_stands_in_a_file_is_right_or_refused_with_a_sentence(draw, data):
    told = json.loads(write_draw(draw()))
    path = data.draw(st.sampled_from([each for each in places(told) if each]))
    *way, last = path
    place = told
    for step in way:
        place = place[step]
    if data.draw(st.booleans()):
        del place[last]
    else:
        place[last] = data.draw(JSON)
    try:
        verify(read_draw(json.dumps(told).encode()), check_signature)
    except DrawError as error:
        said = str(error)
    else:
        said = "right"
    assert said
