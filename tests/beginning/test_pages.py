"""What each page takes and refuses; nothing typed is lost."""

import pytest

from tests.beginning.conftest import FOUNDERS, KIND, OFFICES, RULES

LONG, EMOJI, BIDI = "ä" * 300, "🏠 Haus", "Ada \u202eenO"


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Give it a name"),
        ("name", "x" * 201, "has 201 characters and 200 fit"),
        ("name", BIDI, "characters that cannot be seen"),
        ("name", "=1+1", "begins like a spreadsheet formula"),
        ("kind", "empire", "Choose one of these"),
        ("zone", "Moon/Base", "No city or country of the name “Moon/Base” is known here"),
        ("zone", "../../etc/passwd", "No city or country of the name"),
        ("zone", "", "Say where your days end"),
    ],
)
def test_a_name_kind_or_zone_that_cannot_be_is_told_at_its_field(beginning, client, field, value, words):
    beginning.type_code()
    answer = beginning.post("kind", **{**KIND, field: value})
    assert answer.status_code == 400
    assert words in text(answer)
    wrote = (field, value) != ("name", "")  # the other fields of the page are chosen
    assert ("What you wrote is still here" in text(answer)) is wrote
    kept = text(client.get("/begin/kind/"))
    assert all(part in kept for part in ("Lindenhof", "Berlin") if field not in ("name", "zone"))


@pytest.mark.parametrize("name", [EMOJI, "O", "Ж" * 200, "نقابة المستأجرين"])
def test_a_name_in_any_script_is_taken(beginning, client, name):
    beginning.type_code()
    assert beginning.post("kind", **{**KIND, "name": name}).url == "/begin/rules/"
    assert name in text(client.get("/begin/kind/"))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("seconders_count", "0", "A whole number from 1 to 1000"),
        ("seconders_share", "50%", "A share from 1% to 20%"),
        ("debate_days", "2", "A whole number from 3 to 90"),
        ("debate_days", "soon", "A whole number from 3 to 90"),
        ("voting_days", "31", "A whole number from 2 to 30"),
        ("voting_days", "9" * 5000, "A whole number from 2 to 30"),
        ("quorum_how", "luck", "Choose one of these"),
        ("quorum_share", "110%", "A share from 0% to 75%"),
        ("rulebook_majority_share", "1/3", "A share from 1/2 to 9/10"),
        ("rulebook_majority_all", "1e99", "A share from 0% to 75%"),
        ("franchise_days", "-1", "A whole number from 0 to 180"),
        ("term_months", "", "A whole number from 1 to 36"),
    ],
)
def test_a_setting_out_of_bounds_names_its_field_and_its_bounds(beginning, client, field, value, words):
    beginning.up_to("rules")
    answer = beginning.post("rules", **{**RULES, "debate_days": "21", field: value})
    assert answer.status_code == 400
    assert words in text(answer)
    assert f'href="#id_{field}' in text(answer)
    if field != "debate_days":
        assert 'value="21"' in text(client.get("/begin/rules/"))


def test_a_quorum_of_those_who_take_part_is_chosen_knowingly_or_not_at_all(beginning):
    beginning.up_to("rules")
    answer = beginning.post("rules", **{**RULES, "quorum_how": "participating"})
    assert "Tick this, or choose “say yes”." in text(answer)
    knowing = {"quorum_how": "participating", "quorum_knowing": "on"}
    assert beginning.post("rules", **{**RULES, **knowing}).url == "/begin/founders/"


def test_the_articles_read_as_they_were_set(beginning, client):
    beginning.up_to("rules")
    answer = beginning.post("rules", **{**RULES, "debate_days": "21", "read": "1"})
    assert answer.url == "/begin/rules/?read=1#settings"
    shown = client.get(answer.url)
    assert "A motion is debated for 21 days." in text(shown)
    assert "<details open>" in shown.content.decode()


