"""What Home says of a person's keys."""

from frombelow.polity.keys.acts import AskKey, EndKey, LoosenKeys, OnlyWithKeys
from frombelow.polity.keys.making import id_of
from frombelow.polity.members.acts import Return, StepBack
from frombelow_site.door import new_id, perform
from tests.site_keys import added, do, drawn, first_key

SINCE = "Since your last visit something was done in your name without a seal"


def home(site, person):
    return site.browser(person).get("/").content.decode()


def test_each_act_without_a_seal_of_who_has_a_key_is_shown_at_their_next_visit_and_not_after_it(site):
    first_key(site, site.bo, "device")
    assert SINCE not in home(site, site.bo)
    site.wait(1)
    unsealed = [perform(StepBack(by=site.bo)).index, perform(Return(by=site.bo)).index]
    site.wait(1)
    page = home(site, site.bo)
    assert SINCE in page
    theirs = f"/record/?by={site.bo}"
    assert f'href="{theirs}"' in page
    found = site.browser(site.bo).get(theirs).content.decode()
    assert all(f'href="/record/entry/{each}/"' in found for each in unsealed)
    site.wait(1)
    assert SINCE not in home(site, site.bo)


def test_who_seals_and_who_has_no_key_reads_nothing_of_it(site):
    secret = first_key(site, site.bo)
    for person in (site.bo, site.ada):
        home(site, person)
    site.wait(1)
    do(site, secret, StepBack(by=site.bo))
    do(site, secret, Return(by=site.bo))
    perform(StepBack(by=site.ada))
    perform(Return(by=site.ada))
    assert SINCE not in home(site, site.bo)
    assert SINCE not in home(site, site.ada)


def test_a_key_that_was_asked_for_in_my_name_needs_me_until_it_is_bound(site):
    first_key(site, site.bo)
    perform(AskKey(by=site.bo, request=new_id(), key=drawn(site, site.bo)[1]))
    page = home(site, site.bo)
    assert "If it was not you, stop it: a key was asked for in your name" in " ".join(page.split())
    assert 'href="/keys/"' in page
    assert "a key was asked for" not in home(site, site.ada)


def test_a_suspended_key_and_acts_that_stand_again_need_me(site):
    secret = first_key(site, site.bo)
    do(site, secret, OnlyWithKeys(by=site.bo))
    do(site, secret, LoosenKeys(by=site.bo))
    assert "acts without a seal are to stand again in your name" in home(site, site.bo)
    do(site, added(site, secret, site.bo, "device"), EndKey(by=site.bo, key=id_of(secret)))
    assert "a key of yours was suspended, and ends" in home(site, site.bo)
