"""What cannot be is refused wherever it is handed in; then nothing was stored."""

import pytest
import typer
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from typer.testing import CliRunner

from frombelow.polity import why_not
from frombelow.polity.kernel.commitments import commit
from frombelow_site.beginning.forms import FoundersForm
from frombelow_site.commands import register
from frombelow_site.membership.forms import NameForm
from frombelow_site.roll import importing
from frombelow_site.roll.forms import AdmitForm
from tests import acts as a
from tests.cast import article

from .places import tables

TURNED = "Ada\u202eecnartsE"  # reads otherwise than it is
# What a stranger leaves, what a member leaves by looking, how often somebody tried.
BESIDE = {"accounts_session", "accounts_limit", "accounts_code", "home_visit"}
NEVER = "aaaaaaaaaaaaaaaaaaaaaaaaaa"


def bad(site, motion, recall):
    """Who hands in what at which address, where none of it can be."""
    chair, root = site.holds(site.ada, "chair").id, site.polity.root
    move, mine, roll = "/decide/move/?effect=", "/people/me/", "/people/roll/"
    return [
        (site.bo, f"/decide/{motion}/vote/", {"choice": "maybe"}), (site.bo, f"/decide/{motion}/vote/", {}),
        (site.eve, f"/decide/{motion}/rule-out/", {"article": "99.9", "reason": "So."}),
        (site.ada, f"/decide/{recall}/reply/", {"text": ""}), (site.bo, f"/decide/{recall}/reply/", {"text": "Mine."}),
        (site.bo, f"/decide/{motion}/look-again/0/", {"on": "x"}), (site.bo, f"/decide/{motion}/second/", {}),
        (site.bo, move + "none", {"title": "", "body": "b", "branch": root}),
        (site.bo, move + "none", {"title": "t", "body": "b", "branch": NEVER}),
        (site.bo, move + "expel", {"title": "t", "body": "b", "branch": root, "person": "Nobody Here"}),
        (site.bo, move + "rules&full=1", {"title": "t", "body": "b", "branch": root, "articles": "debate_days = x"}),
        (site.bo, f"/answerability/mandates/{chair}/recall/", {"title": "", "body": ""}),
        (site.bo, f"/answerability/mandates/{chair}/give-back/", {}), (site.bo, "/answerability/server/clock/", {}),
        (site.bo, mine + "name/", {"name": "", "pronouns_to": "nobody"}),
        (site.bo, mine + "name/", {"name": TURNED, "pronouns_to": "nobody"}),
        (site.bo, mine + "name/", {"name": "Bo", "pronouns_to": "everyone"}),
        (site.bo, mine + "mail/", {"mail": "bo at example"}), (site.bo, mine + "mail/code/", {"code": "123456"}),
        (site.bo, mine + "mail/away/", {"mail": "ada@example.org"}), (site.bo, mine + "about/", {"phone": "\x00"}),
        (site.bo, mine + "transfer/", {"branch": NEVER}), (site.bo, mine + "step-back/", {"until": "1999-01-01"}),
        (site.bo, mine + "leave/", {}), (site.bo, mine + "erase/", {}),
        (site.eve, roll + "admit/", {"name": "", "branch": root}),
        (site.eve, roll + "admit/", {"name": TURNED, "branch": root}),
        (site.eve, roll + "admit/", {"name": "Fay", "mail": "fay@", "branch": root}),
        (site.eve, roll + "admit/", {"name": "Fay", "branch": NEVER}),
        (site.bo, roll + "admit/", {"name": "Fay", "branch": root}), (site.bo, roll + "export/", {}),
        (site.eve, roll + "print-code/", {"person": NEVER}), (site.eve, roll + "print-code/", {"person": site.bo}),
        (site.eve, roll + "import/", {"branch": root}), (site.eve, roll + f"import/{NEVER}/go/", {}),
        (site.eve, "/enter/restore/", {"person": NEVER}), (site.eve, "/enter/restore/", {"print": NEVER}),
        (site.bo, "/enter/restore/", {"person": site.ada}), (site.bo, f"/enter/vouch/{NEVER}/", {}),
        (site.bo, "/enter/ways/passkey/", {"answer": "{}"}), (site.bo, "/enter/ways/second/", {"code": "000000"}),
        (site.bo, f"/enter/ways/passkey/{NEVER}/", {"name": "Mine"}), (site.bo, "/record/head/compare/", {"theirs": "x"}),
        (site.bo, "/ui/language/", {"language": "xx"}), (None, "/enter/code/", {"code": "000000"}),
        (None, "/enter/printed/", {"code": "ABCD-EFGH-JKLM"}), (None, "/enter/link/x/", {}), (None, "/enter/lost/", {}),
        (None, "/enter/second/", {"code": "000000"}), (None, "/enter/stop/x/", {}), (None, "/begin/kind/", {"name": "X"}),
    ]  # fmt: skip


