"""First steps know what is done, and stand on Home until all are, or are put away."""

import pytest

from frombelow.polity.kernel.act import SERVER
from frombelow.polity.server.acts import Backup
from frombelow_site.beginning.models import MailTest
from frombelow_site.decide import actions as decide
from frombelow_site.door import perform

ROLL, MAIL, BACKUP, MOTION, SECOND = (
    "Bring in your members", "Set up the mail, and test it", "Make a backup, and keep it elsewhere",
    "Move the first motion", "See that a second person holds each power",
)  # fmt: skip


def home(site, person):
    return site.browser(person).get("/").content.decode()


def test_who_founded_it_is_not_told_to_rest_at_once(site):
    page = home(site, site.dee)
    assert "<h1>First steps</h1>" in page
    assert "Nothing needs you. Rest." not in page
    assert "Nothing needs you. Rest." in home(site, site.bo)  # who holds no office


def test_each_officer_sees_the_steps_that_their_powers_allow(site):
    assert [each for each in (ROLL, MAIL, BACKUP, MOTION, SECOND) if each in home(site, site.dee)] == [
        MAIL, BACKUP, MOTION, SECOND
    ]  # fmt: skip
    assert ROLL in home(site, site.eve)
    assert MAIL not in home(site, site.eve)


@pytest.mark.parametrize("step", [ROLL, MAIL, BACKUP, MOTION])
def test_what_is_done_is_said_to_be_and_leads_nowhere(site, step):
    person = site.eve if step == ROLL else site.dee
    assert f"{step}: done" not in home(site, person)
    match step:
        case "Bring in your members":
            site.admit(1)
        case "Set up the mail, and test it":
            MailTest.objects.create(pk=1, at=site.at)
        case "Make a backup, and keep it elsewhere":
            perform(Backup(by=SERVER, size=1))
        case _:
            site.move()
    page = home(site, person)
    assert f"{step}: done" in page
    assert f">{step}</a>" not in page


def test_a_power_that_one_person_alone_holds_is_named(site):
    assert "One person alone can: " in home(site, site.ada)
    assert "let motions go on, or rule them out by an article" not in home(site, site.bo)


def test_they_are_put_away_by_a_button_and_stay_away(site):
    dee = site.browser(site.dee)
    assert "Put these first steps away" in dee.get("/").content.decode()
    assert dee.post("/first-steps/away/").url == "/"
    assert "First steps" not in dee.get("/").content.decode()
    assert "Nothing needs you. Rest." in dee.get("/").content.decode()
    assert "First steps" in home(site, site.ada)


def test_a_new_member_reads_three_lines_until_they_act_or_a_month_is_over(site):
    site.admit(1)
    new = site.people[-1]
    page = home(site, new)
    for line in ("Read what is being decided", "Say how you can be reached", "Know who to ask: "):
        assert line in page
    site.wait(31)
    assert "Know who to ask" not in home(site, new)


def test_a_new_member_who_acts_reads_them_no_more(site):
    site.admit(30)
    new = site.people[-1]
    decide.second(new, site.move())
    assert "Know who to ask" not in home(site, new)


def test_the_tester_of_mail_marks_only_a_test_that_went_well(site, monkeypatch, settings):
    from frombelow_site.beginning import smtp

    settings.EMAIL_BACKEND = smtp.SMTP
    for well in (False, True):
        monkeypatch.setattr(smtp, "converse", lambda found, to, well=well: [smtp.Step(well, "So.")])
        site.browser(site.dee).post("/next/mail/")
        assert MailTest.objects.exists() == well
