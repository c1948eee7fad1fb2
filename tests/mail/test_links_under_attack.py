"""Links in letters, as somebody tries them who should not come in."""

from django.test import Client

from frombelow_site.accounts.projections import close_ways
from frombelow_site.membership import contacts
from frombelow_site.people.queries import mails
from tests.mail.test_links import known_browser, letter, path_of


def test_a_link_signs_nobody_in_once_every_earlier_way_in_is_gone(site):
    client, _motion = known_browser(site, site.bo), site.voting()
    way = path_of(letter(site).body)
    close_ways(site.bo)  # what a way opened after a lost device does
    client.post(way)
    assert "person" not in client.session


def test_a_link_that_went_to_an_address_that_is_theirs_no_more_signs_nobody_in(site):
    client, _motion = known_browser(site, site.bo), site.voting()
    way = path_of(letter(site).body)
    contacts._set_mail(site.bo, "mine@new.example", mails(site.bo))
    client.post(way)
    assert "person" not in client.session


def test_a_link_of_who_left_or_was_erased_signs_nobody_in(site):
    from frombelow_site.membership import actions

    client, _motion = known_browser(site, site.bo), site.voting()
    way = path_of(letter(site).body)
    actions.erase_and_leave(site.bo)
    client.post(way)
    assert "person" not in client.session


def test_a_link_needs_the_forms_token(site):
    client = known_browser(site, site.bo)
    site.voting()
    way = path_of(letter(site).body)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    r = strict.post(way)
    assert r.status_code == 403, r.status_code
