"""Who holds which power, by which decision, and how any of it is recalled."""

import pytest
from django.utils.translation import gettext as translated
from django.utils.translation import override

from frombelow.polity import Refused, Stage
from frombelow.polity.kernel.commitments import commit
from frombelow.polity.rulebook.parameters import POWERS
from frombelow.polity.server.state import Server
from frombelow.record import Cosigner
from frombelow_site.answerability import queries
from frombelow_site.answerability.models import Mandate, Office
from frombelow_site.decide import actions as decide
from frombelow_site.door import cosigned, perform
from frombelow_site.people.queries import names
from frombelow_site.ui.refusals import sentence
from tests import acts as a
from tests.cast import Organization
from tests.polity.resting import PLAIN, keyed, recall_voting, resting


def text(response):
    return response.content.decode()


def test_offices_are_shown_with_powers_holder_and_source(site):
    page = text(site.browser(site.bo).get("/answerability/"))
    assert "Chair" in page
    assert "Ada One" in page
    assert "let motions go on, or rule them out by an article" in page
    assert "by the founding" in page


def test_a_mandate_names_the_decision_that_granted_it(site):
    office = site.office("treasurer")
    for mandate in list(office.holders):
        from frombelow_site.answerability.actions import resign

        resign(mandate.person, mandate.id)
    motion = site.voting(a.GrantMandate(office.id, site.bo), title="Bo for treasurer")
    for person in (site.ada, site.eve, site.dee):
        decide.vote(person, motion, "yes")
    site.wait(8)
    mandate = site.office("treasurer").holders[0]
    page = text(site.browser(site.eve).get(f"/answerability/mandates/{mandate.id}/"))
    assert f"/decide/{motion}/" in page
    assert "by the decision “Bo Four holds the office Treasurer, for at most 12 months”" in page
    assert Mandate.objects.get(pk=mandate.id).source == motion


def test_a_recall_is_started_once_however_often_the_form_is_sent(site):
    mandate = site.holds(site.ada, "chair")
    bo = site.browser(site.bo)
    draft = bo.get(f"/answerability/mandates/{mandate.id}/recall/").context["draft"]
    form = {"title": "Recall", "body": "She met the landlord alone.", "draft": draft}
    first, second = (bo.post(f"/answerability/mandates/{mandate.id}/recall/", form) for _ in range(2))
    assert first.url == second.url
    assert len(site.polity.motions) == 1


def test_a_second_recall_of_the_same_mandate_is_refused_with_the_article(site):
    site.admit(60)
    mandate = site.holds(site.ada, "chair")
    site.petition()
    eve = site.browser(site.eve)
    draft = eve.get(f"/answerability/mandates/{mandate.id}/recall/").context["draft"]
    form = {"title": "Recall", "body": "For another reason.", "draft": draft}
    response = eve.post(f"/answerability/mandates/{mandate.id}/recall/", form)
    assert response.status_code == 409
    assert "Article 7.1" in text(response)
    assert "For another reason." in text(response)
    assert "A recall is running" in text(eve.get("/answerability/"))


def test_members_sign_a_recall(site):
    site.admit(60)
    motion = site.petition()
    site.browser(site.eve).post(f"/decide/{motion}/sign/")
    assert site.polity.motions[motion].signers == {site.bo, site.eve}
    assert site.polity.motions[motion].stage is Stage.PETITION


def test_the_holder_gives_a_mandate_back_and_nobody_else_does(site):
    mandate = site.holds(site.ada, "chair")
    assert (
        site.browser(site.bo).post(f"/answerability/mandates/{mandate.id}/give-back/", {"sure": "1"}).status_code == 403
    )
    site.browser(site.ada).post(f"/answerability/mandates/{mandate.id}/give-back/", {"known": "on", "sure": "1"})
    assert Mandate.objects.get(pk=mandate.id).how == "resigned"
    assert "It ended on" in text(site.browser(site.bo).get(f"/answerability/mandates/{mandate.id}/"))
    assert "Ada One" in text(site.browser(site.bo).get(f"/answerability/offices/{mandate.office}/"))


def test_mandates_of_who_leaves_end_in_the_table(site):
    from frombelow_site.membership.actions import leave

    mandate = site.holds(site.ada, "chair").id
    leave(site.ada)
    assert Mandate.objects.get(pk=mandate).how == "left"


