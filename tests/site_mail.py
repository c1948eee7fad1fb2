"""Letters of the cast: put into words and handed on, as the postman of a server does."""

from django.core import mail

from frombelow_site.door import the_door
from frombelow_site.mail.postman import Postman


def delivered():
    """Every letter that left by now, the earliest first."""
    postman = Postman(the_door())
    while postman.work():
        pass
    return mail.outbox
