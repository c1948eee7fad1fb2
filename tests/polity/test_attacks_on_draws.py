"""What somebody tries so that the lot falls as they like, and what stops them."""

import msgspec
import pytest
from msgspec import UNSET

from frombelow.lots.draws import Row, beacons, mark_of, root_of, round_after
from frombelow.polity.draws.state import Stage
from frombelow.polity.kernel.entry import decode, encode
from tests import acts as a
from tests.cast import Organization, breach

from .drawing import DICE, as_said, closed, decided, drawn, effect, giving, objected, salt_of, text_of


def why_not(found, kind, by, *, sealed=None, **said):
    return found.org.refused(kind, by, sealed=sealed, draw=found.name, **said).message


def why_not_specify(found, by=None, **other):
    said = found.said(**other)
    del said["draw"]
    return why_not(found, a.SpecifyDraw, by or found.org.ada, **said)


def forged(record, kind, **fields):
    """The record in which the last entry of this kind says something else."""
    entries = [decode(entry) for entry in record]
    at = max(n for n, entry in enumerate(entries) if isinstance(entry.act, kind))
    changed = {name: value for name, value in fields.items() if name != "fixed"}
    entry = msgspec.structs.replace(entries[at], act=msgspec.structs.replace(entries[at].act, **changed))
    if "fixed" in fields:
        entry = msgspec.structs.replace(entry, fixed=fields["fixed"])
    return [*record[:at], encode(entry), *record[at + 1 :]], at


# --- before the pool is final ---


def test_nobody_draws_again_until_they_like_it(org):
    found = drawn(org)
    assert org.refused(
        a.Move, org.bo, motion=org.new(), branch=org.id, text="A" * 43, effects=(effect(org),)
    ).message == ("drawn-for-that")
    for task in ("Look at the  heating fund", "look at the һeating fund"):
        again = effect(org, task=task, size=5, quotas=())
        refused = org.refused(a.Move, org.bo, motion=org.new(), branch=org.id, text="A" * 43, effects=(again,))
        assert refused.message == "drawn-for-that"
    assert found.held.stage is Stage.DRAWN


def test_a_second_draw_that_was_decided_meanwhile_is_void(org):
    first, second = org.to_vote(effect(org)), org.to_vote(effect(org, size=5, quotas=()), by=org.eve)
    for motion in (first, second):
        org.vote(motion, yes=org.voters(motion))
    org.close(first)
    assert org.close(second).disposition == "void"


def test_quotas_that_nobody_could_keep_are_not_moved(org):
    for quotas, why in (
        ((("floor", "upper", 3, 2),), "quota-upside-down"),
        ((("floor", "upper", 1, 2), ("floor", "upper", 1, 3)), "quota-twice"),
        ((("floor", "upper", 0, 1), ("floor", "lower", 0, 1)), "quotas-never"),
        ((("floor", "upper", 5, 6),), "quotas-never"),
    ):
        moved = {"motion": org.new(), "branch": org.id, "text": "A" * 43, "effects": (effect(org, quotas=quotas),)}
        assert org.refused(a.Move, org.bo, **moved).message == why


def test_who_holds_no_office_with_that_power_specifies_nothing(org):
    found = decided(org)
    assert why_not_specify(found, org.bo, under=UNSET) == "no-mandate"


def test_nobody_is_left_out_of_the_pool_without_an_article(org):
    found = decided(org)
    assert why_not_specify(found, people=len(found.rows) - 1, root=root_of(found.rows[:-1])) == "not-everybody"
    left = found.rows[-1:]
    out = {"people": len(found.rows) - 1, "root": root_of(found.rows[:-1])}
    assert why_not_specify(found, **out, excluded=(("they annoy me", "99", 1, root_of(left)),)) == "no-such-article"


def test_nobody_is_put_into_the_pool_who_is_no_member(org):
    found = decided(org)
    rows = [*found.rows, Row(features=(0,), mark=mark_of(salt_of(99), org.charlie))]
    assert why_not_specify(found, people=len(rows), root=root_of(rows)) == "not-everybody"


