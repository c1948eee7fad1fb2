"""Offices and mandates: a power is held from a day to a day, by authority of a decision, and ends by itself."""

from msgspec import UNSET, UnsetType

from . import days
from .acts import CreateOffice, EndMandate, Expire, GrantMandate, Resign
from .grounds import a_member, an_office, inside, refuse
from .rulebook import Rulebook, known_powers
from .state import Mandate, Office, Polity, Standing


def seat(
    polity: Polity, office: Office, name: str, person: str, starts: int, ends: int, source: str,
    *, provisional: bool = False, follows: str = "",
) -> None:  # fmt: skip
    """The person holds the office until the mandate ends, which time will see to."""
    mandate = Mandate(name, office.id, person, starts, ends, source, provisional, follows)
    polity.mandates[name] = mandate
    polity.held.setdefault(person, []).append(mandate)
    office.holders.append(mandate)
    polity.schedule(ends, "expire", name)


def end(polity: Polity, mandate: Mandate, how: str) -> None:
    """The mandate is over."""
    mandate.ended, mandate.how = polity.at, how
    polity.offices[mandate.office].holders.remove(mandate)
    held = polity.held[mandate.person]
    held.remove(mandate)
    if not held:
        del polity.held[mandate.person]


def drop_mandates(polity: Polity, person: str, how: str) -> None:
    """All mandates of a person who is a member no more are over."""
    for mandate in list(polity.held.get(person, ())):
        end(polity, mandate, how)


def judge_resign(polity: Polity, act: Resign) -> None:
    a_member(polity, act)
    mandate = polity.mandates.get(act.mandate)
    if mandate is None:
        refuse(polity, "powers", "unknown-mandate")
    if mandate.person != act.by:
        refuse(polity, "powers", "not-yours")
    if mandate.ended:
        refuse(polity, "powers", "mandate-over")


def apply_resign(polity: Polity, act: Resign) -> None:
    end(polity, polity.mandates[act.mandate], "resigned")


def apply_expire(polity: Polity, act: Expire) -> None:
    end(polity, polity.mandates[act.mandate], "term over")


def due_expire(polity: Polity, subject: str, at: int, now: int) -> Expire | None:
    """The end of a mandate that is not over yet."""
    return None if polity.mandates[subject].ended else Expire(by="time", at=now, mandate=subject)


# --- effects ---


def check_create(polity: Polity, effect: CreateOffice, branch: str, rules: Rulebook) -> None:
    inside(polity, effect.branch, branch)
    try:
        known_powers(effect.powers)
    except ValueError as error:
        refuse(polity, "powers", "unknown-power", why=str(error))


def do_create(polity: Polity, effect: CreateOffice, name: str, source: str) -> None:
    polity.offices[name] = Office(
        name, effect.title, frozenset(effect.powers), effect.branch,
        effect.seats, effect.term_months, effect.member_days, [], source,
    )  # fmt: skip


def check_grant(polity: Polity, effect: GrantMandate, branch: str, rules: Rulebook) -> None:
    office = an_office(polity, effect.office)
    inside(polity, office.branch, branch)
    person = polity.people.get(effect.person)
    if person is None or person.standing not in (Standing.MEMBER, Standing.STEPPED_BACK):
        refuse(polity, "membership", "unknown-person")
    if office.branch not in polity.branches[person.branch].above:
        refuse(polity, "branches", "outside-branch")
    if polity.today() - person.joined < office.member_days:
        refuse(polity, "powers", "member-too-short", days=office.member_days)
    if effect.follows is not UNSET and effect.follows not in {mandate.id for mandate in _of(polity, office)}:
        refuse(polity, "powers", "unknown-mandate")
    most = rules["consecutive_terms"]
    if terms_in_a_row(polity, office, effect.person, rules) >= most:
        refuse(polity, "consecutive_terms", "too-many-terms", rules=rules, most=most)


