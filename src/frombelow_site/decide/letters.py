"""Letters about votes. None names the organization or the question: who sees a screen must not learn of either."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.mail.sending import send_letter
from frombelow_site.people.queries import letters_in, mails


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
