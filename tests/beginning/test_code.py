"""Only who has the code from the server can found, and only once."""

import stat

import pytest

from tests.beginning.conftest import KIND

PAGES = ["kind", "rules", "founders", "offices", "look"]


def test_the_code_is_in_the_folder_for_its_owner_alone(beginning):
    place = beginning.folder / "begin-code"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE((beginning.folder / "secret").stat().st_mode) == 0o600
    assert place.read_text().strip() == beginning.code


def test_home_leads_to_the_founding(beginning, client):
    assert client.get("/").url == "/begin/"


def test_the_code_is_taken_however_it_is_written(beginning):
    assert beginning.post(code=beginning.code.lower().replace("-", " ")).url == "/begin/kind/"


@pytest.mark.parametrize("page", PAGES)
def test_no_page_opens_without_the_code(beginning, client, page):
    assert client.get(f"/begin/{page}/").url == "/begin/"
    sent = beginning.post(page, **KIND, press="x" * 43)
    assert sent.status_code == 403
    assert 'href="/begin/"' in sent.content.decode()
    assert KIND["name"] in sent.content.decode()  # what was written is not lost
    assert beginning.door.polity().rules is None


def test_a_wrong_code_is_told_and_opens_nothing(beginning, client):
    answer = beginning.post(code="AAAA-BBBB-CCCC")
    assert answer.status_code == 400
    assert "This is not the code" in answer.content.decode()
    assert client.get("/begin/kind/").url == "/begin/"


def test_after_five_tries_in_a_minute_even_the_right_code_waits(beginning, monkeypatch):
    monkeypatch.setattr("frombelow_site.beginning.code.time.time", lambda: 1_000_000.0)
    for _ in range(5):
        assert beginning.post(code="AAAA-BBBB-CCCC").status_code == 400
    answer = beginning.type_code()
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()
    monkeypatch.setattr("frombelow_site.beginning.code.time.time", lambda: 1_000_060.0)
    assert beginning.type_code().url == "/begin/kind/"


def test_a_session_with_an_older_code_starts_again(beginning, client):
    beginning.up_to("rules")
    (beginning.folder / "begin-code").write_text("NEWC-ODEX-YZ23\n")
    assert client.get("/begin/rules/").url == "/begin/"


def test_a_session_that_is_over_is_told_so(beginning, client):
    beginning.up_to("founders")
    client.session.flush()
    client.cookies.clear()
    answer = client.post("/begin/founders/", {"name0": "Ada"}, follow=True)
    assert "visit was over" in answer.content.decode()


def test_the_key_of_the_record_is_made_by_the_founding_and_not_before(beginning):
    beginning.up_to("look")
    assert not (beginning.folder / "record.key").exists()
    beginning.found()
    assert stat.S_IMODE((beginning.folder / "record.key").stat().st_mode) == 0o600
    assert (beginning.folder / "record.key").read_text().startswith("lindenhof-tenants/record ")


@pytest.mark.parametrize("page", ["", *(f"{page}/" for page in PAGES)])
def test_after_the_founding_there_is_nothing_here_for_ever(beginning, client, page):
    beginning.found()
    assert not (beginning.folder / "begin-code").exists()
    assert client.get(f"/begin/{page}").status_code == 404
    assert client.post(f"/begin/{page}", {"code": beginning.code, "press": "x" * 43}).status_code == 404


def test_a_founded_organization_has_no_founding_pages(site, client):
    assert client.get("/begin/").status_code == 404