def test_what_cannot_be_stores_nothing_at_whatever_address_it_is_handed_in(site):
    motion, recall = site.voting(), site.petition()
    before, size = tables(), site.polity.size
    for person, address, fields in bad(site, motion, recall):
        browser = site.browser(person) if person else Client()
        answer = browser.post(address, fields)
        assert answer.status_code < 500, address
        after = tables()
        changed = {name for name, rows in after.items() if rows != before[name]} - BESIDE
        assert (changed, site.polity.size) == (set(), size), (address, fields)
    assert before["door_entry"] == after["door_entry"]


def test_a_file_is_read_first_and_nobody_is_brought_in(site, monkeypatch):
    monkeypatch.setattr(importing, "_start", lambda work, _batch: work())
    before = tables()
    file = SimpleUploadedFile("roll.csv", b"name,email\nFay,fay@x.example\n,no\xffbody@\n")
    page = site.browser(site.eve).post("/people/roll/import/", {"file": file, "branch": site.polity.root}, follow=True)
    assert "1 person can be brought in" in page.content.decode()
    changed = {name for name, rows in tables().items() if rows != before[name]}
    assert changed <= {"roll_import", *BESIDE}


def refused_by_command(text):
    """Why “frombelow init” takes no founder of this name."""
    site = typer.Typer()
    register(site)
    said = CliRunner().invoke(site, ["init", "--template", "club", "--name", "X", "--founder", text, "never-made"])
    assert said.exit_code == 2, said.output
    return said.output


NAMES_COME_IN = {
    "my name": lambda site: NameForm({"name": TURNED, "pronouns_to": "nobody"}).errors.get("name"),
    "admitting": lambda site: AdmitForm({"name": TURNED, "branch": "x"}, branches=[("x", "X")]).errors.get("name"),
    "founding": lambda site: FoundersForm({"rows": "3", "name0": TURNED}).errors.get("name0"),
    "the command that founds": lambda site: refused_by_command(TURNED),
    "a branch": lambda site: refused(site, a.FormBranch(TURNED, site.polity.root)),
    "an office": lambda site: refused(site, a.CreateOffice(TURNED, (), site.polity.root)),
    "an article": lambda site: refused(site, a.ChangeRules(article("5.6").replace("text = \"", f"text = \"{TURNED} ", 1))),
}  # fmt: skip


def refused(site, effect):
    move = a.Move(
        by=site.bo, motion=NEVER, branch=site.polity.root, text=commit(bytes(32), "x"), effects=(effect,)
    )  # fmt: skip
    try:
        a.decode_act(a.encode_act(move))
    except ValueError as error:
        return str(error)
    return why_not(site.polity, move, site.at)


@pytest.mark.parametrize("way", NAMES_COME_IN)
def test_names_and_rules_hold_no_signs_that_turn_the_direction_of_others(site, way):
    assert NAMES_COME_IN[way](site)


@pytest.mark.parametrize("mail", ["not an address", "ada@", ""])
def test_the_command_that_founds_takes_no_address_that_the_roll_would_not(mail):
    assert "mail address" in refused_by_command(f"Ada Lopez <{mail}>")
