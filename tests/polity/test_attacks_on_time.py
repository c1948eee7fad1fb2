"""Clock games: acts dated otherwise, deadlines held back, and the days on which calendars trip."""

from datetime import UTC, datetime

import msgspec
import pytest

from frombelow.polity import Breach, Stage, decode, encode, replay, stamp
from frombelow.polity.kernel.days import deadline, end_of_day, months_later
from tests import acts as a
from tests.cast import DAY, NOON, Organization, breach, rules


def test_clock_games_acts_dated_back(org):
    org.wait(3)
    late = stamp(a.Leave(by=org.bo), NOON)
    org.do(a.Start, "server", version="1")
    found = breach([*org.record, encode(late)])
    assert (found.index, found.article) == (len(org.record), "1.1")
    assert "dated before" in found.why


def test_clock_games_dates_that_no_witness_saw(org):
    witnessed = [(len(org.record), org.clock)]
    org.wait(10)
    org.do(a.Leave, org.bo)
    forged = [*org.record[:-1], encode(msgspec.structs.replace(decode(org.record[-1]), at=NOON))]
    replay(org.record, witnessed=[*witnessed, (len(org.record), org.clock)])
    found = breach(forged, witnessed=[(len(org.record) - 1, org.clock - DAY)])
    assert (found.index, found.article) == (len(forged) - 1, "1.2")


def test_clock_games_a_server_stopped_over_a_deadline():
    org = Organization(20)
    motion = org.to_vote()
    org.vote(motion, yes=org.people[:9])
    org.clock += 40 * DAY  # nobody looks for forty days
    held = stamp(a.CastVote(by=org.people[9], poll=motion, choice="no", nonce=org.new()), org.clock)
    found = breach([*org.record, encode(held)])
    assert (found.article, "time was held back" in found.why) == ("5.4", True)
    with pytest.raises(Breach, match="“vote close” was due"):
        replay(org.record, until=org.clock)
    assert org.cannot_vote(org.people[9], motion, "no").message == "not-voting"
    assert org.polity.motions[motion].outcome == "carried"
    replay(org.record, until=org.clock)


@pytest.mark.parametrize(("start", "hours"), [("2026-03-23", 167), ("2026-10-19", 169)])
def test_clock_games_daylight_saving(start, hours):
    """A vote of seven days in Madrid, opened at midnight, ends at midnight, an hour shorter or longer."""
    opened = int(datetime.fromisoformat(start + "T12:00+00:00").timestamp())
    zone = "Europe/Madrid"
    first = end_of_day(datetime.fromisoformat(start).toordinal() - 1, zone)
    assert deadline(opened, 6, zone) - first == hours * 3600


def test_clock_games_leap_day():
    at = int(datetime(2028, 2, 29, 12, tzinfo=UTC).timestamp())
    org = Organization(20, at=at - 35 * DAY)
    motion = org.move(a.GrantMandate(org.office("treasurer").id, org.bo))
    org.second(motion)
    org.until(motion, Stage.VOTING)
    org.vote(motion, yes=org.voters(motion))
    org.close(motion)
    (mandate,) = org.polity.held[org.bo]
    assert datetime.fromtimestamp(mandate.starts, UTC).date().isoformat() >= "2028-02-22"
    assert datetime.fromtimestamp(months_later(at, 12, "Etc/UTC") - 1, UTC).date().isoformat() == "2029-02-28"


def test_clock_games_2359_in_another_zone():
    """The deadline is the end of the day in the organization's own zone, wherever a member is."""
    org = Organization(20, book=rules(zone='"Pacific/Auckland"'))
    motion = org.to_vote()
    ends = org.polity.motions[motion].deadline
    assert datetime.fromtimestamp(ends, UTC).hour in (11, 12)  # midnight in Auckland
    org.clock = ends - 1
    org.vote(motion, yes=[org.bo])
    org.clock = ends  # still the day before in Honolulu
    assert org.cannot_vote(org.ada, motion).message == "not-voting"