def test_who_was_admitted_after_the_pool_was_said_is_not_in_it(org):
    found = decided(org).specify()
    org.admit(1)
    late = Row(features=(0,), mark=mark_of(salt_of(99), org.people[-1]))
    rows = [*found.rows[:-1], late]
    assert why_not(found, a.AddRows, a.SERVER, start=0, rows=as_said(rows)) == "draw-rows-root"
    more = as_said([*found.rows, late])
    assert why_not(found, a.AddRows, a.SERVER, start=0, rows=more) == "not-the-next-part"


def test_rows_that_were_changed_are_not_those_that_the_officer_named(org):
    found = decided(org).specify()
    changed = [Row(features=(1 - found.rows[0].features[0],), mark=found.rows[0].mark), *found.rows[1:]]
    assert why_not(found, a.AddRows, a.SERVER, start=0, rows=as_said(changed)) == "draw-rows-root"


def test_nobody_stands_in_the_pool_twice(org):
    found = decided(org)
    rows = [found.rows[1], *found.rows[1:]]
    found.specify(root=root_of(rows))
    assert why_not(found, a.AddRows, a.SERVER, start=0, rows=as_said(rows)) == "draw-row-twice"


def test_a_row_that_counts_for_no_quota_or_for_two_is_refused(org):
    for features in ((), (0, 1), (7,)):
        found = decided(Organization(6))
        rows = [Row(features=features, mark=found.rows[0].mark), *found.rows[1:]]
        found.specify(root=root_of(rows))
        assert why_not(found, a.AddRows, a.SERVER, start=0, rows=as_said(rows)) == "draw-row-features"


def test_rows_come_from_the_server_alone(org):
    found = decided(org).specify()
    assert why_not(found, a.AddRows, org.ada, start=0, rows=as_said(found.rows)) == "not-due"


def test_dice_need_three_witnesses_who_can_seal_and_do_not_hold_the_draw(org):
    found = decided(org)
    keys = tuple(found.keys)
    assert why_not_specify(found, witnesses=keys[:2]) == "draw-dice-witnesses"
    assert why_not_specify(found, witnesses=(*keys[:2], keys[0])) == "witness-twice-named"
    assert why_not_specify(found, witnesses=(*keys[:2], org.ada)) == "witness-yourself"
    without = next(each for each in found.people if each not in keys and each != org.ada)
    assert why_not_specify(found, witnesses=(*keys[:2], without)) == "witness-without-key"


def test_a_member_objects_once_and_an_officer_who_says_the_pool_anew_begins_again(org):
    found = objected(org)
    org.do(a.ObjectToPool, org.bo, draw=found.name, why="wrong-row")
    assert why_not(found, a.ObjectToPool, org.bo, why="missing") == "objected-already"
    found.specify()
    assert (found.held.stage, found.held.objections, found.held.rows) == (Stage.ROWS, {}, [])


def test_a_pool_is_not_changed_after_it_is_final(org):
    found = giving(org)
    assert why_not_specify(found) == "draw-at-another-step"
    assert why_not(found, a.AddRows, a.SERVER, start=0, rows=as_said(found.rows)) == "draw-at-another-step"
    assert why_not(found, a.ObjectToPool, org.bo, why="missing") == "draw-at-another-step"


def test_nobody_but_time_makes_a_pool_final(org):
    found = objected(org)
    assert why_not(found, a.FreezePool, org.ada, specification="0" * 64) == "not-due"
    assert why_not(found, a.FreezePool, a.TIME, specification="0" * 64) == "not-due"


# --- panels and contributions ---


def test_a_list_of_panels_that_favours_somebody_is_refused(org):
    found = objected(org)
    found.until(Stage.GIVING)
    told = msgspec.json.decode(text_of(found))
    told["panels"][3] = told["panels"][4]
    text = msgspec.json.encode(told).decode()
    assert why_not(found, a.ListPanels, a.SERVER, part=0, parts=1, text=text[:49_000]) in {
        "draw-panel-turns", "draw-certificate",
    }  # fmt: skip
    assert why_not(found, a.ListPanels, a.SERVER, part=0, parts=1, text="[]") == "draw-amiss"


