"""At 20,000 members no page asks the database more than at thirty: it reads the polity in memory, and what it shows."""

import pytest
from bench.served import inside

MEMBERS, MOST = 20_000, 12


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """How often each page asks the database, of an organization of that size with a vote open."""
    data = tmp_path_factory.mktemp("large") / "data"
    motion = inside(data, "voting", MEMBERS)["motion"]
    (session,) = inside(data, "sessions", 1)["sessions"]
    paths = ["/", "/decide/", f"/decide/{motion}/", "/people/", "/people/me/", "/answerability/", "/record/"]
    return {path.replace(motion, "motion"): count for path, count in inside(data, "queries", session, *paths).items()}


def test_every_room_asks_the_database_little(asked):
    assert set(asked) == {"/", "/decide/", "/decide/motion/", "/people/", "/people/me/", "/answerability/", "/record/"}
    assert {path: count for path, count in asked.items() if not 1 <= count <= MOST} == {}
