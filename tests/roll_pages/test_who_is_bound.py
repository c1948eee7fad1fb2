"""The roll says who acts only with their keys, and since when."""

from frombelow.polity.keys.acts import OnlyWithKeys
from tests.site_cast import DAY
from tests.site_keys import do, first_key


def text(site, address):
    return " ".join(site.browser(site.eve).get(address).content.decode().split())


def test_the_roll_and_a_members_page_say_who_acts_only_with_their_keys_and_since_when(site):
    assert "only with their keys" not in text(site, "/people/roll/")
    key = first_key(site, site.bo)
    site.at += DAY
    do(site, key, OnlyWithKeys(by=site.bo))
    assert text(site, "/people/roll/").count("acts only with their keys since Tuesday 3 March 2026") == 1
    page = text(site, f"/people/roll/member/{site.bo}/")
    assert '<dt>Acts only with their keys</dt> <dd><bdi class="words">since Tuesday 3 March 2026</bdi></dd>' in page
    other = text(site, f"/people/roll/member/{site.ada}/")
    assert '<dt>Acts only with their keys</dt> <dd><bdi class="words">no</bdi></dd>' in other