def test_a_list_of_panels_is_not_swapped_for_another(org):
    found = giving(org)
    assert why_not(found, a.ListPanels, a.SERVER, part=0, parts=1, text="{}") == "no-list-wanted"


def test_parts_of_a_list_come_in_their_order(org):
    found = objected(org)
    found.until(Stage.GIVING)
    assert why_not(found, a.ListPanels, a.SERVER, part=1, parts=2, text="{}") == "not-the-next-part"


def test_nobody_contributes_before_the_panels_are_listed(org):
    found = objected(org)
    found.until(Stage.GIVING)
    assert why_not(found, a.Contribute, org.bo, sealed=found.key(org.bo), value="1" * 64) == "list-first"


def test_nobody_contributes_twice_or_what_another_gave(org):
    found = giving(org)
    found.give(org.bo, "1" * 64)
    assert why_not(found, a.Contribute, org.bo, sealed=found.key(org.bo), value="2" * 64) == "contributed-already"
    assert why_not(found, a.Contribute, org.eve, sealed=found.key(org.eve), value="1" * 64) == "contribution-of-another"


def test_nobody_contributes_without_a_key_or_in_the_name_of_another(org):
    found = giving(org)
    assert why_not(found, a.Contribute, found.people[-1], value="1" * 64) == "needs-a-key"
    assert why_not(found, a.Contribute, org.bo, sealed=found.key(org.eve), value="1" * 64) == "seal-of-another"
    assert why_not(found, a.Contribute, org.charlie, value="1" * 64) == "not-a-member"


def test_whoever_gives_last_cannot_give_after_the_others_are_closed(org):
    found = closed(org)
    assert why_not(found, a.Contribute, found.people[-1], sealed=found.key(found.people[-1]), value="f" * 64) == (
        "draw-at-another-step"
    )


def test_a_contribution_that_is_left_out_of_the_closing_is_found(org):
    found = drawn(org)
    record, at = forged(org.record, a.CloseGiving, given=4)
    assert breach(record).index == at
    record, at = forged(org.record, a.CloseGiving, closing="0" * 64)
    assert breach(record).index == at
    assert found.held.stage is Stage.DRAWN


# --- chance ---


def test_two_who_agree_on_dice_are_too_few(org):
    found = closed(org)
    ones = found.held.specified.witnesses
    found.see(ones[0])
    found.see(ones[1])
    found.see(ones[0])
    assert found.held.stage is Stage.CHANCE


def test_dice_show_one_to_six_sixteen_times(org):
    found = closed(org)
    one = found.held.specified.witnesses[0]
    for shown, why in (
        ((7, *DICE[1:]), "draw-dice-side"),
        ((0, *DICE[1:]), "draw-dice-side"),
        (DICE[1:], "draw-dice-number"),
    ):
        assert why_not(found, a.SeeDice, one, sealed=found.key(one), shown=shown) == why


def test_dice_are_seen_by_the_named_witnesses_under_keys_from_before(org):
    found = closed(org)
    one = found.held.specified.witnesses[0]
    other = next(each for each in found.people if each not in found.held.specified.witnesses)
    assert why_not(found, a.SeeDice, other, sealed=found.key(other), shown=DICE) == "no-witness-of-it"
    assert why_not(found, a.SeeDice, one, shown=DICE) == "needs-a-key"
    secret, new = org.drawn_key(one)
    org.do(a.AddKey, one, sealed=found.key(one), key=new)
    assert why_not(found, a.SeeDice, one, sealed=secret, shown=DICE) == "witness-key-new"


def test_dice_are_not_seen_before_contributions_are_closed(org):
    found = giving(org)
    one = found.held.specified.witnesses[0]
    assert why_not(found, a.SeeDice, one, sealed=found.key(one), shown=DICE) == "draw-at-another-step"


def test_dice_are_not_seen_again_once_they_were_seen(org):
    found = drawn(org)
    one = found.held.specified.witnesses[0]
    assert why_not(found, a.SeeDice, one, sealed=found.key(one), shown=DICE) == "draw-at-another-step"


