"""An address that one page takes is taken by every page, and by the roll; so is one that is refused."""

import pytest

from frombelow.roll import mail_fault
from frombelow_site.accounts.forms import MailForm as SignIn
from frombelow_site.beginning.forms import FoundersForm
from frombelow_site.membership.forms import MailForm as Mine
from frombelow_site.roll.forms import AdmitForm

pytestmark = pytest.mark.django_db  # admitting looks whether somebody is on the roll already
HOME = [("home", "Home")]
FORMS = {
    "signing in": ("mail", lambda mail: SignIn({"mail": mail})),
    "my addresses": ("mail", lambda mail: Mine({"mail": mail})),
    "admitting": ("mail", lambda mail: AdmitForm({"name": "Bo", "branch": "home", "mail": mail}, branches=HOME)),
    "founding": ("mail0", lambda mail: FoundersForm({"rows": "3", "name0": "Bo", "mail0": mail})),
}
GOOD = ["bo@example.org", "josé@example.org", "bo@straße.example", "o'neill+roll@example.org"]
BAD = [
    "bo",
    "bo@",
    "bo@localhost",
    "bo li@example.org",
    "bo@printer.local",
    "b\u202eo@example.org",
    "b" * 65 + "@x.org",
]


@pytest.mark.parametrize("page", FORMS)
@pytest.mark.parametrize("mail", GOOD)
def test_every_page_takes_what_the_roll_takes(page, mail):
    field, form = FORMS[page]
    filled = form(mail)
    assert mail_fault(mail) is None
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data[field] == mail


@pytest.mark.parametrize("page", FORMS)
@pytest.mark.parametrize("mail", BAD)
def test_every_page_refuses_what_the_roll_refuses_in_the_same_words(page, mail):
    field, form = FORMS[page]
    told = mail_fault(mail).sentence()
    assert form(mail).errors[field] == [told[:1].upper() + told[1:]]


def test_a_phone_that_no_roll_s_file_could_hold_is_not_admitted():
    form = AdmitForm({"name": "Bo", "branch": "home", "phone": "=1+1"}, branches=HOME)
    assert "begins like a spreadsheet formula" in form.errors["phone"][0]
