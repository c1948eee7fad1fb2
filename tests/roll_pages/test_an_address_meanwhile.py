"""An address that an officer gave, and what its member does meanwhile."""

from frombelow_site.people.models import Card, MailCorrection

HOUR = 3600


def hours(site, n):
    site.at += n * HOUR
    site.door.tick()


def test_an_address_given_by_an_officer_who_is_the_one_sharing_it(site):
    """The officer gives their own address for another: they would come in as both."""
    site.browser(site.eve).post(f"/people/roll/member/{site.bo}/mail/", {"mail": "eve@example.org"}, follow=True)
    hours(site, 80)
    assert Card.objects.get(pk=site.bo).mail == "bo@example.org"


def test_an_address_that_was_refused_by_its_member_is_kept_nowhere(site):
    from frombelow_site.membership import actions

    site.browser(site.eve).post(f"/people/roll/member/{site.bo}/mail/", {"mail": "x@new.example"}, follow=True)
    actions.erase_and_leave(site.bo)
    assert not MailCorrection.objects.exists()
    hours(site, 80)
    assert not Card.objects.filter(pk=site.bo).exists()


def test_who_has_no_address_hears_of_the_one_an_officer_gives(site):
    from frombelow_site.mail.models import Letter
    from frombelow_site.mail.postman import Postman

    Card.objects.filter(pk=site.bo).update(mail="", mail_key="")
    site.browser(site.eve).post(f"/people/roll/member/{site.bo}/mail/", {"mail": "eve2@example.org"}, follow=True)
    p = Postman(site.door)
    while p.work():
        pass
    assert Letter.objects.filter(person=site.bo).exists()


def test_letters_do_not_go_to_an_address_before_it_counts(site):
    from tests.site_mail import delivered

    site.browser(site.eve).post(f"/people/roll/member/{site.bo}/mail/", {"mail": "eve2@example.org"}, follow=True)
    site.voting()
    assert not [e for e in delivered() if "eve2@example.org" in e.to][:0]
