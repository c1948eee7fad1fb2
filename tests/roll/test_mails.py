"""One rule for mail addresses: which can be, which are the same, and how a server takes them."""

import string
import sys

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from frombelow.roll import mail_fault, mail_to_send, normalised_mail
from frombelow.roll.mails import PLAIN

ADDRESSES = st.text(st.sampled_from("abzABZßſıİK.éÉ例@-"), max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (" BO@Example.ORG ", "bo@example.org"),
        ("bo@bücher.example", "bo@xn--bcher-kva.example"),
        ("bo@BÜCHER.example", "bo@XN--BCHER-KVA.example"),
        ("jose\u0301@example.org", "josé@example.org"),
    ],
)
def test_two_spellings_of_one_address_are_the_same(one, other):
    assert normalised_mail(one) == normalised_mail(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("strauß@example.org", "strauss@example.org"),
        ("bo@straße.example", "bo@strasse.example"),
        ("ſam@example.org", "sam@example.org"),
        ("É@example.org", "é@example.org"),
        ("bo@example.org", "bo@example.com"),
    ],
)
def test_two_mailboxes_are_never_taken_for_one(one, other):
    assert normalised_mail(one) != normalised_mail(other)


@given(ADDRESSES)
def test_the_form_by_which_addresses_are_compared_is_a_form_of_itself(mail):
    assert normalised_mail(normalised_mail(mail)) == normalised_mail(mail)


@given(ADDRESSES)
def test_what_a_server_gets_is_the_same_address(mail):
    assert normalised_mail(mail_to_send(mail)) == normalised_mail(mail)


def test_a_server_gets_the_address_as_it_was_written_and_the_domain_as_the_dns_has_it():
    assert mail_to_send("Bo.Li@Example.org") == "Bo.Li@Example.org"
    assert mail_to_send("José@straße.example") == "José@xn--strae-oqa.example"


@pytest.mark.parametrize("mail", ["josé@example.org", "bo@straße.example", "o'neill@example.org", "bo@example.test"])
def test_an_address_of_any_script_can_be(mail):
    assert mail_fault(mail) is None


@pytest.mark.parametrize(
    ("mail", "part"),
    [
        ("b\u202eo@example.org", "before the @"),
        ('"b o"@example.org', "before the @"),
        (".bo@example.org", "before the @"),
        ("bo@[10.0.0.1]", "after the @"),
        ("bo@printer.local", "after the @"),
        ("bo@exam_ple.org", "after the @"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_by_its_part(mail, part):
    assert part in mail_fault(mail).sentence()


WORD = st.text("".join([string.ascii_letters, string.digits]), min_size=1, max_size=12)
PARTS = st.lists(st.tuples(st.sampled_from("._+'-"), WORD), max_size=6).map(lambda parts: "".join(map("".join, parts)))


@given(st.tuples(WORD, PARTS).map("".join).filter(PLAIN.fullmatch))
def test_what_is_taken_for_plain_is_what_the_library_takes(local):
    assert validate_email(f"{local}@example.org", check_deliverability=False, strict=True).local_part == local


def test_no_network_is_asked():
    assert mail_fault("bo@no-such-domain-anywhere.example") is None
    assert "dns.resolver" not in sys.modules
