"""The founding: the act, who is signed in, the codes, and a button pressed twice."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client

from frombelow import __version__
from frombelow.polity.kernel.act import SERVER
from frombelow.polity.members.acts import StepBack
from frombelow.polity.organization.acts import Found
from frombelow.polity.server.acts import Start
from frombelow_site.accounts.models import Sheet
from frombelow_site.accounts.sheets import spend
from frombelow_site.beginning.smtp import SMTP
from frombelow_site.door import perform, scripts, tables
from frombelow_site.door.models import Entry
from frombelow_site.people.models import Card
from frombelow_site.people.queries import names
from tests.beginning.conftest import FOUNDERS, KIND, OFFICES, RULES
from tests.site_cast import NOON

FOUNDED = ["organization.found", "server.start"]  # and nothing else


def text(answer):
    return answer.content.decode()


def test_the_organization_stands_as_it_was_typed(beginning, client):
    beginning.up_to("rules")
    beginning.post("rules", **{**RULES, "debate_days": "21"})
    beginning.post("founders", **FOUNDERS)
    beginning.post("offices", **OFFICES)
    client.get("/begin/look/")
    beginning.post("look", press=beginning.press())
    polity = beginning.door.polity()
    assert (polity.name, polity.origin) == ("Lindenhof Tenants", "lindenhof-tenants/record")
    assert (polity.book["debate_days"], polity.book["zone"]) == (21, "Europe/Berlin")
    assert sorted(names(polity.people).values()) == ["Ada One", "Bo Two"]
    held = {office.key: [names([m.person])[m.person] for m in office.holders] for office in polity.offices.values()}
    assert held["secretary"] == ["Bo Two"]
    assert held["chair"] == held["administrator"] == ["Ada One"]


def test_the_first_founder_is_signed_in_under_a_fresh_session(beginning, client):
    beginning.up_to("look")
    before = client.session.session_key
    client.get("/begin/look/")
    beginning.post("look", press=beginning.press())
    who = client.session["person"]
    assert names([who])[who] == "Ada One"
    assert client.session.session_key != before
    assert "begin" not in client.session


def test_pressed_twice_it_founds_once_and_leads_to_the_same_place(beginning, client):
    beginning.up_to("look")
    client.get("/begin/look/")
    press = beginning.press()
    other = Client()
    other.cookies = client.cookies.copy()
    first, second = beginning.post("look", press=press), beginning.post("look", other, press=press)
    assert first.url == second.url == "/next/codes/"
    assert client.session["person"] == other.session["person"]
    assert list(Entry.objects.order_by("index").values_list("kind", flat=True)) == FOUNDED


def test_the_button_leads_nowhere_after_ten_minutes(beginning, client):
    beginning.up_to("look")
    client.get("/begin/look/")
    press = beginning.press()
    beginning.post("look", press=press)
    at = beginning.door.clock()
    beginning.door.clock = lambda: at + 601
    assert beginning.post("look", Client(), press=press).status_code == 404


def test_of_two_who_found_at_the_same_time_one_does(beginning, client):
    other = Client()
    beginning.up_to("look", other)
    other.get("/begin/look/")
    press = beginning.press(other)
    beginning.found()
    assert beginning.post("look", other, press=press).status_code == 404
    assert list(Entry.objects.order_by("index").values_list("kind", flat=True)) == FOUNDED


def test_a_page_of_another_session_founds_nothing(beginning):
    beginning.up_to("look")
    assert beginning.post("look", press="x" * 43).url == "/begin/look/"
    assert beginning.door.polity().rules is None


def test_a_founder_without_mail_gets_a_code_that_is_shown_once(beginning, client, settings):
    settings.EMAIL_BACKEND = SMTP
    assert beginning.found().url == "/next/codes/"
    asked = text(client.get("/next/codes/"))
    assert "Bo Two" in asked
    assert "Ada One" not in asked
    code = re.search(r'class="sheet">([A-Z0-9-]+)<', text(client.post("/next/codes/")))[1]
    assert client.post("/next/codes/").url == "/next/"
    assert names([who := spend(code)])[who] == "Bo Two"


def test_without_a_mail_server_every_founder_gets_a_code(beginning, client):
    beginning.found()
    assert len(re.findall(r'class="sheet"', text(client.post("/next/codes/")))) == 2


def test_with_mail_for_everybody_no_codes_are_printed(beginning, client, settings):
    settings.EMAIL_BACKEND = SMTP
    beginning.up_to("founders")
    beginning.post("founders", rows="3", name0="Ada", mail0="ada@example.org")
    beginning.post("offices", **{**OFFICES, "office-secretary": ["0"]})
    client.get("/begin/look/")
    assert beginning.post("look", press=beginning.press()).url == "/next/"


def test_what_now_offers_what_this_person_can_do(beginning, client):
    beginning.found()
    page = text(client.get("/next/"))
    assert "Lindenhof Tenants is founded" in page
    assert "Bo Two can, as Secretary." in page
    assert "/people/roll/import/" not in page
    assert "/next/mail/" in page
    assert "/decide/move/" in page


@pytest.mark.parametrize("kind", ["union-local", "co-operative", "club", "general-resolution", "blank"])
def test_each_kind_can_be_founded_as_it_is_offered(beginning, client, kind):
    beginning.type_code()
    beginning.post("kind", **{**KIND, "kind": kind})
    for page in ("rules", "founders", "offices"):
        fields = _fields(text(client.get(f"/begin/{page}/")))
        data = fields | ({"name0": "Ada", "mail0": "ada@example.org"} if page == "founders" else {})
        if data.get("quorum_how") == ["participating"]:
            data["quorum_knowing"] = "on"
        if page == "offices":
            data = {key: ["0"] for key in re.findall(r'name="(office-[^"]*)"', text(client.get("/begin/offices/")))}
        answer = beginning.post(page, **data)
        assert answer.status_code == 302, text(answer)
        assert answer.url != f"/begin/{page}/"
    client.get("/begin/look/")
    beginning.post("look", press=beginning.press())
    assert beginning.door.polity().book["language"] == "en"


def _fields(page):
    """What a browser would send of this page's form as it stands."""
    found = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        chosen = "checked" in tag or not re.search(r'type="(radio|checkbox)"', tag)
        if name and chosen and name[1] != "csrfmiddlewaretoken":
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def test_keys_that_two_make_at_once_are_one_key(tmp_path):
    from frombelow_site.door.key import put

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: put(tmp_path / "record.key", f"key {n}\n"), range(40)))
    assert [place.name for place in tmp_path.iterdir()] == ["record.key"]
    assert re.fullmatch(r"key \d+\n", (tmp_path / "record.key").read_text())


