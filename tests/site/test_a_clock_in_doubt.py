"""What pages, machines and the console say while the server's clock is in doubt, and of a vote that was lengthened."""

import re

import pytest
from django.urls import reverse

from frombelow_site.operations import machine
from tests.door.test_time_in_doubt import Machine
from tests.site_cast import DAY


@pytest.fixture
def turned(site):
    """The site on a machine whose clocks can be set."""
    site.admit(4)
    site.motion = site.voting()
    site.machine = Machine()
    site.machine.wall = site.at
    site.door = site.machine.door(site.door)
    site.door.tick()
    yield site
    site.door.election.lose()


def who_runs_the_server(site):
    return site.office("administrator").holders[0].person


def test_home_and_health_say_until_when_the_clock_is_in_doubt(turned, client):
    turned.machine.wall += 5 * DAY
    turned.door.tick()
    page = turned.browser(turned.bo).get("/").content.decode()
    assert "The server’s clock is in doubt." in page
    assert "A restart makes it no longer" in page
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.content.startswith(b"clock in doubt until 2026-0")


def test_nothing_is_said_of_a_clock_that_nobody_doubts(turned, client):
    assert "in doubt" not in turned.browser(turned.bo).get("/").content.decode()
    assert client.get("/health").content == b"door is open\n"


def test_an_act_during_a_doubt_is_answered_with_503_and_keeps_what_was_written(turned):
    turned.machine.wall += 5 * DAY
    browser = turned.browser(turned.bo)
    answer = browser.post(reverse("decide:vote", args=[turned.motion]), {"choice": "yes"})
    assert answer.status_code == 503
    assert "nothing was stored" in answer.content.decode()
    page = reverse("answerability:recall", args=[turned.holds(turned.ada, "chair").id])
    draft = re.search(r'name="draft" value="([^"]+)"', browser.get(page).content.decode())[1]
    answer = browser.post(page, {"draft": draft, "title": "Recall the chair", "body": "She met the landlord alone."})
    assert answer.status_code == 503
    assert "She met the landlord alone." in answer.content.decode()


def test_pages_tell_time_as_it_stood_while_the_clock_is_in_doubt(turned):
    before = turned.door.now()
    turned.machine.wall += 10 * 365 * DAY
    turned.door.tick()
    assert turned.door.now() == before
    assert turned.browser(turned.bo).get(reverse("decide:motion", args=[turned.motion])).status_code == 200


def test_who_runs_the_server_confirms_the_clock_on_a_page(turned, client):
    turned.machine.wall += 3 * DAY
    turned.door.tick()
    runs = who_runs_the_server(turned)
    page = turned.browser(runs).get("/answerability/server/clock/").content.decode()
    assert "Yes, that is the time" in page
    answer = turned.browser(runs).post("/answerability/server/clock/", follow=True)
    assert "the record says that you confirmed it" in answer.content.decode()
    assert client.get("/health").content == b"door is open\n"


def test_whoever_does_not_run_the_server_reads_why_they_cannot_confirm_it(turned):
    turned.machine.wall += 3 * DAY
    turned.door.tick()
    other = next(person for person in (turned.bo, turned.ada) if person != who_runs_the_server(turned))
    browser = turned.browser(other)
    page = browser.get("/answerability/server/clock/").content.decode()
    assert "Yes, that is the time" not in page
    assert "Held now by:" in page  # whom they can ask
    assert turned.polity.held[who_runs_the_server(turned)][0].id in page
    assert browser.post("/answerability/server/clock/").status_code == 403
    assert turned.door.until()


def test_the_doctor_says_that_the_clock_is_in_doubt_and_what_to_do(turned):
    turned.machine.wall += 3 * DAY
    turned.door.tick()
    found = machine.clock(turned.door.replica)
    assert not found.good
    assert "frombelow time confirm" in found.do


def test_a_vote_that_was_lengthened_says_by_how_much_and_why(turned):
    turned.machine.off(3 * DAY)
    turned.door = turned.machine.door(turned.door)
    turned.door.record_start()
    page = turned.browser(turned.bo).get(reverse("decide:motion", args=[turned.motion])).content.decode()
    assert "Lengthened by 3 days: the server was off (Article 1.2)." in " ".join(page.split())
