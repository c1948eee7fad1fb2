"""What members change about how to reach them and what they say of themselves. None of it is in the record."""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from frombelow.polity import Polity, Refused
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.members.state import Person
from frombelow.roll import normalised_mail
from frombelow_site.accounts.hashing import keyed
from frombelow_site.mail.sending import send_at_once
from frombelow_site.people import own_words
from frombelow_site.people.addresses import set_mail
from frombelow_site.people.given import waiting_mail as mail_given
from frombelow_site.people.models import MailChange, OtherMail, Profile
from frombelow_site.people.queries import mails
from frombelow_site.subject import Need

from . import actions, letters

MINUTES, TRIES = 15, 5
MOST = 4  # addresses beside the one on the card


def set_pronouns(person: PersonId, pronouns: str, to: str) -> None:
    own_words.say(person, pronouns=pronouns)
    Profile.objects.update_or_create(person=person, defaults={"pronouns_to": to})


def set_about(person: PersonId, phone: str, language: str, **profile: str) -> None:
    """Phone, languages, access needs, skills, and whom each is shown to, are as the person says."""
    own_words.say(person, phone=phone, language=language)
    Profile.objects.update_or_create(person=person, defaults=profile)


def set_sex(person: PersonId, sex: str) -> None:
    """It is as the person says, by their own word, also where they say nothing."""
    own_words.say(person, sex=sex)
    own_words.keep(person, "sex")


def ask_mail(person: PersonId, mail: str, *, beside: bool = False) -> None:
    """A code is on its way to the new address; until it is typed, all is as it was. Then the address stands in the
    place of the one on the card, or ``beside`` it."""
    code, address = f"{secrets.randbelow(1_000_000):06d}", mail.strip()
    MailChange.objects.update_or_create(
        person=person,
        defaults={
            "mail": address, "beside": beside, "digest": _digest(person, address, code), "tries": 0,
            "expires": timezone.now() + timedelta(minutes=MINUTES),
        },
    )  # fmt: skip
    body = _("%(code)s shows that this address is yours. It is good for %(minutes)d minutes, once.\n\n"
             "If you did not ask for it, do nothing.\n")  # fmt: skip
    send_at_once(address, code, body % {"code": code, "minutes": MINUTES})


def waiting_mail(person: PersonId) -> str:
    """The new address that waits for its code; "" if none does."""
    waiting = MailChange.objects.filter(pk=person, expires__gt=timezone.now(), tries__lt=TRIES).first()
    return waiting.mail if waiting else ""


def confirm_mail(person: PersonId, typed: str) -> bool:
    """Whether this is the code that was sent; then the new address stands, and the others were told. A try is spent
    before anything is compared."""
    here = MailChange.objects.filter(pk=person, expires__gt=timezone.now(), tries__lt=TRIES)
    if not here.update(tries=F("tries") + 1):
        return False
    change = MailChange.objects.filter(pk=person).first()
    digits = "".join(filter(str.isdigit, typed))
    if change is None or not constant_time_compare(change.digest, _digest(person, change.mail, digits)):
        return False
    if not MailChange.objects.filter(pk=person, digest=change.digest).delete()[0]:
        return False
    before = mails(person)
    if change.beside and before:
        _add_mail(person, change.mail, before)
    else:
        _set_mail(person, change.mail, before)
    return True


def needs(polity: Polity, person: Person, at: int) -> Iterator[Need]:
    """An address that an officer gave for this person, until it counts."""
    if found := mail_given(polity, person.id, at):
        yield Need(
            _("Look whether it is yours:"), _("the mail address that an officer gave for you"),
            reverse("membership:me"), 1, found.counts,
        )  # fmt: skip


def may_add_mail(person: PersonId) -> bool:
    return OtherMail.objects.filter(person=person).count() < MOST


def take_mail_away(person: PersonId, mail: str) -> bool:
    """The further address is theirs no more, and all were told; False if it was none of them."""
    before = mails(person)
    if not OtherMail.objects.filter(person=person, mail=mail).delete()[0]:
        return False
    letters.address_changed(person, before, letters.TAKEN_AWAY)
    return True


def _set_mail(person: PersonId, mail: str, before: list[str]) -> None:
    with suppress(Refused):  # who says where mail goes to needs no address that an officer gave
        actions.keep_mail(person)
    key = normalised_mail(mail)
    set_mail(person, mail)
    own_words.keep(person, "mail")
    letters.address_changed(person, [each for each in before if normalised_mail(each) != key], letters.ANOTHER)


def _add_mail(person: PersonId, mail: str, before: list[str]) -> None:
    key = normalised_mail(mail)
    if key in map(normalised_mail, before) or not may_add_mail(person):
        return
    OtherMail.objects.get_or_create(person=person, mail_key=key, defaults={"mail": mail})
    letters.address_changed(person, before, letters.FURTHER)


def _digest(person: PersonId, mail: str, code: str) -> str:
    return keyed("mail change", f"{person} {mail} {code}")
