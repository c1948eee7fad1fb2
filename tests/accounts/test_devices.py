"""Where I am signed in: each place in words, ended one by one, at little cost."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from frombelow_site.accounts import devices
from frombelow_site.accounts.models import Session

from .conftest import code_in_mail, enter, signed_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
    "Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
ANDROID = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, ("Firefox", "Linux")), (IPHONE, ("Safari", "iPhone")), (EDGE, ("Edge", "Windows")),
        (ANDROID, ("Chrome", "Android")), ("", ("", "")), ("<script>", ("", "")),
    ],
)  # fmt: skip
def test_a_browser_is_told_in_words(agent, words):
    assert tuple(devices.words(agent).values()) == words


def test_each_place_is_on_the_list(site):
    bo = enter(HTTP_USER_AGENT=FIREFOX)
    enter(HTTP_USER_AGENT=IPHONE)
    page = bo.get("/enter/ways/").content.decode()
    assert "Firefox on Linux · this one" in " ".join(page.split())
    assert "Safari on iPhone" in page
    assert "by a code by mail" in page


def test_a_browser_that_says_nothing_or_too_much_is_listed_too(site):
    enter(HTTP_USER_AGENT="<b>" * 500)
    assert "did not say what it is" in enter().get("/enter/ways/").content.decode()


def test_what_a_browser_says_of_itself_is_kept_in_words_alone(site):
    enter(HTTP_USER_AGENT=FIREFOX)
    assert "Gecko" not in str([row.get_decoded() for row in Session.objects.all()])


def test_one_place_is_ended_from_another(site):
    phone, desk = enter(), enter()
    row = next(row for row in devices.of(site.bo) if row.id == phone.session.place)
    desk.post("/enter/ways/end/", {"device": row.id})
    assert not signed_in(phone)
    assert phone.get("/people/me/").status_code == 302
    assert signed_in(desk) == site.bo


def test_all_others_are_ended_at_once(site):
    others, desk, ada = [enter(), enter()], enter(), enter("ada@example.org")
    page = desk.post("/enter/ways/end/", {"others": "1"}, follow=True).content.decode()
    assert "2 other places were signed out" in page
    assert not any(map(signed_in, others))
    assert signed_in(desk) == site.bo
    assert signed_in(ada) == site.ada


def test_nobody_ends_a_place_of_another(site):
    bo, ada = enter(), enter("ada@example.org")
    ada.post("/enter/ways/end/", {"device": devices.of(site.bo)[0].id})
    assert signed_in(bo) == site.bo


def test_signing_out_takes_the_place_off_the_list(site):
    enter().post("/enter/out/")
    assert devices.of(site.bo) == []


def test_signing_in_once_more_is_one_place_and_not_two(site):
    bo = enter()
    session = bo.session
    session["at"] -= 3601
    session.save()
    assert bo.post("/enter/?again", {"mail": "bo@example.org", "next": "/enter/ways/"}).url == "/enter/code/"
    assert bo.post("/enter/code/", {"code": code_in_mail()}).url == "/enter/ways/"
    assert len(devices.of(site.bo)) == 1


def test_who_reads_the_table_can_take_no_session_over(site):
    bo = enter()
    row = Session.objects.get(person=site.bo)
    assert bo.session.session_key not in str(vars(row))
    thief = Client()
    thief.cookies["frombelow"] = row.pk
    assert thief.get("/people/me/").url.startswith("/enter/")


def test_a_session_that_ended_meanwhile_is_not_brought_back(site):
    bo = enter()
    session = bo.session
    assert session["person"] == site.bo
    devices.end_all(site.bo)
    session["more"] = "words"
    with pytest.raises(UpdateError):
        session.save()
    assert not signed_in(bo)


def test_a_request_writes_once_an_hour_at_most(site):
    bo = enter()

    def writes():
        with CaptureQueriesContext(connection) as asked:
            bo.get("/people/me/")
        return sum(not query["sql"].startswith("SELECT") for query in asked)

    assert writes() == 0
    Session.objects.update(last=timezone.now() - timezone.timedelta(minutes=61))
    assert writes() == 1
    assert writes() == 0
    assert (timezone.now() - devices.of(site.bo)[0].last).seconds < 60


def test_who_was_away_for_sixty_days_is_off_the_list(site):
    enter()
    Session.objects.update(expire_date=timezone.now() - timezone.timedelta(days=1))
    assert devices.of(site.bo) == []
    enter()
    assert Session.objects.filter(person=site.bo).count() == 1


def test_outsiders_see_no_list_and_end_nothing(site):
    client = Client()
    assert client.get("/enter/ways/").url.startswith("/enter/")
    assert client.post("/enter/ways/end/", {"others": "1"}).url.startswith("/enter/")
