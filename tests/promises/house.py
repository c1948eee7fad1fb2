"""The cast in the middle of things: each kind of value and word that a place could give away is there, and marked."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from frombelow.polity.kernel.commitments import commit
from frombelow_site.accounts import links, recovery, sheets
from frombelow_site.decide import actions as decide
from frombelow_site.door import perform
from frombelow_site.membership import actions as membership
from frombelow_site.membership import contacts
from frombelow_site.people.models import Card
from frombelow_site.roll.models import Import
from tests import acts as a
from tests.accounts.conftest import app_of
from tests.site_mail import delivered

ROLL = (
    "uuid,name,email,phone,language,pronouns,branch,joined,tags\n"
    "no-quiet-7,Quilla Quiet,quilla@quiet.example,+34 611 222 333,Quechua,xe/xem,Quietbranch,2019-03-04,quiettag\n"
    "no-mover-8,Mira Mover,mira@mover.example,+34 622 333 444,Catalan,ze/zir,Moverbranch,2018-05-06,movertag\n"
)
# The last one is here already.
LATER = "name,email,phone\nNora Nomail,,+34 644 555 666\nNell Nothing,nell@nothing.example,\nMira Again,mira@mover.example,\n"
# Of Quilla, who did nothing since she is here: her name, and what stands on the roll beside it.
QUIET = "Quilla Quiet"
ON_THE_ROLL = ("no-quiet-7", "quilla@quiet.example", "+34 611 222 333", "Quechua", "xe/xem", "Quietbranch", "quiettag")
# Of Mira: the name she goes by, those that she went by, and what she showed to nobody.
MIRA, ONCE = "Mira Third", ("Mira Mover", "Mira Married")
OF_MIRA = (
    "no-mover-8", "mira@mover.example", "mira@second.example", "mira@new.example", "+34 622 333 444",
    "+34 633 444 555", "ze/zir", "Moverbranch", "movertag", "Mira bakes", "Mira needs a ramp",
)  # fmt: skip
ATTACHED = ("Ask Mira.pdf", "Plan of Mira")  # to her motion
NOTHING = "Nell Nothing"  # who did nothing and to whom nothing was done
NAMES = ("Ada One", "Eve Two", "Dee Three", "Bo Four", "Person 0", "Nora Nomail", NOTHING, QUIET, MIRA)
WORDS = ("Title of Mira", "Body of Mira", "Ruling of Eve", "Recall the chair", "She met the landlord", "Reply of Ada")


class House:
    """Quilla, Mira, Nora and Nell came by files of Eve's. Mira changed her name twice, said things of herself, and moved a
    motion, which Eve ruled out; Bo asked for a recall of Ada, who replied; a motion of Bo's is voted on. ``secrets`` are
    what signs somebody in, each with the address to which a letter brought it, or ""."""

    def __init__(self, site):
        self.site, self.secrets = site, {}
        self.file = "rollfile.csv"
        self.bring_in(ROLL)
        self.bring_in(LATER)
        people = dict(Card.objects.values_list("name", "person"))
        self.quiet, self.mira, self.nora = people[QUIET], people[ONCE[0]], people["Nora Nomail"]
        site.people.append(self.mira)
        site.admit(6)
        site.wait(40)  # newcomers may second by now
        self._mira_says()
        self.ruled_out = site.second(site.move(self.mira, title="Title of Mira", body="Body of Mira."))
        pdf = b"%PDF-1.4 Plan of Mira %%EOF"
        self.attached = decide.attach(self.mira, self.ruled_out, "Ask Mira.pdf", pdf)
        decide.rule_out(site.eve, self.ruled_out, "4.1", "Ruling of Eve.")
        self.voting = site.voting(title="Paint the hall")
        self.recall = self._recall()
        self._ways_in()
        self._server_acts()

    def bring_in(self, rows):
        """Eve hands a file in, and presses the button."""
        eve = self.site.browser(self.site.eve)
        file = SimpleUploadedFile(self.file, rows.encode())
        eve.post("/people/roll/import/", {"file": file, "branch": self.site.polity.root})
        self.batch = Import.objects.latest("made").id
        eve.post(f"/people/roll/import/{self.batch}/go/")

    def _mira_says(self):
        for name in (ONCE[1], MIRA):
            membership.rename(self.mira, name)
        contacts.set_about(self.mira, "+34 633 444 555", "ca", skills="Mira bakes", access_needs="Mira needs a ramp")
        for address in ("mira@second.example", "mira@new.example"):
            contacts.ask_mail(self.mira, address, beside=True)
            code = self._code_in_mail("new address " + address, address)
            if address == "mira@second.example":
                assert contacts.confirm_mail(self.mira, code)

    def _recall(self):
        motion = self.site.petition(self.site.bo)
        for person in (self.site.eve, self.site.dee, *self.site.people):
            if self.site.polity.motions[motion].stage.value == "petition":
                decide.sign(person, motion)
        decide.reply(self.site.ada, motion, "Reply of Ada.")
        return motion

    def _ways_in(self):
        site = self.site
        self._asks("bo@example.org")
        self._asks("mira@mover.example")  # and goes no further
        self.secrets["printed code"] = (sheets.issue(self.nora, site.eve, site.mandate_of_eve), "")
        self.secrets["link"] = (links.make_link(site.bo).split("/")[-2], "")
        app, codes = app_of(site.dee)
        self.secrets["secret of the app"] = (app.secret, "")
        self.secrets |= {f"recovery code {n}": (code, "") for n, code in enumerate(codes)}
        bo = site.browser(site.bo)  # who opens the page, and has not turned it on yet
        self.secrets["session"] = (bo.session.session_key, "")
        page = bo.get("/enter/ways/second/").context["secret"]
        self.secrets["secret of an app to be"] = (page.replace(" ", ""), "")
        recovery.ask_for(site.eve, site.mandate_of_eve, site.people[2], "http://testserver")
        letter = [each for each in delivered() if "/enter/stop/" in each.body][-1]
        stop = re.search(r"/enter/stop/([^/\s]+)/", letter.body)[1]
        self.secrets["way to stop a request"] = (stop, letter.to[0])

    def _server_acts(self):
        for act in (
            a.Start(by=a.SERVER, version="1.2"), a.Backup(by=a.SERVER, size=3), a.Restore(by=a.SERVER, size=3, recovered=1),
            a.IssueCode(by=a.SERVER, person=self.nora),
        ):  # fmt: skip
            perform(act)
        dee = self.site.holds(self.site.dee, "administrator").id
        perform(a.Settings(by=self.site.dee, under=dee, name="mail", value=commit(bytes(32), "x")))

    def _asks(self, address):
        browser = Client()
        browser.post("/enter/", {"mail": address})
        self._code_in_mail("code for " + address, address)
        browser.post("/enter/code/", {"code": "x"})

    def _code_in_mail(self, name, address):
        code = re.search(r"\d{6}", [each for each in delivered() if "Your code" in each.subject][-1].body)[0]
        self.secrets[name] = (code, address)
        return code

    def erase(self):
        """Quilla and Mira ask for it."""
        for person in (self.quiet, self.mira):
            membership.erase_and_leave(person)


__all__ = ["ATTACHED", "MIRA", "NAMES", "NOTHING", "OF_MIRA", "ONCE", "ON_THE_ROLL", "QUIET", "WORDS", "House"]
