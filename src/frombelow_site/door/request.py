"""A request as pages get it: with the state that it is answered from, and who asks."""

from django.http import HttpRequest

from frombelow.polity import Polity
from frombelow.polity.kernel.ids import RecoveryId
from frombelow.polity.members.state import Person


class Request(HttpRequest):
    """Anybody's request. ``person`` is who is signed in; ``recovering`` the request by which somebody would come in as
    this person."""

    polity: Polity
    person: Person | None
    recovering: RecoveryId | None


class MemberRequest(Request):
    """The request of somebody who is signed in: what a view gets behind ``member_required`` and its like."""

    person: Person
