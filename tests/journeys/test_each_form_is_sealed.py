"""What members do by forms is sealed by the key that their browser has: none is refused to who is honest."""

import json
from contextlib import ExitStack, contextmanager

import pytest

from frombelow.record import Cosigner

from .conftest import MEMBERS, a_union, asked, sign_in_by_mail

pytestmark = pytest.mark.browser
PEOPLE = MEMBERS[:9]
WITNESS = Cosigner.from_seed("bakers.example/w", bytes(32)).vkey
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with a_union(tmp_path_factory.mktemp("honest") / "data", PEOPLE) as started:
        yield started


@contextmanager
def signed_in(chromium, server, name):
    """A browser of this member, with the key that it made at the first visit."""
    context = chromium.new_context(locale="en-GB", accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    sign_in_by_mail(page, server, name, "has")
    yield page
    context.close()


@pytest.fixture(scope="module")
def people(chromium, server):
    """The pages of a member by their number; the first hold the offices."""
    found = {}
    with ExitStack() as all_of:

        def page(number):
            if number not in found:
                found[number] = all_of.enter_context(signed_in(chromium, server, PEOPLE[number]))
            return found[number]

        yield page


def entries(server, kind):
    rows = asked(server, f"SELECT CAST(data AS TEXT) FROM door_entry WHERE kind = '{kind}' ORDER BY \"index\"")
    return [json.loads(data) for (data,) in rows]


@contextmanager
def sealed(server, page, kind):
    """What is pressed meanwhile enters an act of this kind, leads on, and its author's key sealed it."""
    before = len(entries(server, kind))
    with page.expect_navigation(wait_until="networkidle", url=lambda _url: len(entries(server, kind)) > before):
        yield
    assert "seal" in entries(server, kind)[-1]


def opened(page, address):
    page.goto(address, wait_until="networkidle")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def press_surely(page, name):
    """What cannot be undone is pressed again on a page that says so, and takes no second press at once."""
    press(page, name)
    page.get_by_text("Nobody can undo this").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    press(page, name)


def words(page, title="So"):
    page.get_by_label("In one line").fill(title)
    page.get_by_label("The motion and its reasons").fill("Because of what happened.")


def moved(server, page, title, effect="", fields=()):
    """The page of a motion that this member moved now."""
    opened(page, f"{server.address}/decide/move/?effect={effect}")
    for label, value in fields:
        page.get_by_label(label, exact=True).fill(value)
    words(page, title)
    with sealed(server, page, "motion.move"):
        press(page, "Move this motion")
    page.wait_for_url("**/decide/*/")
    return page.url


def person(server, number):
    (found,) = asked(server, f"SELECT person FROM people_card WHERE name = '{PEOPLE[number]}'")
    return found[0]


def test_a_motion_is_seconded_and_goes_on(server, people):
    motion = moved(server, people(5), "Mend the roof")
    opened(people(6), motion)
    with sealed(server, people(6), "motion.second"):
        press(people(6), "Second this motion")
    opened(people(0), motion)
    with sealed(server, people(0), "motion.find-in-order"):
        press(people(0), "Let it go on")


def test_a_motion_is_ruled_out_and_appealed_and_another_taken_back(server, people):
    motion = moved(server, people(6), "Paint the roof")
    opened(people(5), motion)
    with sealed(server, people(5), "motion.second"):
        press(people(5), "Second this motion")
    opened(people(0), motion)
    people(0).get_by_text("Rule it out by an article").click()
    people(0).get_by_label("The article it breaks").select_option(index=1)
    people(0).get_by_label("Why").fill("It was decided before.")
    with sealed(server, people(0), "motion.rule-out"):
        press(people(0), "Rule it out")
    opened(people(5), motion)
    with sealed(server, people(5), "motion.appeal"):
        press(people(5), "Appeal")
    moved(server, people(7), "Sell the roof")
    people(7).wait_for_load_state("networkidle")
    with sealed(server, people(7), "motion.withdraw"):
        press_surely(people(7), "Withdraw this motion")


def test_a_file_is_attached_and_taken_away(server, people):
    motion = moved(server, people(5), "A plan")
    opened(people(5), motion)
    people(5).get_by_text("Attach a file").click()
    people(5).get_by_label("The file").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    with sealed(server, people(5), "motion.attach"):
        press(people(5), "Attach it")
    opened(people(5), motion)
    with sealed(server, people(5), "motion.detach"):
        press(people(5), "Remove the file")


def test_a_recall_is_signed_and_answered_and_a_mandate_given_back(server, people):
    opened(people(6), server.address + "/answerability/")
    people(6).get_by_role("link", name="Start a recall").first.click()
    people(6).wait_for_load_state("networkidle")
    people(6).get_by_label("In one line").fill("They never answer")
    people(6).get_by_label("Why").fill("Because of what happened.")
    with sealed(server, people(6), "recall.petition"):
        press(people(6), "Start the recall and sign it")
    recall = people(6).url
    for number in (5, 7, 8):
        opened(people(number), recall)
        if people(number).get_by_role("button", name="Sign this recall").count():
            with sealed(server, people(number), "recall.sign"):
                press(people(number), "Sign this recall")
    opened(people(1), recall)
    people(1).get_by_label("Your reply").fill("I did what I could.")
    with sealed(server, people(1), "motion.reply"):
        press(people(1), "Reply")
    opened(people(2), server.address + "/people/me/")
    people(2).get_by_role("link", name="Treasurer").click()
    people(2).wait_for_load_state("networkidle")
    with sealed(server, people(2), "office.resign"):
        press_surely(people(2), "Give this mandate back")


def test_an_address_is_corrected_and_kept(server, people):
    opened(people(1), f"{server.address}/people/roll/member/{person(server, 6)}/mail/")
    people(1).get_by_label("Mail address").fill("goran.new@quayside.example")
    with sealed(server, people(1), "member.correct-mail"):
        press(people(1), "Give this address")
    opened(people(6), server.address + "/people/me/")
    with sealed(server, people(6), "member.keep-mail"):
        press(people(6), "Keep the address I have")


def test_codes_are_printed_and_ended(server, people):
    opened(people(1), server.address + "/people/roll/")
    people(1).get_by_role("button", name="Print a sign-in code").first.wait_for()
    with sealed(server, people(1), "access.issue-code"):
        people(1).get_by_role("button", name="Print a sign-in code").first.click()
    opened(people(1), f"{server.address}/people/roll/member/{person(server, 4)}/")
    with sealed(server, people(1), "access.issue-code"):
        press(people(1), "Print a sign-in code")
    opened(people(1), f"{server.address}/people/roll/member/{person(server, 4)}/")
    with sealed(server, people(1), "access.end-code"):
        press(people(1), "End their sheet")
    opened(people(6), server.address + "/enter/ways/")
    with sealed(server, people(6), "access.issue-code"):
        press(people(6), "Make a sheet")
    opened(people(6), server.address + "/enter/ways/")
    with sealed(server, people(6), "access.end-code"):
        press(people(6), "End this sheet")


def test_lists_are_printed_and_brought_in_and_taken_back(server, people, tmp_path):
    page = people(1)
    opened(page, server.address + "/people/roll/")
    with sealed(server, page, "roll.export"):
        press(page, "Make the list")
    page.wait_for_url("**/print/")
    opened(page, server.address + "/people/roll/import/")
    (tmp_path / "new.csv").write_text("name,mail\nZoe Zander,zoe@example.org\nYan Young,yan@example.org\n")
    page.locator("input[type=file]").set_input_files(tmp_path / "new.csv")
    press(page, "Read the file")
    page.wait_for_load_state("networkidle")
    with sealed(server, page, "roll.import"):
        page.locator("form[data-seals] button.main").click()
    page.get_by_role("button", name="Undo this import").wait_for()
    opened(page, server.address + "/people/roll/import/")
    (tmp_path / "again.csv").write_text("name,mail,phone\nZoe Zander,zoe@example.org,600 111 222\n")
    page.locator("input[type=file]").set_input_files(tmp_path / "again.csv")
    press(page, "Read the file")
    page.wait_for_load_state("networkidle")
    with sealed(server, page, "roll.import"):
        press(page, "Update 1 member")
    page.get_by_role("button", name="Undo this import").wait_for()
    page.wait_for_load_state("networkidle")
    with sealed(server, page, "roll.undo"):
        press_surely(page, "Undo this import")


def test_a_member_changes_a_name_steps_back_and_returns(server, people):
    page = people(7)
    opened(page, server.address + "/people/me/name/")
    page.get_by_label("Name", exact=True).fill("Hana Other")
    with sealed(server, page, "member.rename"):
        press(page, "Change my name")
    opened(page, server.address + "/people/me/step-back/")
    with sealed(server, page, "member.step-back"):
        press(page, "Step back")
    opened(page, server.address + "/")
    with sealed(server, page, "member.return"):
        press(page, "Return")


def test_witnesses_are_asked(server, people):
    page = people(3)
    opened(page, server.address + "/answerability/server/witnesses/")
    page.get_by_label("Witnesses, one on each line").fill(f"{WITNESS} https://witness.example")
    page.get_by_label("How many of them").fill("1")
    with sealed(server, page, "server.witnesses"):
        press(page, "Ask these")


def test_a_way_in_is_asked_for_and_stopped(server, people):
    people(8)  # who signs in afterwards stops it by that
    opened(people(1), server.address + "/enter/restore/")
    people(1).get_by_label("The member’s name").fill(PEOPLE[8])
    press(people(1), "Look for them")
    people(1).wait_for_load_state("networkidle")
    with sealed(server, people(1), "access.ask"):
        press(people(1), f"Ask for {PEOPLE[8]}")
    opened(people(8), server.address + "/enter/stop/")
    with sealed(server, people(8), "access.stop"):
        press(people(8), "Stop it")


def test_members_leave_and_are_erased(server, people):
    opened(people(7), server.address + "/people/me/leave/")
    for box in people(7).get_by_role("checkbox").all():
        box.check()
    with sealed(server, people(7), "member.leave"):
        press(people(7), "Leave")
    opened(people(8), server.address + "/people/me/erase/")
    for box in people(8).get_by_role("checkbox").all():
        box.check()
    with sealed(server, people(8), "member.leave"):
        press(people(8), "Erase me and leave")


def test_a_form_that_is_pressed_before_its_scripts_came_is_sealed(server, people):
    page, came = people(6), []

    def late(route):
        came.append(route.request.url)
        page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/keys/signers.js", late)
    page.goto(server.address + "/decide/move/", wait_until="commit")
    page.get_by_role("button", name="Move this motion").wait_for()
    words(page, "Too early")
    with sealed(server, page, "motion.move"):
        press(page, "Move this motion")
    page.unroute_all()
    assert came


def test_a_form_whose_scripts_never_come_goes_off_on_the_word_of_the_server(server, people):
    page, before = people(5), len(entries(server, "motion.move"))
    page.route("**/keys/signers.js", lambda route: route.abort())
    page.clock.install()
    page.goto(server.address + "/decide/move/")
    words(page, "No scripts")
    press(page, "Move this motion")
    page.clock.fast_forward(16_000)
    page.get_by_text("You moved this motion.").wait_for()
    page.unroute_all()
    (entry,) = entries(server, "motion.move")[before:]
    assert "seal" not in entry


@pytest.mark.parametrize("lie", ["one left out", "addresses exchanged"])
def test_the_witnesses_that_stand_in_the_form_are_those_that_are_sealed(server, people, lie):
    page, before = people(3), len(entries(server, "server.witnesses"))
    other = Cosigner.from_seed("sister.example/w", bytes(range(32))).vkey
    opened(page, server.address + "/answerability/server/witnesses/")
    page.get_by_label("Witnesses, one on each line").fill(
        f"{WITNESS} https://witness.example\n{other} https://sister.example"
    )
    page.get_by_label("How many of them").fill("1")

    def swap(route):
        answer = route.fetch()
        if "x-prepare" not in route.request.headers:
            return route.fulfill(response=answer)
        (act,) = (json.loads(act) for act in answer.json()["acts"])
        one, two = act["witnesses"]
        if lie == "one left out":
            act["witnesses"] = [one]
        else:
            (name,) = (name for name in one if one[name].startswith("https"))
            one[name], two[name] = two[name], one[name]
        said = json.dumps(act, separators=(",", ":"), ensure_ascii=False)
        return route.fulfill(response=answer, json={"acts": [said]})

    page.route("**/witnesses/", swap)
    try:
        press(page, "Ask these")
        page.get_by_role("alert").get_by_text("what the server would enter is not what this page shows").wait_for()
    finally:
        page.unroute_all()
    assert len(entries(server, "server.witnesses")) == before
