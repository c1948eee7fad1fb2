"""A draw by lot on the site: moved with quotas, held by an officer, contributed to, drawn, answered, checked."""

import json
import os
from datetime import date

import pytest

from frombelow.lots.draws import read_draw
from frombelow.polity.draws.acts import HoldDraw
from frombelow.polity.draws.state import Draws, Stage
from frombelow.polity.kernel.ids import derive_id
from frombelow.polity.motions.effects import made_by
from frombelow.polity.organization.acts import FormBranch
from frombelow_site.draws.models import Place, Pool
from frombelow_site.mail.models import Round
from frombelow_site.people.models import Card
from frombelow_site.subject import forget, needs, take_out
from tests import acts as a
from tests import ready
from tests.site_keys import first_key, prepared, under
from tests.walking import content_of

DICE = "1 6 2 3 4 5 5 1 2 6 3 3 4 1 2 6"


def text(answer):
    return " ".join(content_of(answer).decode().split())


class Draw:
    """A draw on the site, and what people press in it."""

    def __init__(self, site, more=20, **said):
        self.site = site
        if more:
            site.admit(more)
        said = {"purpose": "panel", "task": "look at the heating fund", "size": 4, "reserves": 3, "chance": "dice",
                "until": site.polity.today(site.at) + 200, **said}  # fmt: skip
        motion = site.decided(18, 0, HoldDraw(**said))
        self.name = made_by(motion, 0, site.polity.motions[motion].effects[0])
        self.motion, self.keys = motion, {}

    @property
    def held(self):
        return self.site.polity.part(Draws).held[self.name]

    def page(self, by=None):
        return text(self.site.browser(by or self.site.bo).get(f"/draws/{self.name}/"))

    def press(self, what, by, **fields):
        """The button is pressed as a page with scripts does it: asked for the act, sealed, sent."""
        browser, address = self.site.browser(by), f"/draws/{self.name}/{what}/"
        sent = dict(fields)
        if by in self.keys and what not in ("pool", "go-on"):
            acts = prepared(browser, address, **fields)
            sent["sealed"] = under(self.site, self.keys[by], *acts)
        return browser.post(address, sent, follow=True)

    def key(self, person):
        self.keys[person] = first_key(self.site, person)

    def witnesses(self):
        for person in self.site.people[:3]:
            if person not in self.keys:
                self.key(person)
        return "\n".join(f"Person {n}" for n in range(3))

    def draw_up(self, **fields):
        said = {"article": "4.1", "reason": "", **fields}
        if self.held.effect.chance == "dice" and "names" not in said:
            said["names"] = self.witnesses()
        return self.press("pool", self.site.ada, **said)

    def until(self, stage):
        for _ in range(30):
            if self.held.stage is stage:
                return
            self.site.wait(1)
        raise AssertionError(self.held.stage)

    def giving(self):
        self.draw_up()
        self.press("specify", self.site.ada)
        self.until(Stage.GIVING)
        self.press("go-on", self.site.ada)
        return self

    def drawn(self):
        self.giving()
        self.until(Stage.CHANCE)
        for person in self.site.people[:3]:
            self.press("dice", person, shown=DICE)
        return self

    def row(self, person):
        return Place.objects.get(draw=self.name, person=person)

    def someone(self, rows):
        """Somebody of these rows."""
        return Place.objects.filter(draw=self.name, number__in=list(rows)).exclude(person__in=self.keys).first().person


QUOTAS = (("years", "0–1", 2, 3), ("years", "2–4", 1, 2))


@pytest.fixture
def by_years(site):
    """A draw by years of membership: every other one has been in for three years."""
    draw = Draw(site, quotas=QUOTAS)
    for n, person in enumerate(site.polity.people):
        Card.objects.filter(pk=person).update(joined=date(2023 if n % 2 else 2025, 6, 1))
    return draw


def test_the_list_names_each_draw_and_where_it_stands(site):
    draw = Draw(site)
    said = text(site.browser(site.bo).get("/draws/"))
    assert "look at the heating fund" in said
    assert "nobody said who can be drawn" in said
    assert f"/draws/{draw.name}/" in said


def test_the_motion_and_its_draw_lead_to_each_other(site):
    draw = Draw(site)
    assert f"/draws/{draw.name}/" in text(site.browser(site.bo).get(f"/decide/{draw.motion}/"))