def test_a_beacon_speaks_in_the_round_that_was_fixed_and_under_its_signature(org):
    found = closed(org, chance="drand")
    number = round_after(found.held.closes)
    assert found.held.specification.second.round == number
    assert why_not(found, a.EnterRound, org.bo, round=number - 1, signature="a" * 96) == "draw-beacon-other-round"
    assert why_not(found, a.EnterRound, org.bo, round=number, signature="a" * 96) == "draw-beacon-signature"
    assert why_not(found, a.SeeDice, org.bo, sealed=found.key(org.bo), shown=DICE) == "no-witness-of-it"


def test_what_a_beacon_said_is_entered_by_any_member_and_draws(org, monkeypatch):
    found = closed(org, chance="drand")
    number = round_after(found.held.closes)
    with monkeypatch.context() as patch:  # nobody has a round of that day; signatures are looked at in tests of lots
        patch.setattr(beacons, "_signed", lambda _chain, value: value.round == number)
        org.do(a.EnterRound, org.bo, draw=found.name, round=number, signature="ab" * 48)
    assert found.held.stage is Stage.DRAWN


def test_nobody_gives_a_draw_up_once_chance_may_have_spoken(org):
    found = closed(org)
    said = {"under": org.mandate(org.ada), "why": "mistake"}
    assert why_not(found, a.AbandonDraw, org.ada, **said) == "chance-may-have-spoken"
    assert why_not(found, a.AbandonDraw, org.bo, why="mistake") == "no-mandate"


# --- what follows ---


@pytest.mark.parametrize("fields", [{"panel": (0, 1, 2, 3)}, {"seed": "0" * 64}, {"reserves": (1, 2, 3)}])
def test_another_panel_than_the_one_that_follows_is_found(org, fields):
    drawn(org)
    record, at = forged(org.record, a.DrawPanel, **fields)
    assert breach(record).index == at


def test_a_result_that_somebody_does_not_like_is_not_held_back(org):
    found = drawn(org)
    at = next(n for n, entry in enumerate(org.record) if isinstance(decode(entry).act, a.DrawPanel))
    found.accept(found.held.drawn[0])
    assert breach([*org.record[:at], *org.record[at + 1 :]]).index == at


def test_a_reserve_is_not_skipped(org):
    found = drawn(org)
    found.decline(found.held.drawn[0])
    comes = decode(org.record[-1]).fixed["comes"]
    record, at = forged(org.record, a.DeclineSeat, fixed={"comes": comes + 1})
    assert breach(record).index == at


def test_nobody_answers_for_another_or_for_a_row_that_was_not_drawn(org):
    found = drawn(org)
    row = found.held.drawn[0]
    other = next(each for each in found.people if each != found.holder(row))
    said = {"row": row, "salt": salt_of(row).hex()}
    assert why_not(found, a.AcceptSeat, other, **said) == "row-of-another"
    assert why_not(found, a.AcceptSeat, found.holder(row), **said | {"salt": "0" * 32}) == "row-of-another"
    free = next(n for n in range(len(found.rows)) if n not in found.held.seats.panel)
    said = {"row": free, "salt": salt_of(free).hex()}
    assert why_not(found, a.AcceptSeat, found.holder(free), **said) == "not-drawn"
    assert why_not(found, a.AcceptSeat, found.holder(free), row=99_999, salt="0" * 32) == "row-of-another"


def test_a_seat_is_accepted_once_and_not_after_it_was_given_away(org):
    found = drawn(org)
    first, second = found.held.drawn[:2]
    found.accept(first)
    said = {"row": first, "salt": salt_of(first).hex()}
    assert why_not(found, a.AcceptSeat, found.holder(first), **said) == "accepted-already"
    found.decline(second)
    said = {"row": second, "salt": salt_of(second).hex()}
    assert why_not(found, a.AcceptSeat, found.holder(second), **said) == "not-drawn"
    assert why_not(found, a.DeclineSeat, found.holder(second), **said) == "not-drawn"