def test_each_kind_keeps_its_own_rules(beginning, client):
    beginning.up_to("rules")
    beginning.post("rules", **{**RULES, "debate_days": "21"})
    beginning.post("kind", **{**KIND, "kind": "club"})
    assert "We talk for 5 days before we vote." in text(client.get("/begin/rules/"))
    beginning.post("kind", **KIND)
    assert "A motion is debated for 21 days." in text(client.get("/begin/rules/"))


def test_back_keeps_what_was_typed_even_half_done(beginning, client):
    beginning.up_to("founders")
    assert beginning.post("founders", rows="3", name0="Ada", mail1="half@", back="1").url == "/begin/rules/"
    kept = text(client.get("/begin/founders/"))
    assert 'value="Ada"' in kept
    assert 'value="half@"' in kept


def test_who_skips_a_page_is_led_to_it(beginning, client):
    beginning.up_to("rules")
    assert client.get("/begin/look/").url == "/begin/rules/"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({}, "Somebody has to found it"),
        ({"name1": "Bo"}, "The first row is you"),
        ({"name0": "x" * 301}, "has 301 characters and 300 fit"),
        ({"name0": BIDI}, "characters that cannot be seen"),
        ({"name0": "Ada", "mail0": "ada"}, "has no @"),
        ({"name0": "Ada", "mail1": "bo@example.org"}, "a mail address here and no name"),
        ({"name0": "Ada", "name1": "Ada"}, "The same name and address stand in an earlier row"),
    ],
)
def test_a_founder_who_cannot_be_is_told_at_the_row(beginning, rows, words):
    beginning.up_to("founders")
    answer = beginning.post("founders", rows="3", **rows)
    assert answer.status_code == 400
    assert words in text(answer)


def test_rows_grow_to_ten_and_no_further(beginning, client):
    beginning.up_to("founders")
    for rows in range(3, 11):
        beginning.post("founders", rows=str(rows), name0="Ada", more="1")
    page = text(client.get("/begin/founders/"))
    assert 'name="name9"' in page
    assert 'name="name10"' not in page
    assert "One more row" not in page
    assert 'value="Ada"' in page


@pytest.mark.parametrize("name", [LONG, "🙂🙃", "Nuñez y Ümit", "محمد"])
def test_founders_are_called_as_they_are_called(beginning, client, name):
    beginning.up_to("founders")
    assert beginning.post("founders", rows="3", name0=name).url == "/begin/offices/"
    assert name in text(client.get("/begin/offices/"))


def test_no_office_is_ticked_before_somebody_does_and_each_says_what_it_may(beginning, client):
    beginning.up_to("offices")
    page = text(client.get("/begin/offices/"))
    assert "checked" not in page
    assert page.count("Whoever holds it may ") == 3
    assert "It has no power of its own." in page
    assert "see the roll of members" in page


def test_a_founder_alone_gets_no_office_without_choosing_it(beginning, client):
    beginning.up_to("founders")
    beginning.post("founders", rows="3", name0="Ada")
    assert "checked" not in text(client.get("/begin/offices/"))
    answer = beginning.post("offices", **{"office-secretary": ["0"]})
    assert answer.status_code == 400
    assert text(answer).count('class="errorlist"') == 3
    assert "Say who holds it, or choose “nobody yet”." in text(answer)
    nobody = {f"office-{key}": ["nobody"] for key in ("chair", "treasurer", "administrator")}
    assert beginning.post("offices", **nobody, **{"office-secretary": ["0"]}).url == "/begin/look/"
    client.get("/begin/look/")
    assert beginning.post("look", press=beginning.press()).status_code == 302
    polity = beginning.door.polity()
    assert [office.key for office in polity.offices.values() if office.holders] == ["secretary"]


def test_an_office_is_held_by_somebody_or_by_nobody_yet(beginning):
    beginning.up_to("offices")
    answer = beginning.post("offices", **{**OFFICES, "office-chair": ["0", "nobody"]})
    assert "Chair</a>: Somebody holds it, or nobody yet." in text(answer)
    assert "Chair: Somebody" not in text(answer)


