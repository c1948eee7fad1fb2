"""Coming in: codes that somebody else holds, and the way back for who lost every way to sign in."""

from msgspec import UNSET, UnsetType

from ..kernel.act import Act
from ..kernel.fields import Day
from ..kernel.ids import PersonId, RecoveryId


class AskAccess(Act, tag="access.ask", frozen=True, kw_only=True):
    """A member who lost every way to sign in, or an officer for them, asks for a new one."""

    recovery: RecoveryId
    person: PersonId


class Vouch(Act, tag="access.vouch", frozen=True, kw_only=True):
    """A member says that it is them who ask."""

    recovery: RecoveryId
    person: PersonId


class StopAccess(Act, tag="access.stop", frozen=True, kw_only=True):
    """Somebody whom it concerns stops the request."""

    recovery: RecoveryId
    person: PersonId


class LapseAccess(Act, tag="access.lapse", frozen=True, kw_only=True):
    """Time ends a request that did not get what it needed."""

    recovery: RecoveryId
    person: PersonId


class OpenAccess(Act, tag="access.open", frozen=True, kw_only=True):
    """Time opens the way: the member comes in by a code, and their earlier ways to sign in are gone."""

    recovery: RecoveryId
    person: PersonId


class IssueCode(Act, tag="access.issue-code", frozen=True, kw_only=True):
    """Somebody holds a code with which this member signs in once: an officer printed it, for a member who was never
    here or for whom they asked and time opened the way, or whoever runs the server did. ``shown`` is to whom the server
    showed it, where a member reads it on a page: the founder, for the others who founded. ``until`` is of a sheet
    that is good again and again: an officer printed it for who was never here, or the member for themselves."""

    person: PersonId
    shown: PersonId | UnsetType = UNSET
    until: Day | UnsetType = UNSET


class EndCode(Act, tag="access.end-code", frozen=True, kw_only=True):
    """A sheet that was good again and again is good no more: its member says so, or an officer."""

    person: PersonId
