from msgspec import Struct


class Recovery(Struct):
    """A request to let a member in again. It runs until it has ``ended``; from ``opens`` on, time opens the way."""

    id: str
    person: str
    by: str  # the member, or the officer who asked for them
    under: str  # the officer's mandate; "" where the member asked
    needed: int  # how many have to vouch
    hours: int
    at: int
    vouchers: tuple[str, ...] = ()
    lapses: int = 0
    opens: int = 0
    ended: str = ""
    ended_at: int = 0
    printed: bool = False  # the officer who asked printed a code
