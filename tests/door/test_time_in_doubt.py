"""A door whose clock lies: nothing is entered, nobody's day is lost, and it goes on by itself."""

import pytest

from frombelow.polity import Refused, Stage, replay
from frombelow.polity.access.acts import AskAccess
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.members.acts import StepBack
from frombelow.polity.server.acts import Backup, ConfirmTime, Start, Witness
from frombelow.record import Cosigner
from frombelow_site.door import Closed, new_id, perform, tables, use
from frombelow_site.door.door import Door
from frombelow_site.door.scripts import hashed
from frombelow_site.door.timekeeping import Clocks
from tests.door.outside import name_witnesses
from tests.site_cast import DAY, NOON, site  # noqa: F401  a fixture

YEARS = 10 * 365 * DAY


class Machine:
    """A machine with two clocks: ``runs`` moves both, ``set_on`` the wall clock alone."""

    def __init__(self):
        self.wall, self.steady, self.boot = NOON, 500, "first"

    def runs(self, seconds):
        self.wall, self.steady = self.wall + seconds, self.steady + seconds

    def off(self, seconds):
        self.wall, self.steady, self.boot = self.wall + seconds, 7, self.boot + "'"

    def door(self, before):
        """The door of the same folder, opened anew."""
        before.election.lose()
        clocks = Clocks(lambda: self.wall, lambda: self.steady, self.boot)
        door = Door(before.data, before.published.folder, clock=clocks, inline=True)
        use(door)
        return door


@pytest.fixture
def machine():
    return Machine()


@pytest.fixture
def voting(site, machine):  # noqa: F811
    """A door on this machine, with a motion of Bo's whose vote is open."""
    site.admit(4)
    site.motion = site.voting()
    machine.wall = site.at
    site.door = machine.door(site.door)
    site.door.tick()
    yield site
    site.door.election.lose()


def kinds():
    """The acts in the record, and that it is right."""
    record = [data for _, data in tables.read()]
    replay(record)
    from frombelow.polity import decode

    return [decode(data).act for data in record]


def by_who_runs_the_server(there):
    (mandate,) = there.office("administrator").holders
    return ConfirmTime(by=mandate.person, under=mandate.id)


def name_bakers(there):
    """The bakers are asked; gives the number of their key."""
    key = Cosigner.from_seed("bakers.example", bytes(32)).vkey
    name_witnesses(there, Witness(key, "https://bakers.example"))
    return key.split("+")[1]


def minutes(machine, door, count):
    for _ in range(count):
        machine.runs(60)
        door.tick()


def test_a_clock_ten_years_ahead_while_serving_closes_no_vote_and_ends_no_mandate(voting, machine):
    before = len(kinds())
    machine.wall += YEARS
    voting.door.tick()
    with pytest.raises(Closed, match="nothing was stored"):
        perform(StepBack(by=voting.bo))
    with pytest.raises(Closed, match="nothing was stored"):
        perform(Backup(by=SERVER, size=1))
    assert len(kinds()) == before
    machine.wall -= YEARS
    perform(StepBack(by=voting.bo))
    assert voting.polity.motions[voting.motion].stage is Stage.VOTING
    assert voting.polity.power(voting.ada, "open-votes", voting.polity.root, machine.wall)


def test_a_clock_ten_years_ahead_at_a_start_enters_not_even_the_start(voting, machine):
    before = len(kinds())
    machine.off(YEARS)
    door = machine.door(voting.door)
    with pytest.raises(Closed, match="in doubt"):
        door.record_start()
    assert len(kinds()) == before
    assert door.until() == machine.wall + DAY


def test_a_server_off_for_three_weeks_goes_on_and_says_so_first(voting, machine):
    left = voting.polity.motions[voting.motion].deadline - machine.wall
    served = machine.wall
    machine.off(21 * DAY)
    door = machine.door(voting.door)
    door.record_start()
    found = door.polity().motions[voting.motion]
    assert found.stage is Stage.VOTING
    assert left <= found.deadline - machine.wall <= left + DAY
    assert Start(by=SERVER, version=kinds()[-1].version, served=served, scripts=hashed()) in kinds()