def test_an_officer_draws_up_the_pool_and_sees_it_before_the_record_does(by_years):
    said = text(by_years.draw_up())
    assert "The pool is drawn up" in said
    assert "24 members can be drawn" in said
    assert by_years.held.stage is Stage.DECIDED
    by_years.press("specify", by_years.site.ada)
    assert by_years.held.stage is Stage.OBJECTIONS
    assert by_years.held.specified.people == 24


def test_a_group_that_the_quotas_do_not_name_stops_the_pool(site):
    draw = Draw(site, quotas=(("years", "5+", 0, 4),))
    assert "which the quotas do not name" in text(draw.draw_up())


def test_quotas_that_no_panel_keeps_are_told_with_the_smallest_way_out(by_years):
    Card.objects.update(joined=date(2025, 6, 1))
    said = text(by_years.draw_up())
    assert "The smallest way out: " in said
    assert "Only a decision changes quotas" in said


def test_whoever_holds_an_office_can_be_left_out_by_an_article(site):
    draw = Draw(site)
    said = text(draw.draw_up(leave_out="on", reason="They hold an office"))
    assert "3 left out by Article 4.1: They hold an office." in said
    draw.press("specify", site.ada)
    assert draw.held.specified.people == 21
    assert "You are left out of this draw by Article 4.1" in draw.page(site.eve)


def test_witnesses_are_three_others_with_keys(site):
    draw = Draw(site)
    assert "has no key to seal with" in text(draw.draw_up(names="Person 0\nPerson 1\nPerson 2"))
    names = draw.witnesses()
    assert "Name three people at least" in text(draw.draw_up(names="Person 0\nPerson 1\nPerson 1"))
    assert "nobody or several people are called so" in text(draw.draw_up(names=names + "\nNobody Known"))
    draw.key(site.ada)
    assert "does not witness its dice" in text(draw.draw_up(names=names + "\nAda One"))


def test_a_pool_that_is_drawn_up_anew_counts_once_it_is_said_anew(site):
    draw = Draw(site)
    draw.draw_up()
    draw.press("specify", site.ada)
    before = bytes(Place.objects.get(draw=draw.name, person=site.bo, draft=False).salt)
    said = text(draw.draw_up(names="Person 0\nPerson 1\nPerson 2", leave_out="on"))
    assert "Say this pool in the record" in said
    assert bytes(Place.objects.get(draw=draw.name, person=site.bo, draft=False).salt) == before
    draw.press("specify", site.ada)
    assert bytes(Place.objects.get(draw=draw.name, person=site.bo).salt) != before
    assert (draw.held.stage, draw.held.specified.people) == (Stage.OBJECTIONS, 21)
    assert "Say this pool in the record" not in draw.page(site.ada)


def test_nobody_but_an_officer_draws_up_a_pool(site):
    draw = Draw(site)
    assert site.browser(site.bo).get(f"/draws/{draw.name}/pool/").status_code == 404
    assert draw.press("pool", site.bo, article="4.1").status_code == 404
    assert draw.press("go-on", site.bo).status_code == 404


def test_each_member_sees_their_own_row_and_chance_and_why(by_years):
    by_years.giving()
    place = by_years.row(by_years.site.bo)
    said = by_years.page(by_years.site.bo)
    assert f"You are row {place.number}." in said
    assert "Your chance is " in said
    assert "Years of membership, " in said
    assert f"--row {place.number} --name {by_years.site.bo} --salt {bytes(place.salt).hex()}" in said


def test_a_member_objects_on_the_page(site):
    draw = Draw(site)
    draw.draw_up()
    draw.press("specify", site.ada)
    draw.press("object", site.bo, why="wrong-row")
    assert "Bo Four: what it says of them is wrong" in draw.page(site.eve)


def test_members_contribute_under_their_seal_and_not_without(by_years):
    site = by_years.site
    by_years.giving()
    by_years.key(site.bo)
    asked = [need.verb for need in needs(site.polity, site.polity.people[site.bo], site.at)]
    assert "Contribute to the draw:" in asked
    by_years.press("contribute", site.bo, value="ab" * 32)
    assert by_years.held.given[site.bo].value == "ab" * 32
    assert "1 contribution" in by_years.page()
    said = text(by_years.press("contribute", site.eve, value="cd" * 32))
    assert site.eve not in by_years.held.given
    assert "key" in said


def test_home_has_the_button(by_years):
    site = by_years.site
    by_years.giving()
    by_years.key(site.bo)
    said = text(site.browser(site.bo).get("/"))
    assert f'action="/draws/{by_years.name}/contribute/"' in said
    assert 'data-draw="bytes"' in said


