"""What is sealed is what the page shows: a server that answers a form with another act gets no seal for it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from .conftest import MEMBERS, a_union, asked, sign_in_by_mail

pytestmark = pytest.mark.browser
DIFFERS = "what the server would enter is not what this page shows"
SOMEBODY = "a" * 26


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with a_union(tmp_path_factory.mktemp("shown") / "data", MEMBERS[:9]) as started:
        yield started


@pytest.fixture(scope="module")
def page(chromium, server):
    """The secretary, whose browser has a key."""
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    sign_in_by_mail(page, server, MEMBERS[1], "has")
    page.set_default_timeout(15_000)
    yield page
    context.close()


def opened(page, address):
    """The page is there, and its scripts."""
    page.goto(address, wait_until="networkidle")


def words(page, title):
    page.get_by_label("In one line").fill(title)
    page.get_by_label("The motion and its reasons").fill("Because of what happened.")


def moves(effect, title, **fields):
    def fill(page, server):
        opened(page, f"{server.address}/decide/move/?effect={effect}")
        for label, value in fields.items():
            page.get_by_label(label.replace("_", " "), exact=True).fill(value)
        words(page, title)
        return page.get_by_role("button", name="Move this motion")

    return fill


def names(effect, title):
    """A motion about a person, who is chosen before anything is sealed."""

    def fill(page, server):
        opened(page, f"{server.address}/decide/move/?effect={effect}")
        page.get_by_label("The person’s name").fill(MEMBERS[5])
        words(page, title)
        page.get_by_role("button", name="Move this motion").click()
        page.get_by_role("radio").check()
        return page.get_by_role("button", name="Move this motion")

    return fill


def steps_back(page, server):
    opened(page, server.address + "/people/me/step-back/")
    page.get_by_role("textbox", name="Until the end of").fill(str(datetime.now(UTC).date() + timedelta(days=40)))
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Step back").click()  # which says what follows for the others
    page.get_by_label("Yes, I know what follows").check()
    return page.get_by_role("button", name="Step back")


def steps_back_without_an_end(page, server):
    opened(page, server.address + "/people/me/step-back/")
    return page.get_by_role("button", name="Step back")


def effect(**other):
    return lambda acts: acts[0]["effects"][0].update(other)


def drop_effects(acts):
    acts[0]["effects"] = []


def twice(acts):
    acts[0]["effects"].append({"do": "expel", "person": SOMEBODY})


def until(days):
    def lie(acts):
        (act,) = (act for act in acts if act["kind"] == "member.step-back")
        if days:
            act["until"] += days
        else:
            del act["until"]

    return lie


def admits(page, server):
    opened(page, server.address + "/people/roll/admit/")
    page.get_by_label("Name", exact=True).fill("Zoe Zander")
    page.get_by_label("Mail address").fill("zoe@example.org")
    return page.get_by_role("button", name="Admit")


def prints_a_code(page, server):
    opened(page, server.address + "/people/roll/")
    return page.get_by_role("button", name="Print a sign-in code").first


def makes_sheets(page, server):
    opened(page, server.address + "/people/roll/")
    return page.get_by_role("button", name="Make the sheets")


def exports(page, server):
    opened(page, server.address + "/people/roll/")
    return page.get_by_role("button", name="Make the list")


FORMS = {
    "office": moves("office", "A gardener", Name_of_the_office="Gardener", Seats="2"),
    "branch": moves("branch", "The harbour", Name_of_the_branch="Harbour"),
    "expel": names("expel", "He has to go"),
    "grant": names("grant", "She can do it"),
    "say": moves("", "We say so"),
    "step back without an end": steps_back_without_an_end,
    "admit": admits,
    "code": prints_a_code,
    "sheets": makes_sheets,
    "export": exports,
    "step back": steps_back,
}


def exchanged(acts):
    acts[0]["effects"][0]["seats"], acts[0]["effects"][0]["term_months"] = 12, 2


def phantom(acts):
    acts[0]["people"].append([SOMEBODY, acts[0]["people"][0][1]])


def first(**other):
    return lambda acts: acts[0].update(other)


LIES = {
    "a word of the reasons as a title": ("office", effect(title="Because")),
    "a branch called by a word of the reasons": ("branch", effect(name="happened.")),
    "figures exchanged": ("office", exchanged),
    "the same twice": ("office", lambda acts: acts.append(acts[0])),
    "a second motion": ("office", lambda acts: acts.append({**acts[0], "effects": []})),
    "somebody more": ("admit", phantom),
    "one of the same name": ("admit", lambda acts: acts[0]["people"].append(acts[0]["people"][0])),
    "a code for longer": ("code", lambda acts: acts[0].update(until=acts[0]["until"] + 1)),
    "a code without an end": ("code", lambda acts: acts[0].pop("until")),
    "a code for another": ("code", first(person=SOMEBODY)),
    "a sheet for another": ("sheets", first(person=SOMEBODY)),
    "another’s list": ("export", first(branch=SOMEBODY)),
    "more seats": ("office", effect(seats=9)),
    "a longer term": ("office", effect(term_months=36)),
    "another power": ("office", effect(powers=["admit-members"])),
    "another title": ("office", effect(title="Chair")),
    "no effect": ("office", drop_effects),
    "a second effect": ("office", twice),
    "another kind of effect": ("office", effect(do="dissolve")),
    "another branch’s name": ("branch", effect(name="North")),
    "somebody else expelled": ("expel", effect(person=SOMEBODY)),
    "an expulsion that grants": ("expel", effect(do="grant-mandate")),
    "somebody else in office": ("grant", effect(person=SOMEBODY)),
    "another office": ("grant", effect(office=SOMEBODY)),
    "an effect where none was": ("say", twice),
    "other words": ("say", lambda acts: acts[0].update(text="A" * 43)),
    "another motion": ("say", lambda acts: acts[0].update(motion=SOMEBODY)),
    "a copy of a motion": ("say", lambda acts: acts[0].update(again=SOMEBODY)),
    "a mandate that is not theirs": ("say", lambda acts: acts[0].update(under=SOMEBODY)),
    "a day that nobody chose": ("step back without an end", lambda acts: acts[0].update(until=800_000)),
    "a mandate given back unasked": (
        "step back without an end",
        lambda acts: acts.append({"kind": "office.resign", "by": acts[0]["by"], "mandate": "b" * 26}),
    ),
    "a later day": ("step back", until(400)),
    "no day": ("step back", until(0)),
    "no mandate given back": ("step back", lambda acts: acts.__delitem__(slice(0, len(acts) - 1))),
    "a second act": ("step back", lambda acts: acts.append({"kind": "office.resign", "by": SOMEBODY, "mandate": "b"})),
}


KINDS = {
    "step back": "member.step-back", "admit": "member.admit", "code": "access.issue-code", "sheets": "access.issue-code",
    "export": "roll.export",
}  # fmt: skip


def lying(page, lie):
    """From now on the server answers with other acts, if there is a lie."""

    def swap(route):
        answer = route.fetch()
        if "x-prepare" not in route.request.headers:
            return route.fulfill(response=answer)
        acts = [json.loads(act) for act in answer.json()["acts"]]
        if acts:
            lie(acts)
        said = [json.dumps(act, separators=(",", ":"), ensure_ascii=False) for act in acts]
        return route.fulfill(response=answer, json={"acts": said})

    page.route("**/*", swap)


def entries(server):
    return asked(server, "SELECT count(*) FROM door_entry")[0][0]


@pytest.mark.parametrize("what", LIES)
def test_no_seal_is_given_for_what_the_page_does_not_show(page, server, what):
    form, lie = LIES[what]
    button = FORMS[form](page, server)
    before = entries(server)
    lying(page, lie)
    try:
        button.click()
        page.get_by_role("alert").get_by_text(DIFFERS).wait_for()
    finally:
        page.unroute_all()
    assert entries(server) == before


NUMBERS = {
    "before one that was sealed here": lambda n: [n[0] - 2],
    "none": lambda n: [None],
    "more than there are acts": lambda n: [n[0], n[0] + 2],
}


@pytest.mark.parametrize("what", NUMBERS)
def test_a_key_s_seals_go_on_one_after_the_other(page, server, what):
    """Else the server could keep one, and enter it after what its owner sealed later."""
    prints_a_code(page, server).click()
    page.wait_for_url("**/print-code/")
    button = prints_a_code(page, server)
    before = entries(server)

    def swap(route):
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "n": NUMBERS[what](answer.json()["n"])})

    page.route("**/keys/next/", swap)
    try:
        button.click()
        page.get_by_role("alert").get_by_text("the server did not say what comes next for your key").wait_for()
    finally:
        page.unroute_all()
    assert entries(server) == before


def moves_days_of_a_new_member(page, server, days):
    opened(page, server.address + "/decide/move/?effect=rules&article=5.2")
    page.locator("form[data-seals] input[type=number]").first.fill(days)
    words(page, "Longer")
    page.get_by_role("button", name="Move this motion").click()


def days_of_a_new_member(page, server, days):
    moves_days_of_a_new_member(page, server, days)
    window = page.get_by_role("dialog")
    window.get_by_text("So it will stand in the record").wait_for()
    return window


def test_a_rule_that_is_put_together_is_read_before_it_is_sealed(page, server):
    before = entries(server)
    window = days_of_a_new_member(page, server, "19")
    after = window.locator("[data-after]").inner_text()
    assert "19 days" in after
    assert window.locator("[data-before]").inner_text() == after.replace("19", "30")
    assert window.get_by_role("heading", name="5.2").is_visible()
    assert window.get_by_text("30 before, 19 after").is_visible()
    assert window.get_by_text("Not all of it could be put into words here.").is_hidden()
    assert not window.locator("pre").is_visible()
    window.get_by_text("As it is spelled", exact=True).click()
    assert "19" in window.locator("pre").inner_text()
    window.get_by_role("button", name="Back").click()
    assert entries(server) == before
    assert page.get_by_role("alert").count() == 0
    page.get_by_role("button", name="Move this motion").click()
    window.get_by_role("button", name="Seal it").click()
    page.wait_for_url("**/decide/*/")
    rows = asked(server, 'SELECT CAST(data AS TEXT) FROM door_entry ORDER BY "index"')
    entry = json.loads(rows[-1][0])
    assert "19" in entry["act"]["effects"][0]["articles"]
    assert "seal" in entry
    assert page.get_by_role("main").get_by_text(after).count() == 1  # the motion's page says it as the window did


RULES = {
    "more of the article": (lambda text: text + 'title = "So"\n', "What the article is called"),
    "another figure": (lambda text: text.replace("20", "120"), "30 before, 120 after"),
    "an article that nobody touched": (lambda text: text + '\n[[article]]\nnumber = "4.2"\ntitle = "So"\n', "4.2 So"),
    "another spelling": (
        lambda text: text.replace("= 20", "= 20 # days"),
        "Not all of it could be put into words here.",
    ),
    "a topic": (lambda text: text + "topics = []\n", "Not all of it could be put into words here."),
}


@pytest.mark.parametrize("what", RULES)
def test_whatever_the_server_would_enter_as_a_rule_is_what_the_window_shows(page, server, what):
    other, said = RULES[what]
    before = entries(server)

    def lie(acts):
        for act in acts:
            act["effects"][0]["articles"] = other(act["effects"][0]["articles"])

    lying(page, lie)
    try:
        window = days_of_a_new_member(page, server, "20")
        window.get_by_text(said).wait_for()
        assert window.locator("pre").is_visible() is ("Not all" in said)
        window.get_by_role("button", name="Back").click()
    finally:
        page.unroute_all()
    assert entries(server) == before


def test_no_article_is_struck_out_by_a_form_that_strikes_none_out(page, server):
    before = entries(server)
    lying(page, lambda acts: [act["effects"][0].update(repeal=["4.2"]) for act in acts])
    try:
        moves_days_of_a_new_member(page, server, "20")
        page.get_by_role("alert").get_by_text(DIFFERS).wait_for()
    finally:
        page.unroute_all()
    assert entries(server) == before


def test_the_sentence_beside_the_button_names_the_day(page, server):
    opened(page, server.address + "/people/me/step-back/")
    page.get_by_role("textbox", name="Until the end of").fill("2027-01-31")
    page.get_by_text("“stepped back until 31 January 2027.”").wait_for()
    page.get_by_role("textbox", name="Until the end of").fill("")
    page.get_by_text("“stepped back.”").wait_for()


@pytest.mark.parametrize(
    "form", [form for form in FORMS if form not in ("branch", "step back without an end")]
)  # a member moves five things a day
def test_what_the_page_shows_is_sealed(page, server, form):
    button = FORMS[form](page, server)
    before = entries(server)
    with page.expect_navigation(wait_until="networkidle"):
        button.click()
    assert entries(server) > before
    kind = KINDS.get(form, "motion.move")
    rows = asked(server, f"SELECT CAST(data AS TEXT) FROM door_entry WHERE kind = '{kind}' ORDER BY \"index\"")
    assert "seal" in json.loads(rows[-1][0])