def test_the_rules_are_read_by_article_with_their_figures(site):
    page = text(site.browser(site.bo).get("/answerability/rules/"))
    assert "A motion is debated for <mark>14</mark> days." in page
    assert page.count("<h2 id=") == len(site.polity.book.articles)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "rules/",
        "rules/{}/",
        "looks/",
        "server/",
        "server/witnesses/",
        "who-can-see/",
        "offices/{}/",
        "mandates/{}/",
        "mandates/{}/recall/",
    ],
)
def test_outsiders_are_sent_to_sign_in_and_unknown_ids_are_not_found(site, client, page):
    guessed = f"/answerability/{page.format(site.charlie)}"
    assert client.get(guessed).status_code == 302
    if "{}" in page:
        assert site.browser(site.bo).get(guessed).status_code == 404


@pytest.mark.parametrize("size", [4, 1204])
def test_pages_ask_the_database_little_at_any_size(site, size, django_assert_max_num_queries):
    if size > 4:
        site.admit(size - 4)
    bo = site.browser(site.bo)
    mandate = site.holds(site.ada, "chair")
    for page in (
        "",
        f"offices/{mandate.office}/",
        f"mandates/{mandate.id}/",
        "looks/",
        "server/",
        "server/witnesses/",
        "who-can-see/",
    ):
        with django_assert_max_num_queries(12):
            assert bo.get(f"/answerability/{page}").status_code == 200


def test_the_tables_are_the_same_after_a_rebuild(site):
    from frombelow_site.answerability.actions import resign
    from frombelow_site.answerability.projections import rebuild_offices

    resign(site.ada, site.holds(site.ada, "chair").id)
    before = [list(table.objects.order_by("pk").values()) for table in (Office, Mandate)]
    rebuild_offices(site.polity)
    assert [list(table.objects.order_by("pk").values()) for table in (Office, Mandate)] == before


def test_a_mandate_shows_what_was_done_under_it_and_nothing_else(site):
    motion = site.second(site.move(site.bo))
    decide.find_in_order(site.ada, motion)
    decide.move(site.ada, "a" * 26, site.polity.root, "Another", "Of her own.", ())
    page = text(site.browser(site.bo).get(f"/answerability/mandates/{site.holds(site.ada, 'chair').id}/"))
    assert "Ada One let a motion go on." in page
    assert "Ada One moved a motion." not in page
    office = text(site.browser(site.bo).get(f"/answerability/offices/{site.office('chair').id}/"))
    assert "Ada One let a motion go on." in office


def test_a_mandate_that_was_not_used_says_so(site):
    page = text(site.browser(site.bo).get(f"/answerability/mandates/{site.holds(site.ada, 'chair').id}/"))
    assert "Nothing yet." in page


def test_server_acts_stand_on_a_page_with_who_runs_the_server(site):
    perform(a.Start(by=a.SERVER, version="1.2"))
    perform(a.Backup(by=a.SERVER, size=1))
    page = text(site.browser(site.bo).get("/answerability/server/"))
    assert "The server started (version 1.2)." in page
    assert "A backup was made of 1 entries." in page
    assert (
        next(m for m in site.polity.mandates.values() if "run-the-server" in site.polity.offices[m.office].powers).id
        in page
    )


def test_a_setting_that_an_officer_changed_is_a_server_act(site):
    mandate = next(
        m
        for held in site.polity.held.values()
        for m in held
        if "run-the-server" in site.polity.offices[m.office].powers
    )
    perform(a.Settings(by=mandate.person, under=mandate.id, name="mail", value=commit(bytes(32), "x")))
    assert "changed a setting of the server: mail." in text(site.browser(site.bo).get("/answerability/server/"))


def test_what_the_servers_officer_did_stands_in_what_was_done_to_the_server(site):
    mandate = next(m for m in site.polity.mandates.values() if "run-the-server" in site.polity.offices[m.office].powers)
    site.admit(3)
    perform(a.ConfirmTime(by=mandate.person, under=mandate.id))
    perform(a.ConfirmTime(by=a.SERVER))
    page = text(site.browser(site.bo).get("/answerability/server/"))
    assert f"{names([mandate.person])[mandate.person]} confirmed that the server’s clock is right." in page
    assert "The server confirmed that the server’s clock is right." in page


def test_what_the_server_enters_for_others_was_not_done_to_it(site):
    site.admit(3)
    site.browser(site.eve).get("/people/roll/")
    page = text(site.browser(site.bo).get("/answerability/server/"))
    assert "of a list became members" not in page
    assert "looked at the roll" not in page


@pytest.mark.parametrize("power", POWERS)
def test_a_power_that_is_lacking_is_named_in_the_readers_language(power):
    with override("es"):
        said = sentence(Refused("3.1", "no-mandate", power=POWERS[power]))
        assert POWERS[power] not in said
        assert translated(POWERS[power]) in said


