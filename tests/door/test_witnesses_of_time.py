"""Witnesses with clocks of their own end a doubt about the server's clock, and nobody else's clock does."""

import pytest

from frombelow.polity import Stage
from frombelow.polity.members.acts import StepBack
from frombelow_site.door import Closed, perform
from frombelow_site.door.asker import Asker
from frombelow_site.door.posting import post
from tests.door.outside import Outside, name_witnesses, reaches
from tests.door.test_time_in_doubt import DAY, YEARS, machine, minutes, site, voting  # noqa: F401  fixtures


@pytest.fixture
def three(voting, machine, tmp_path):  # noqa: F811
    """Three witnesses whose clocks are right, of whom two have to agree; ``passes`` moves their clocks with time."""
    made = [Outside(tmp_path, f"{name}.example", voting.polity.key, machine.wall) for name in ("a", "b", "c")]
    name_witnesses(voting, *(each.witness for each in made), enough=2)
    yield made
    for each in made:
        each.stop()


def asks(there, outside):
    """They are asked, and the door looks at its clock."""
    asker = Asker(there.door, reaches(*outside))
    asker.ask()
    there.door.tick()
    return asker


def off(there, machine, outside, seconds, ahead=0):  # noqa: F811
    """The machine was off, and starts with a clock that is ahead; the witnesses' clocks went on."""
    machine.off(seconds + ahead)
    there.door = machine.door(there.door)
    there.door.tick()
    for each in outside:
        each.at += seconds


def test_after_a_long_outage_witnesses_end_the_doubt_and_the_vote_goes_on(voting, machine, three):  # noqa: F811
    off(voting, machine, three, 60 * DAY)
    assert voting.door.until()
    asks(voting, three)
    assert not voting.door.until()
    assert voting.door.polity().motions[voting.motion].stage is Stage.VOTING
    perform(StepBack(by=voting.bo))


def test_a_clock_ten_years_ahead_stays_in_doubt_whatever_right_witnesses_cosign(voting, machine, three):  # noqa: F811
    off(voting, machine, three, DAY, ahead=YEARS)
    asks(voting, three)
    assert voting.door.until()
    assert all(each.asked for each in three)


def test_a_clock_that_was_ahead_and_is_right_again_is_believed_on_the_witnesses_word(voting, machine, three):  # noqa: F811
    machine.wall += 30 * DAY  # set ahead while it was off, and believed: that is less than five weeks
    machine.boot += "'"
    voting.door = machine.door(voting.door)
    voting.door.tick()
    machine.runs(60)
    voting.door.tick()
    machine.wall -= 30 * DAY  # set right
    voting.door.tick()
    for each in three:
        each.at = machine.wall
    assert voting.door.until()
    asks(voting, three)
    assert not voting.door.until()


def test_a_clock_that_was_set_back_stays_in_doubt_whatever_right_witnesses_cosign(voting, machine, three):  # noqa: F811
    machine.wall -= 2 * DAY
    voting.door.tick()
    asks(voting, three)
    assert voting.door.until()


def test_one_witness_alone_ends_no_doubt_where_two_have_to_agree(voting, machine, three):  # noqa: F811
    off(voting, machine, three, DAY, ahead=YEARS)
    three[0].at = machine.wall  # it says what whoever set the clock wants
    asks(voting, three)
    assert voting.door.until()
    with pytest.raises(Closed):
        perform(StepBack(by=voting.bo))


def test_a_witness_that_says_the_same_many_times_counts_once(voting, machine, three):  # noqa: F811
    off(voting, machine, three, DAY, ahead=YEARS)
    three[0].at = machine.wall
    asker = asks(voting, three)
    for _ in range(5):
        machine.runs(60)
        for each in three:
            each.at += 60
        asker.ask()
        voting.door.tick()
    assert voting.door.until()


def test_one_witness_that_is_wrong_keeps_two_from_ending_no_doubt(voting, machine, three):  # noqa: F811
    off(voting, machine, three, 60 * DAY)
    three[1].at -= YEARS
    asks(voting, three)
    assert not voting.door.until()


def test_a_witness_on_this_machine_ends_no_doubt(voting, machine, three):  # noqa: F811
    """It has the very clock that is doubted."""
    off(voting, machine, three, DAY, ahead=YEARS)
    by_address = {each.witness.address: each for each in three}
    for each in three:
        each.at = machine.wall
    Asker(voting.door, lambda address, body: post(by_address[address].here, body)).ask()  # a name that leads here
    voting.door.tick()
    assert voting.door.until()
    page = voting.browser(voting.bo).get("/answerability/server/").content.decode()
    assert page.count("It is on this machine and has its clock, so it ends no doubt about the clock.") == 3


def test_what_witnesses_said_does_not_hold_for_a_clock_that_is_set_right_after(voting, machine, three):  # noqa: F811
    off(voting, machine, three, 60 * DAY)
    asker = Asker(voting.door, reaches(*three))
    asker.ask()
    machine.wall += YEARS
    voting.door.tick()
    assert voting.door.until()


def test_what_witnesses_said_a_while_ago_ends_no_doubt(voting, machine, three):  # noqa: F811
    off(voting, machine, three, 60 * DAY)
    Asker(voting.door, reaches(*three)).ask()
    machine.runs(301)
    voting.door.tick()
    assert voting.door.until()


def test_while_time_is_in_doubt_witnesses_are_asked_although_nothing_is_new(voting, machine, three):  # noqa: F811
    asker = asks(voting, three)
    machine.wall += YEARS
    voting.door.tick()
    for _ in range(3):
        machine.runs(60)
        asker.ask()
    assert [each.asked for each in three] == [4, 4, 4]


def test_witnesses_begin_no_doubt(voting, machine, three):  # noqa: F811
    for each in three:
        each.at += YEARS
    asks(voting, three)
    minutes(machine, voting.door, 3)
    assert not voting.door.until()
