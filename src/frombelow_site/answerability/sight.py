"""Who can see what: each kind of data, and who can read it by the offices and mandates of this moment."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from frombelow.polity import Polity
from frombelow.polity.parameters import POWERS
from frombelow.polity.state import Mandate


@dataclass(frozen=True, slots=True)
class Readers:
    """Those who hold a power now, each by a mandate."""

    power: str
    words: str
    article: str
    mandates: list[Mandate]


@dataclass(frozen=True, slots=True)
class Sight:
    """One kind of data: what it is, who reads it by right, and by which powers others do."""

    name: str
    what: str
    everybody: str
    powers: list[Readers] = field(default_factory=list)
    link: tuple[str, str] | None = None


def readers(polity: Polity, power: str, at: int) -> Readers:
    """Everybody who holds this power now."""
    found = [
        mandate
        for office in list(polity.offices.values())
        if power in office.powers
        for mandate in list(office.holders)
        if mandate.live(at)
    ]
    return Readers(power, _(POWERS[power]), polity.book.article("powers"), found)


def sights(polity: Polity, at: int) -> list[Sight]:
    """What the organization holds, the most private first."""
    roll, admits, restores, server = (
        readers(polity, power, at) for power in ("see-the-roll", "admit-members", "restore-access", "run-the-server")
    )
    return [
        Sight(
            _("The roll"), _("Names, mail addresses, phone numbers, languages, branches of all members."),
            _("You can read your own line. No other member can read the roll."), [roll],
            ("answerability:looks", _("Who looked at it")),
        ),
        Sight(
            _("Files of new members"), _("A roll that is brought in, while it is brought in; printed sign-in codes."),
            _("No other member sees them."), [admits, restores],
        ),
        Sight(
            _("Names beside acts"), _("Who moved, seconded, signed, ruled and voted, and how."),
            _("Every member can read them, and nobody outside. Votes on motions are open."),
        ),
        Sight(
            _("Motions, reasons and replies"), _("What people wrote about a motion."),
            _("Every member can read them, and nobody outside."),
        ),
        Sight(
            _("The record"), _("Every act with its day, its author as a random id, and the rules. It holds no names."),
            _("Every member can read it and take it away."), [], ("records:record", _("Read the record")),
        ),
        Sight(
            _("Checkpoints"), _("How many entries the record has, and one number over all of them."),
            _("Everybody, members or not. They tell nothing of what is in the entries."), [],
            ("records:head", _("The latest checkpoint")),
        ),
        Sight(
            _("Database and backups"),
            _("All of the above in one place, with the names, and the key that signs the record."),
            _("No other member should be able to read them. The record cannot show who has the password: ask."),
            [server], ("answerability:server", _("What was done to the server")),
        ),
    ]  # fmt: skip
