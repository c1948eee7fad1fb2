from msgspec import Struct

from ..kernel.ids import MandateId, NoId, PersonId, RecoveryId


class Recovery(Struct):
    """A request to let a member in again. It runs until it has ``ended``; from ``opens`` on, time opens the way. Where
    it is ``sealed``, who vouches does so by a key that is known for long."""

    id: RecoveryId
    person: PersonId
    by: PersonId  # the member, or the officer who asked for them
    under: MandateId | NoId  # the officer's mandate; "" where the member asked
    needed: int  # how many have to vouch
    hours: int
    at: int
    vouchers: tuple[PersonId, ...] = ()
    lapses: int = 0
    opens: int = 0
    lengthened: int = 0  # by so many seconds, the time to vouch: so long the server was off during it
    ended: str = ""
    ended_at: int = 0
    sealed: bool = False
    stopped_by: PersonId | NoId = ""
    printed: bool = False  # the officer who asked printed a code
