"""An audit of the roll on the site: moved, drawn, asked outside of it, told in words and in a picture."""

import json
import os
import re

import pytest

from frombelow.polity.draws.acts import FindAsked, LookAtAsked
from frombelow.polity.draws.auditing import tally
from frombelow.polity.draws.state import Stage
from frombelow.polity.kernel.act import kind_of
from frombelow_site.door.models import Entry
from frombelow_site.mail.models import Letter, Round
from frombelow_site.people.models import Card
from frombelow_site.subject import needs
from tests import ready
from tests.site_keys import first_key
from tests.site_mail import delivered

from .test_pages import Draw, text


@pytest.fixture
def audit(site):
    """An audit of eight out of twelve with keys, in which three ask."""
    site.admit(20)
    keys = {person: first_key(site, person) for person in site.people[:12]}
    asking = held(site, keys, purpose="askers", task="ask in the audit", size=3)
    for _ in range(24):
        if asking.held.asked:
            person = asking.row_of(min(asking.held.asked))
            asking.press("accept" if person in keys else "decline", person)
    assert not asking.held.asked
    asked = held(site, keys, purpose="audit", task="the audit of spring", size=8, reserves=0)
    asked.askers = [asking.held.accepted[row] for row in sorted(asking.held.accepted)]
    return asked


class Lot(Draw):
    def row_of(self, row):
        """Who stands in this row."""
        return self.site.polity.people[type(self).places(self.name).get(number=row).person].id

    @staticmethod
    def places(name):
        from frombelow_site.draws.models import Place

        return Place.objects.filter(draw=name, draft=False)

    def ask(self, by):
        return self.site.browser(by).get(f"/draws/{self.name}/ask/")

    def find(self, by, row, found="true"):
        return self.press("found", by, row=str(row), found=found)

    def others(self, by):
        """The rows that were drawn and are not this one's."""
        return [row for row in self.held.drawn if self.row_of(row) != by]


def held(site, keys, **said):
    found = Lot(site, more=0, **said)
    found.keys = dict(keys)
    found.drawn()
    assert found.held.stage is Stage.DRAWN
    return found


def test_an_audit_draws_out_of_all_who_hold_a_key_and_leaves_nobody_out(site):
    site.admit(20)
    keys = {person: first_key(site, person) for person in site.people[:12]}
    found = Lot(site, more=0, purpose="audit", task="the audit of spring", size=8, reserves=0)
    found.keys = dict(keys)
    said = text(site.browser(site.ada).get(f"/draws/{found.name}/pool/"))
    assert "nobody is left out" in said
    assert "Leave out whoever holds an office" not in said
    assert "12 members can be drawn" in text(found.draw_up(leave_out="on", reason="They hold an office", article="4.1"))
    found.press("specify", site.ada)
    assert (found.held.specified.people, found.held.specified.excluded) == (12, ())


def test_who_was_drawn_hears_that_they_will_be_asked_and_by_whom(audit):
    site = audit.site
    assert Round.objects.filter(kind="asked").count() == 8
    assert not Round.objects.filter(kind="drawn", facts__contains=audit.name).exists()
    person = audit.row_of(audit.held.drawn[0])
    said = audit.page(person)
    assert "You were drawn to be asked" in said
    assert "They never ask for the words of your card" in said
    assert "Accept the seat" not in said
    for who in audit.askers:
        assert Card.objects.get(pk=who).name in said
    delivered()
    [letter] = Letter.objects.filter(kind="asked", person=person)
    body = " ".join(letter.text.body.split())
    assert f"Who asks: {', '.join(Card.objects.get(pk=who).name for who in audit.askers)}." in body
    assert "They never ask for the words of your card" in body
    other = next(each for each in site.people if each not in map(audit.row_of, audit.held.drawn))
    assert "You were drawn to be asked" not in audit.page(other)


def test_whoever_asks_sees_names_and_how_to_reach_them_and_that_they_did_is_an_entry(audit):
    site, by = audit.site, audit.askers[0]
    looks = Entry.objects.filter(kind=kind_of(LookAtAsked), about=audit.name)
    said = text(audit.ask(by))
    assert looks.count() == 1
    for row in audit.others(by):
        card = Card.objects.get(pk=audit.row_of(row))
        assert card.name in said
        assert f"mailto:{card.mail.replace('@', '%40')}" in said or f"mailto:{card.mail}" in said
    assert "Key: " in said
    assert not re.search(rf"{Card.objects.get(pk=by).name}\b", said)
    audit.ask(by)
    assert looks.count() == 1
    site.at += 3601
    audit.ask(by)
    assert looks.count() == 2
    asked = audit.row_of(audit.others(by)[0])
    assert f"Who was shown your name and how to reach you: {Card.objects.get(pk=by).name}" in audit.page(asked)


def test_nobody_else_sees_who_was_drawn(audit):
    others = [each for each in (audit.site.ada, audit.site.eve, *audit.site.people) if each not in audit.askers]
    for person in others[:4]:
        assert audit.ask(person).status_code == 404
    assert not Entry.objects.filter(kind=kind_of(LookAtAsked)).exists()
    drawn = {Card.objects.get(pk=audit.row_of(row)).name for row in audit.held.drawn}
    shown = audit.page(audit.site.eve)
    named = {Card.objects.get(pk=who).name for who in (*audit.askers, *audit.held.specified.witnesses)}
    assert drawn - named
    assert not any(re.search(rf"{name}\b", shown) for name in drawn - named)