def check_seat(polity: Polity, effect: GrantMandate) -> None:
    """Refuse a grant when all seats are taken or the person holds one: asked when it takes effect, since a seat may
    fall free till then. A founding mandate makes room: it lasts until the members fill the office."""
    office = an_office(polity, effect.office)
    if before := followed(polity, effect):
        if any(mandate.follows == before.id for mandate in office.holders):
            refuse(polity, "powers", "followed-already")
        return
    lasting = [mandate for mandate in office.holders if not mandate.provisional]
    if any(mandate.person == effect.person for mandate in lasting):
        refuse(polity, "powers", "holds-already")
    live = {mandate.id for mandate in lasting}
    if sum(mandate.follows not in live for mandate in lasting) >= office.seats:
        refuse(polity, "powers", "no-seat", office=office.title, seats=office.seats)


def do_grant(polity: Polity, effect: GrantMandate, name: str, source: str, rules: Rulebook) -> None:
    office, starts = polity.offices[effect.office], polity.at
    if before := followed(polity, effect):
        starts = before.ends
    else:
        own = [mandate for mandate in office.holders if mandate.person == effect.person]
        if own or len(office.holders) >= office.seats:
            room = own or [mandate for mandate in office.holders if mandate.provisional]
            end(polity, room[0], "filled by decision")
    ends = days.months_later(starts, term(office, rules), rules["zone"])
    follows = before.id if before else ""
    seat(polity, office, name, effect.person, starts, ends, source, follows=follows)


def followed(polity: Polity, effect: GrantMandate) -> Mandate | None:
    """The running mandate whose end the granted one waits for; None where it begins at once, or that one is over."""
    before = polity.mandates.get(effect.follows) if effect.follows is not UNSET else None
    return before if before and not before.ended and not before.provisional else None


def to_follow(polity: Polity, office: str, person: str) -> str | UnsetType:
    """Which mandate a grant to this person should wait for: their own, or where no seat is free the one that ends
    first; UNSET where it can begin at once."""
    found = polity.offices[office]
    lasting = [mandate for mandate in found.holders if not mandate.provisional]
    spoken_for = {mandate.follows for mandate in lasting}
    own = [mandate for mandate in lasting if mandate.person == person]
    if not own and len(lasting) < found.seats:
        return UNSET
    free = sorted((own or lasting), key=lambda mandate: mandate.ends)
    return next((mandate.id for mandate in free if mandate.id not in spoken_for), UNSET)


def _of(polity: Polity, office: Office) -> list[Mandate]:
    """Every mandate for this office that there was."""
    return [mandate for mandate in polity.mandates.values() if mandate.office == office.id]


def term(office: Office, rules: Rulebook) -> int:
    """The months for which a mandate is granted: the office's own, never more than the rulebook's."""
    longest: int = rules["term_months"]
    return min(office.term_months, longest)


def terms_in_a_row(polity: Polity, office: Office, person: str, rules: Rulebook) -> int:
    """How many mandates for the office the person has held up to now with no pause as long as a term between them.
    Provisional ones do not count."""
    count, since = 0, polity.now
    past = [
        found
        for found in polity.mandates.values()
        if found.office == office.id and found.person == person and not found.provisional
    ]
    for mandate in sorted(past, key=lambda found: found.starts, reverse=True):
        over = mandate.ended or mandate.ends
        if days.months_later(over, term(office, rules), rules["zone"]) <= since:
            break
        count, since = count + 1, mandate.starts
    return count


def check_end(polity: Polity, effect: EndMandate, branch: str, rules: Rulebook) -> None:
    mandate = polity.mandates.get(effect.mandate)
    if mandate is None:
        refuse(polity, "powers", "unknown-mandate")
    if mandate.ended:
        refuse(polity, "powers", "mandate-over")
    inside(polity, polity.offices[mandate.office].branch, branch)


def do_end(polity: Polity, effect: EndMandate) -> None:
    end(polity, polity.mandates[effect.mandate], "ended by decision")