def test_three_witnesses_say_what_the_dice_showed_and_the_panel_follows(by_years):
    by_years.giving()
    by_years.until(Stage.CHANCE)
    site = by_years.site
    assert "sixteen are needed" in text(by_years.press("dice", site.people[0], shown="1 2 7"))
    for person in site.people[:3]:
        by_years.press("dice", person, shown=DICE)
    assert by_years.held.stage is Stage.DRAWN
    said = by_years.page()
    assert "Who sits" in said
    assert "Next in the order" in said


def test_who_was_drawn_gets_a_letter_and_accepts_or_declines_in_one_press(by_years):
    site = by_years.drawn().site
    assert Round.objects.filter(kind="drawn").count() == 4
    first = by_years.someone(by_years.held.asked)
    assert "You were drawn by lot" in " ".join(
        need.verb for need in needs(site.polity, site.polity.people[first], site.at)
    )
    assert "Accept the seat" in by_years.page(first)
    by_years.press("accept", first)
    assert first in by_years.held.accepted.values()
    assert "You sit on this panel" in by_years.page(first)
    second = by_years.someone(by_years.held.asked)
    by_years.press("decline", second)
    assert by_years.row(second).number not in by_years.held.asked
    assert Round.objects.filter(kind="drawn").count() == 5


def test_whoever_was_not_drawn_finds_nothing_to_accept(by_years):
    by_years.drawn()
    panel = by_years.held.seats.panel
    other = by_years.someone(set(range(24)) - set(panel))
    assert "Accept the seat" not in by_years.page(other)
    by_years.press("accept", other)
    assert other not in by_years.held.accepted.values()
    assert site_answers(by_years, by_years.site.charlie) == 302


def site_answers(draw, person):
    return draw.site.browser(person).get(f"/draws/{draw.name}/").status_code


def test_the_file_is_what_the_command_checks(by_years, tmp_path):
    by_years.drawn()
    by_years.press("decline", by_years.someone(by_years.held.asked))
    file = tmp_path / "draw.json"
    file.write_bytes(by_years.site.browser(by_years.site.bo).get(f"/draws/{by_years.name}/draw.json").content)
    assert read_draw(file.read_bytes()).panel == by_years.held.seats.panel
    done = ready.run("-m", "frombelow", "lots", "verify", str(file), "--json", env=os.environ)
    found = json.loads(done.stdout)
    assert (found["ok"], found["panel"]) == (True, list(by_years.held.seats.panel))


def test_a_draw_by_a_beacon_asks_for_its_round(site):
    draw = Draw(site, chance="drand").giving()
    draw.until(Stage.CHANCE)
    assert str(draw.held.specification.second.round) in draw.page()
    draw.key(site.bo)
    assert "its signature does not hold" in text(draw.press("beacon", site.bo, signature="a" * 96))


@pytest.fixture
def beacon(site):
    draw = Draw(site, chance="drand").giving()
    draw.until(Stage.CHANCE)
    draw.key(site.bo)
    return draw


def published(draw, **other):
    return json.dumps({"round": draw.held.specification.second.round, "randomness": "a" * 64,
                       "signature": "a" * 96} | other)  # fmt: skip


def test_a_round_is_taken_as_drand_publishes_it(beacon):
    said = text(beacon.press("beacon", beacon.site.bo, signature=f"  {published(beacon)}\n"))
    assert "its signature does not hold" in said  # so it was read


def test_another_round_is_named_as_that(beacon):
    wanted = beacon.held.specification.second.round
    said = text(beacon.press("beacon", beacon.site.bo, signature=published(beacon, round=1000)))
    assert f"This is round 1,000, and round {wanted:,} was fixed." in said


@pytest.mark.parametrize(
    "other", [{"previous_signature": "b" * 96}, {"signature": "a" * 192}, {"chain_hash": "c" * 64}]
)
def test_a_round_of_another_chain_is_named_as_that(beacon, other):
    said = text(beacon.press("beacon", beacon.site.bo, signature=published(beacon, **other)))
    assert "This is of another chain of drand. Its chain quicknet was fixed." in said