def test_the_entry_is_the_founding_and_holds_no_name(beginning):
    beginning.found()
    from frombelow.polity import decode

    (_, data), (_, start) = tables.read()
    assert isinstance(decode(data).act, Found)
    assert decode(start).act == Start(by=SERVER, version=__version__, scripts=scripts.hashed())
    assert b"Ada" not in data
    assert b"example.org" not in data


def test_each_code_that_the_founder_prints_stands_in_the_record(beginning, client):
    beginning.found()
    client.post("/next/codes/")
    people = beginning.door.polity().people
    assert [(row.by, row.about) for row in Entry.objects.filter(kind="access.issue-code").order_by("index")] == [
        ("server", card.person) for card in Card.objects.filter(person__in=list(people)).order_by("name_key")
    ]


def test_the_browser_that_founded_is_no_way_in_as_who_has_come_in(beginning, client):
    beginning.found()
    bo = Card.objects.get(name="Bo Two").person
    perform(StepBack(by=bo))
    assert len(re.findall(r'class="sheet"', text(client.post("/next/codes/")))) == 1  # the founder's own


def test_nor_as_anybody_after_the_first_day(beginning, client):
    beginning.found()
    beginning.door.clock = lambda: NOON + 86_400
    assert client.post("/next/codes/").url == "/next/"
    assert not Sheet.objects.exists()


def test_who_read_the_codes_of_the_others_stands_in_the_record(beginning, client):
    beginning.found()
    client.post("/next/codes/")
    record = text(client.get("/record/"))
    assert "The server showed Ada One a code with which Bo Two signs in once." in record
    assert "The server printed a code with which Ada One signs in once." in record


@pytest.mark.parametrize("place", ["/people/", "/next/", "/enter/", "/decide/", "/record/"])
def test_before_the_founding_every_address_leads_to_it(beginning, client, place):
    page = client.get(place, follow=True)
    assert page.redirect_chain[-1][0] == "/begin/"