def test_who_can_see_what_names_those_who_hold_the_power_now(site):
    page = site.browser(site.bo).get("/answerability/who-can-see/")
    shown = {sight.name: sight for sight in page.context["sights"]}
    holders = {mandate.person for mandate in shown["The roll"].powers[0].mandates}
    assert holders == {p for p in site.polity.people if site.polity.power(p, "see-the-roll", site.polity.root, site.at)}
    assert "The power to run the server" in text(page)


def test_who_gave_a_mandate_back_can_see_no_more(site):
    from frombelow_site.answerability.actions import resign

    for mandate in [m for held in list(site.polity.held.values()) for m in list(held)]:
        if "see-the-roll" in site.polity.offices[mandate.office].powers:
            resign(mandate.person, mandate.id)
    page = text(site.browser(site.bo).get("/answerability/who-can-see/"))
    assert "Nobody holds the power to see the roll of members" in page


def test_who_voted_is_not_said_to_be_readable_before_the_vote_has_closed(site):
    page = " ".join(text(site.browser(site.bo).get("/answerability/who-can-see/")).split())
    assert "votes once the vote has closed, until then only the voter." in page
    assert "only who voted" not in page


# --- witnesses ---

BAKERS = Cosigner.from_seed("bakers.example/w", bytes(32)).vkey
WITNESSES = "/answerability/server/witnesses/"


def test_who_runs_the_server_names_witnesses_on_a_page_and_it_stands_in_the_record(site):
    dee = site.browser(site.dee)
    sent = {"witnesses": f"{BAKERS} https://bakers.example", "enough": "1"}
    assert dee.post(WITNESSES, sent).status_code == 302
    page = text(site.browser(site.bo).get("/answerability/server/"))
    assert "Dee Three said which witnesses cosign the record: bakers.example/w." in page
    assert "has not cosigned yet." in page
    assert "before a doubt about the server’s clock ends: 1. So many of these have one: 1." in page
    assert BAKERS in text(dee.get(WITNESSES)).replace("&#x2B;", "+")
    cosigned.keep(site.polity.size, "+".join(BAKERS.split("+", 2)[:2]), site.at, "")
    for place in ("/answerability/server/", "/record/", "/record/head/"):
        assert "ast cosigned" in text(site.browser(site.bo).get(place))


@pytest.mark.parametrize(
    ("witnesses", "enough", "code", "words"),
    [
        ("nonsense", "1", 400, "Line 1 is no witness"),
        (f"{BAKERS} https://bakers.example\n{BAKERS}", "1", 400, "Line 2 is no witness"),
        ("\n".join(f"{BAKERS} https://b{n}.example" for n in range(11)), "1", 400, "At most 10 witnesses"),
        (f"{BAKERS} https://bakers.example\n" * 2, "1", 409, "a witness is named twice"),
        (f"{BAKERS[:-4]}AAA= https://bakers.example", "1", 409, "the key of witness 1 is no verifier key"),
        (f"{BAKERS} http://bakers.example", "1", 409, "witness 1 needs an address with https"),
        (f"{BAKERS} https://bakers.example", "2", 409, "at most all of them"),
        (f"{BAKERS} https://bakers.example", "", 400, "This field is required"),
    ],
)
def test_witnesses_that_cannot_be_asked_are_refused_with_a_sentence_and_what_was_written(
    site, witnesses, enough, code, words
):
    answer = site.browser(site.dee).post(WITNESSES, {"witnesses": witnesses, "enough": enough})
    assert answer.status_code == code
    assert words in text(answer)
    assert witnesses.split()[0] in text(answer).replace("&#x2B;", "+")
    assert not site.polity.part(Server).asked


def test_who_does_not_run_the_server_is_told_why_they_name_no_witnesses(site):
    bo = site.browser(site.bo)
    page = bo.get(WITNESSES)
    assert "<textarea" not in text(page)
    assert "Article" in text(page)
    assert site.polity.key.split("+")[0] in text(page)
    answer = bo.post(WITNESSES, {"witnesses": f"{BAKERS} https://bakers.example", "enough": "1"})
    assert answer.status_code == 403
    assert not site.polity.part(Server).asked


def test_a_recall_that_rests_or_is_voted_on_once_more_runs():
    org = Organization(8, book=PLAIN)
    rests, _answers = resting(org, keyed(org))
    again = Organization(8)
    missed = recall_voting(again)
    again.until(missed, Stage.ADJOURNED)
    assert org.polity.motions[rests].stage is Stage.RESTING
    for polity, motion in ((org.polity, rests), (again.polity, missed)):
        assert queries.running_recall(polity, polity.motions[motion].mandate) == motion