@pytest.mark.parametrize("typed", ["{", "{}", '{"round": "7"}', '{"round": 1e99, "signature": ""}', "{" * 9_000])
def test_what_is_no_round_is_called_none(beacon, typed):
    assert "This is no round as drand’s servers publish it." in text(
        beacon.press("beacon", beacon.site.bo, signature=typed)
    )
    assert "A signature has 96 signs" in text(beacon.press("beacon", beacon.site.bo, signature="A" * 96))


def test_an_officer_gives_a_draw_up_until_chance_can_have_spoken(site):
    draw = Draw(site).giving()
    draw.press("abandon", site.ada, why="mistake")
    assert draw.held.stage is Stage.OVER
    assert "there was a mistake in it" in draw.page()


def test_a_draw_that_is_not_there_is_not_found(site):
    assert site.browser(site.bo).get(f"/draws/{derive_id('no', 'draw')}/").status_code == 404


def test_what_is_held_of_somebody_stands_in_their_own_file_and_goes_with_them(by_years):
    by_years.draw_up()
    site = by_years.site
    person = site.polity.people[site.bo]
    mine = take_out(site.polity, person)
    assert mine["rows in draws"][0]["row"] == by_years.row(site.bo).number
    forget([site.bo])
    assert not Place.objects.filter(person=site.bo).exists()
    assert Pool.objects.exists()


def test_a_draw_is_moved_with_quotas_beside_what_there_is(site):
    site.admit(8)
    site.decided(5, 0, FormBranch("Harbour", site.polity.root))
    branch = next(each.id for each in site.polity.branches.values() if each.parent)
    for person in site.people[:4]:
        site.door.perform(a.Transfer(by=person, to=branch))
    site.wait(40)
    browser = site.browser(site.bo)
    said = text(browser.get("/decide/move/?effect=draw&by-branch=1"))
    assert "Harbour <input" in said
    fields = {
        "purpose": "panel", "task": "look at the fund", "size": 3, "reserves": 2, "chance": "dice",
        "until": "2027-01-01", "title": "Draw three", "body": "Let chance say.", "branch": site.polity.root,
        "quota-0-least": 5, "quota-0-most": 6, "quota-1-least": 0, "quota-1-most": 3,
    }  # fmt: skip
    page = browser.get("/decide/move/?effect=draw&by-branch=1")
    draft = page.context["draft"]
    answer = browser.post("/decide/move/?effect=draw&by-branch=1", fields | {"draft": draft})
    assert "The smallest way out" in text(answer)
    fields |= {"quota-0-least": 1, "quota-0-most": 2}
    look = browser.post("/decide/move/?effect=draw&by-branch=1", fields | {"draft": draft, "look_first": "on"})
    assert "Nothing has been moved yet." in text(look)
    assert "Without quotas everybody’s chance would be 25.0 %." in text(look)
    answer = browser.post("/decide/move/?effect=draw&by-branch=1", fields | {"draft": draft}, follow=True)
    assert "Draw by lot: look at the fund" in text(answer)


def test_chances_are_shown_where_the_mover_s_form_comes_back_for_another_reason(site):
    address = "/decide/move/?effect=draw&by-years=1"
    browser = site.browser(site.bo)
    draft = browser.get(address).context["draft"]
    quotas = {f"quota-{n}-{which}": {"least": 0, "most": 2}[which] for n in range(3) for which in ("least", "most")}
    said = text(browser.post(address, {"size": 2, "draft": draft, **quotas}))
    assert "Without quotas everybody’s chance would be 50.0 %." in said
    assert "look_first" not in text(browser.get("/decide/move/?effect=draw"))


def test_no_other_motion_asks_for_quotas(site):
    browser = site.browser(site.bo)
    for effect in ("", "rules&article=5.2", "office", "branch"):
        assert "quota-0-least" not in text(browser.get(f"/decide/move/?effect={effect}"))


def test_a_draw_counts_women_and_men_and_who_did_not_say_in_words_of_the_page(site):
    site.admit(4)
    for n, person in enumerate([site.bo, site.eve, *site.people]):
        Card.objects.filter(pk=person).update(sex=("woman", "man", "")[n % 3])
    browser = site.browser(site.bo)
    said = text(browser.get("/decide/move/?effect=draw&by-sex=1"))
    assert all(f"{word} <input" in said for word in ("woman", "man", "another", "not said"))
    browser.post("/ui/language/", {"language": "es"})
    said = text(browser.get("/decide/move/?effect=draw&by-sex=1"))
    assert all(f"{word} <input" in said for word in ("mujer", "hombre", "otra identidad", "sin decir"))
    assert 'value="not said"' in said
