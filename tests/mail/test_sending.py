"""Letters handed to a real mail server, and everything that one can answer."""

from email import message_from_bytes, policy

import pytest

from frombelow_site.accounts import letters
from frombelow_site.decide import actions as decide
from frombelow_site.mail.models import Bounced, Letter
from frombelow_site.people.models import Card

BO = "bo@example.org"
MINUTE, DAY = 60, 86_400


def write(site, person=None):
    letters.changed(person or site.bo, letters.NEW_CODES)


def states():
    return sorted(Letter.objects.values_list("state", flat=True))


def test_a_letter_is_handed_to_the_mail_server_once(site, server, post):
    write(site)
    post.work()
    post.again()
    post.work()
    [letter] = server.to(BO)
    assert states() == ["sent"]
    read = message_from_bytes(letter.content, policy=policy.default)
    assert read["Subject"] == "Your ways to sign in were changed"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Content-Transfer-Encoding"] == "quoted-printable"
    assert "New recovery codes were made." in read.get_content()


def test_the_source_of_a_letter_can_be_read_and_no_line_of_it_is_long(site, server, post):
    site.voting(body="Grüße aus der Küche. " * 30)
    post.work()
    source = server.to(BO)[-1].content.decode("ascii")
    assert max(map(len, source.splitlines())) <= 200
    assert "You can answer until" in source


def test_the_id_of_a_letter_is_of_the_organizations_host(site, server, post, settings):
    settings.ALLOWED_HOSTS = ["union.example"]
    write(site)
    post.work()
    assert b"@union.example>" in server.to(BO)[0].content or b"@testserver>" in server.to(BO)[0].content


def test_a_letter_that_is_put_off_is_handed_on_later_also_by_another_process(site, server, post):
    server.says[BO] = "450 greylisted, come again"
    write(site)
    post.work()
    assert states() == ["waiting"]
    assert server.to(BO) == []
    server.says.clear()
    post.again()
    post.work()
    assert server.to(BO) == []  # not yet: a mail server that puts off wants to be left alone
    site.at += 3 * MINUTE
    post.work()
    assert len(server.to(BO)) == 1


def test_a_letter_that_is_put_off_for_five_days_is_given_up_with_what_the_server_said(site, server, post):
    server.says[BO] = "451 later"
    write(site)
    for _ in range(60):
        post.work()
        site.at += 3 * 3_600
    letter = Letter.objects.get()
    assert (letter.state, letter.why) == ("given up", "451 later")
    assert letter.tries < 40


def test_a_letter_that_is_refused_came_back_and_the_address_is_known_to(site, server, post):
    server.says[BO] = "550 5.1.1 nobody of that name"
    write(site)
    post.work()
    assert states() == ["bounced"]
    assert Bounced.objects.get().why == "550 5.1.1 nobody of that name"
    page = site.browser(site.bo).get("/people/me/letters/").content.decode()
    assert f"Letters to {BO} come back." in page


def test_one_in_a_hundred_that_is_refused_keeps_no_other_from_leaving(site, server, post, settings):
    settings.MAIL_RATE = 1_000
    site.admit(100)
    server.says["person7@example.org"] = "550 no"
    site.voting()
    post.work()
    heard = {each.rcpt_tos[0] for each in server.letters if b"A vote is open" in each.content}
    assert len(heard) == 103
    assert "person7@example.org" not in heard


def test_a_mail_server_that_is_down_for_three_days_loses_nothing(site, server, post):
    server.stop()
    write(site)
    post.work()
    assert states() == ["waiting"]
    assert Letter.objects.get().tries == 0


def test_a_mail_server_that_ends_the_conversation_is_asked_later_and_no_letter_is_to_blame(site, server, post):
    server.says[BO] = "421 too many connections"
    write(site)
    post.work()
    assert states() == ["waiting"]
    assert Bounced.objects.count() == 0


def test_words_that_a_mail_server_does_not_take_are_given_up_and_the_address_is_not_to_blame(site, server, post):
    server.later[BO] = "554 looks like spam"
    write(site)
    post.work()
    assert states() == ["given up"]
    assert Bounced.objects.count() == 0


def test_so_many_letters_a_second_go_to_one_domain(site, server, post, settings):
    settings.MAIL_RATE = 5
    site.admit(20)
    site.voting()
    post.work()
    vote = Letter.objects.filter(kind="vote")
    assert vote.filter(state="sent").count() <= 10
    for _ in range(10):
        site.at += 1
        post.work()
    assert vote.filter(state="sent").count() == 24


def test_an_address_that_is_not_ascii_is_written_to_where_the_server_can(site, server, post):
    Card.objects.filter(pk=site.bo).update(mail="josé@example.org")
    write(site)
    post.work()
    assert len(server.to("josé@example.org")) == 1


def test_who_is_erased_is_written_to_no_more(site, server, post):
    from frombelow_site.membership import actions

    write(site)
    actions.erase_and_leave(site.bo)
    post.work()
    assert server.to(BO) == []
    assert not Letter.objects.filter(person=site.bo).exists()


def test_a_letter_about_a_vote_does_not_leave_after_its_end(site, server, post):
    server.says[BO] = "450 later"
    motion = site.voting()
    post.work()
    server.says.clear()
    site.at = site.polity.motions[motion].poll.closes
    post.work()
    assert not [each for each in server.to(BO) if b"A vote is open" in each.content]
    assert Letter.objects.get(kind="vote", person=site.bo).state == "over"


@pytest.mark.parametrize("named", [False, True])
def test_a_letter_names_the_organization_where_its_rules_say_so_and_nowhere_else(
    site, server, post, named, monkeypatch
):
    if named:
        book = site.polity.rules
        monkeypatch.setattr(type(book), "__getitem__", named_in(type(book).__getitem__))
    motion = site.voting()
    decide.vote(site.ada, motion, "yes")
    post.work()
    [letter] = [each for each in server.to(BO) if b"can answer until" in each.content]
    read = message_from_bytes(letter.content, policy=policy.default)
    assert ("Paint the hall" in read["Subject"]) == named
    assert ("Tenants" in read.get_content()) == named


def named_in(before):
    return lambda book, key: True if key == "letters_named" else before(book, key)