@pytest.mark.parametrize("asked", [False, True])
def test_the_hours_to_stop_who_comes_in_as_somebody_run_only_while_the_server_is_on(voting, machine, asked):
    (mandate,) = voting.office("secretary").holders
    request = new_id()
    if asked:
        perform(AskAccess(by=mandate.person, under=mandate.id, recovery=request, person=voting.bo))
    served = machine.wall
    for _ in range(3):  # a laptop that slept, each time too short to lengthen a vote
        machine.runs(20 * 3_600)
        voting.door.tick()
    told = [act.served for act in kinds() if isinstance(act, Start) and act.served]
    assert (served in told, len(told)) == ((True, 3) if asked else (False, 0))
    if asked:
        assert voting.door.polity().recoveries[request].opens == served + (72 + 60) * 3_600


def test_a_command_while_the_server_is_off_does_not_close_the_vote_before_the_start(voting, machine):
    machine.off(21 * DAY)
    voting.door = machine.door(voting.door)
    perform(Backup(by=SERVER, size=1))
    assert voting.door.polity().motions[voting.motion].stage is Stage.VOTING


def test_a_day_of_even_running_ends_the_doubt_and_the_vote_goes_on(voting, machine):
    left = voting.polity.motions[voting.motion].deadline - machine.wall
    machine.off(60 * DAY)
    door = machine.door(voting.door)
    with pytest.raises(Closed):
        door.record_start()
    minutes(machine, door, 24 * 60 - 1)
    assert door.until()
    minutes(machine, door, 1)
    assert not door.until()
    found = door.polity().motions[voting.motion]
    assert found.stage is Stage.VOTING
    assert found.deadline - machine.wall >= left
    assert any(isinstance(act, Start) for act in kinds())


def test_restarts_do_not_make_a_doubt_longer(voting, machine):
    machine.off(60 * DAY)
    door = machine.door(voting.door)
    door.tick()
    for _ in range(24):
        minutes(machine, door, 59)
        door = machine.door(door)
        minutes(machine, door, 1)
    minutes(machine, door, 1)
    assert not door.until()


def test_who_runs_the_server_ends_the_doubt_and_nobody_else_does(voting, machine):
    machine.wall += 3 * DAY
    with pytest.raises(Closed):
        perform(StepBack(by=voting.bo))
    with pytest.raises(Refused) as refused:
        perform(ConfirmTime(by=voting.ada, under=voting.holds(voting.ada, "chair").id))
    assert refused.value.message == "no-mandate"
    assert voting.door.until()
    perform(by_who_runs_the_server(voting))
    assert not voting.door.until()
    said = [act for act in kinds() if isinstance(act, Start | ConfirmTime)]
    assert [type(act) for act in said] == [Start, ConfirmTime]
    perform(StepBack(by=voting.bo))


def test_the_console_ends_the_doubt_where_every_mandate_has_ended(voting, machine):
    machine.off(YEARS)
    voting.door = machine.door(voting.door)
    voting.door.tick()
    with pytest.raises(Refused):
        perform(by_who_runs_the_server(voting))
    perform(ConfirmTime(by=SERVER))
    assert not voting.door.until()
    assert voting.polity.motions[voting.motion].stage is Stage.VOTING


def test_a_witness_whose_clock_agrees_ends_the_doubt(voting, machine):
    label = "bakers.example+" + name_bakers(voting)
    machine.wall += 3 * DAY
    voting.door.tick()
    voting.door.witness(label, machine.wall - 2 * DAY)
    voting.door.tick()
    assert voting.door.until()
    voting.door.witness("bakers.example+00000000", machine.wall - 30)  # who is not asked
    voting.door.tick()
    assert voting.door.until()
    voting.door.witness(label, machine.wall - 30)
    voting.door.tick()
    assert not voting.door.until()


def test_a_clock_two_hours_behind_is_doubted_and_time_stands_still(voting, machine):
    still = machine.wall
    machine.runs(60)
    voting.door.tick()
    machine.wall -= 2 * 3600
    with pytest.raises(Closed):
        perform(StepBack(by=voting.bo))
    assert voting.door.now() == still + 60


def test_a_laptop_that_sleeps_over_the_weekend_tells_the_record_and_lengthens_the_vote(voting, machine):
    before = voting.polity.motions[voting.motion].deadline
    machine.runs(3 * DAY)
    voting.door.tick()
    assert voting.polity.motions[voting.motion].deadline == before + 3 * DAY


def test_what_is_known_of_time_outlives_the_process_and_a_row_that_cannot_be_read_is_none(voting, machine):
    machine.wall += YEARS
    voting.door.tick()
    again = machine.door(voting.door)
    assert again.until()
    tables.keep_watch(b"nonsense")
    assert machine.door(again).until() == 0
