"""Letters about votes. None names the organization or the question: who sees a screen must not learn of either."""

from collections.abc import Iterable, Iterator
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import override

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.mail.sending import Letter, send_letter, send_one_by_one
from frombelow_site.people.queries import letters_in, mails
from frombelow_site.ui.clock import local, minute_of


def on_paper(person: PersonId) -> None:
    """An answer on paper counts for this person: they hear of it, wherever they can be reached."""
    with override(letters_in(person)):
        subject = _("An answer on paper was handed in for you")
        body = _(
            "Two officers handed in that you answered on paper in a vote that is open.\n\n"
            "If you did, there is nothing to do. If you did not, sign in and answer yourself before the vote closes: "
            "your own answer counts instead.\n"
        )
        for mail in mails(person):
            send_letter(mail, subject, body)


def rests(people: Iterable[PersonId], until: int) -> None:
    """A result rests until this second on answers in the names of these people that no key vouches for: each of them is
    asked whether theirs is theirs."""
    send_one_by_one(partial(_whose, people, until))


def _whose(people: Iterable[PersonId], until: int) -> Iterator[Letter]:
    for person in people:
        with override(letters_in(person)):
            subject = _("Is the answer in your name yours?")
            body = _(
                "A vote closed in which an answer in your name counts that no key of yours sealed. Such answers could "
                "have decided it, so nothing follows from it yet.\n\n"
                "If you gave it, there is nothing to do. If you did not, sign in and say so before %(day)s: Home asks "
                "you.\n"
            ) % {"day": minute_of(local(until))}
            yield from [Letter(mail, subject, body) for mail in mails(person)]