def test_what_was_found_is_sealed_by_one_press_and_stands_in_the_figures(audit):
    first, second = audit.askers[:2]
    row = next(row for row in audit.others(first) if row in audit.others(second))
    assert "0 of 8 asked so far; none false." in audit.page()
    said = text(audit.find(first, row))
    assert "What you found stands in the record." in said
    assert "1 of 8 asked so far; none false." in audit.page()
    assert Entry.objects.filter(kind=kind_of(FindAsked)).count() == 1
    audit.find(second, row, "false")
    assert tally(audit.held) == (0, 1, 7)
    shown = audit.page()
    assert "1 of 8 asked so far; 1 false." in shown
    assert 'aria-label="True: 0; False: 1; Not asked yet: 7"' in shown
    assert "1 of 8" in shown


def test_whoever_asks_has_no_button_for_themselves_and_none_a_second_time(audit):
    by = audit.askers[0]
    own = audit.row(by).number
    rows = audit.others(by)
    audit.find(by, rows[0])
    offered = set(re.findall('name="row" value="([0-9]+)"', audit.ask(by).content.decode()))
    assert offered == {str(row) for row in rows[1:]} - {str(own)}


def test_a_row_or_a_word_that_there_is_not_stores_nothing(audit):
    by, before = audit.askers[0], Entry.objects.count()
    browser = audit.site.browser(by)
    for said in ({"row": "x", "found": "true"}, {"row": "1", "found": "maybe"}, {"found": "true"}, {"row": "9" * 9}):
        assert browser.post(f"/draws/{audit.name}/found/", said).status_code == 404
    own = audit.row(by).number
    if own in audit.held.drawn:
        assert "nobody says of themselves" in text(
            browser.post(f"/draws/{audit.name}/found/", {"row": own, "found": "true"})
        )
    free = next(row for row in range(12) if row not in audit.held.drawn and row != own)
    answer = browser.post(f"/draws/{audit.name}/found/", {"row": str(free), "found": "true"})
    assert "this row was not drawn to be asked" in text(answer)
    assert Entry.objects.count() == before


def test_home_asks_whoever_asks_until_they_said_of_each(audit):
    site, by = audit.site, audit.askers[0]

    def verbs():
        return [need.verb for need in needs(site.polity, site.polity.people[by], site.at)]

    assert "Ask those who were drawn:" in verbs()
    for row in audit.others(by):
        audit.find(by, row)
    assert "Ask those who were drawn:" not in verbs()


def test_after_the_last_day_the_page_says_what_it_means_for_the_rest(audit):
    by = audit.askers[0]
    rows = audit.others(by)
    for row in rows[:5]:
        audit.find(by, row)
    audit.find(by, rows[5], "false")
    audit.site.wait(201)
    over = audit.held.audited
    assert (over.true, over.false, over.unreached) == (5, 1, 2)
    said = audit.page()
    assert "Of 8 who were drawn, 5 true, 1 false, 2 not reached: these count as false." in said
    assert f"So at most {over.most} of 12 members with keys" in said
    assert audit.ask(by).status_code == 404


def test_what_an_audit_would_say_is_said_beforehand(audit):
    said = audit.page()
    assert "If the others are all true, at most" in said
    assert "of 12 members with keys" in said


def test_an_audit_is_moved_with_as_many_as_it_takes(site):
    site.admit(20)
    for person in site.people[:12]:
        first_key(site, person)
    browser = site.browser(site.bo)
    page = browser.get("/decide/move/?effect=draw&purpose=audit")
    assert "12 members hold a key. Ask 12 of them: if none is false, fewer than 5 % of all are." in text(page)
    fields = {
        "purpose": "audit", "task": "An audit of the roll", "size": 12, "reserves": 2, "chance": "dice",
        "until": "2027-01-01", "title": "Do we exist?", "body": "Let chance ask.", "branch": site.polity.root,
        "draft": page.context["draft"],
    }  # fmt: skip
    answer = browser.post("/decide/move/?effect=draw&purpose=audit", fields)
    assert "In an audit nobody is in reserve. Write 0." in text(answer)
    fields["reserves"] = 0
    answer = browser.post(
        "/decide/move/?effect=draw&purpose=audit&by-years=1", fields | {"quota-0-least": 0, "quota-0-most": 12}
    )
    assert "An audit gives everybody the same chance. Show no groups." in text(answer)
    answer = browser.post("/decide/move/?effect=draw&purpose=audit", fields, follow=True)
    assert "Draw by lot: An audit of the roll" in text(answer)
    [effect] = list(site.polity.motions.values())[-1].effects
    assert (effect.purpose, effect.size, effect.reserves, effect.quotas) == ("audit", 12, 0, ())


def test_an_audit_that_nobody_asks_in_leads_to_drawing_who_asks(site):
    site.admit(20)
    keys = {person: first_key(site, person) for person in site.people[:12]}
    found = held(site, keys, purpose="audit", task="the audit of spring", size=8, reserves=0)
    assert found.held.stage is Stage.DRAWN
    assert "effect=draw&amp;purpose=askers" in found.page()


def test_the_file_of_an_audit_is_what_the_command_checks(audit, tmp_path):
    file = tmp_path / "draw.json"
    file.write_bytes(audit.site.browser(audit.site.bo).get(f"/draws/{audit.name}/draw.json").content)
    done = ready.run("-m", "frombelow", "lots", "verify", str(file), "--json", env=os.environ)
    assert json.loads(done.stdout)["panel"] == list(audit.held.seats.panel)