def test_a_page_says_which_of_its_values_is_still_to_be_chosen(beginning, client):
    beginning.type_code()
    beginning.post("kind", **{**KIND, "kind": "co-operative"})
    assert "Good values stand here already, but for one box that you tick, or do not" in " ".join(
        text(client.get("/begin/rules/")).split()
    )
    beginning.post("kind", **{**KIND, "kind": "club"})
    assert "Good values stand here already. Change" in " ".join(text(client.get("/begin/rules/")).split())


def test_more_people_than_seats_are_refused(beginning):
    beginning.up_to("offices")
    answer = beginning.post("offices", **{**OFFICES, "office-chair": ["0", "1"]})
    assert answer.status_code == 400
    assert "Chair</a>: There is 1 seat, and you chose 2 people. Choose fewer." in text(answer)


def test_nobody_but_a_founder_gets_an_office(beginning):
    beginning.up_to("offices")
    assert "Choose among the founders" in text(beginning.post("offices", **{**OFFICES, "office-chair": ["7"]}))


def test_a_founder_taken_out_later_is_asked_about_again(beginning, client):
    beginning.up_to("look")
    beginning.post("founders", rows="3", name0="Ada")
    assert client.get("/begin/look/").url == "/begin/offices/"


def test_the_last_look_says_what_one_may_want_to_know(beginning, client):
    beginning.up_to("look")
    beginning.post("founders", **{**FOUNDERS, "mail1": "ADA@example.org"})
    beginning.post("offices", **{**OFFICES, "office-secretary": ["nobody"], "office-administrator": ["nobody"]})
    page = text(client.get("/begin/look/"))
    assert "Ada One and Bo Two share one mail address" in page
    assert "Nobody holds an office that can admit members" in page
    assert "nobody yet" in page
    assert "Europe/Berlin" in page


def test_the_last_look_shows_the_rules_that_were_changed_and_no_others(beginning, client):
    beginning.up_to("look")
    assert "As this kind has them; you changed none." in text(client.get("/begin/look/"))
    beginning.post("rules", **{**RULES, "debate_days": "21"})
    page = text(client.get("/begin/look/")).partition("The whole rulebook")[0]
    assert "A motion is debated for 21 days." in page
    assert "A vote is open for" not in page


def test_no_page_says_a_word_that_we_do_not_use(beginning, client):
    beginning.up_to("look")
    for page in ("", "kind/", "rules/", "founders/", "offices/", "look/"):
        words = text(client.get(f"/begin/{page}")).lower()
        assert not any(f" {word}" in words for word in ("submit", "invalid", "user", "item"))


@pytest.mark.parametrize("page", ["kind", "rules", "founders", "offices"])
def test_a_place_on_a_page_does_not_stick_to_the_pages_after_it(beginning, client, page):
    """A form that names no address is sent to the one with the place in it, and a redirect keeps that."""
    beginning.up_to(page)
    assert f'<form method="post" action="/begin/{page}/"' in text(client.get(f"/begin/{page}/"))


@pytest.mark.parametrize(("typed", "said"), [("London", "London time"), ("uk", "London time"), ("Cuba", "Havana time")])
def test_the_zone_is_found_by_a_city_or_a_country(beginning, client, typed, said):
    beginning.up_to("look")
    assert beginning.post("kind", **{**KIND, "zone": typed}).url == "/begin/rules/"
    assert said in text(client.get("/begin/look/"))


def test_a_country_with_several_times_is_answered_with_its_cities(beginning):
    beginning.type_code()
    answer = beginning.post("kind", **{**KIND, "zone": "Spain"})
    assert answer.status_code == 400
    assert "“Spain” has several times. Type the city nearest to you: Madrid, Ceuta, Canary." in text(answer)


def test_what_was_typed_when_the_visit_was_over_is_shown(beginning, client):
    answer = beginning.post("kind", name="नगर संघ", kind="club")
    assert answer.status_code == 403
    assert "नगर संघ" in text(answer)
    assert 'href="/begin/"' in text(answer)
