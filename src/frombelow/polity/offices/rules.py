"""Offices and mandates: a power is held from a day to a day, by authority of a decision, and ends by itself."""

from collections.abc import Iterator

from msgspec import UNSET, UnsetType

from ...alike import look_alike
from ..kernel import days
from ..kernel.act import TIME
from ..kernel.ids import MandateId, NoId, OfficeId, PersonId
from ..kernel.require import refuse, require_inside, require_member, require_office, require_person
from ..motions.deciding import Deciding
from ..rulebook.book import Rulebook, known_powers
from ..state import Polity
from .acts import CreateOffice, EndMandate, Expire, GrantMandate, Resign, Vacate
from .seats import DECIDED, FILLED, MOVED, OVER, RESIGNED, Ending, Vacating, cut_provisional, end, end_early, seat
from .state import Mandate, Office


def judge_resign(polity: Polity, act: Resign, at: int) -> None:
    require_member(polity, act, at)
    mandate = polity.mandates.get(act.mandate)
    if mandate is None:
        refuse(polity, "powers", "unknown-mandate")
    if mandate.person != act.by:
        refuse(polity, "powers", "not-yours")
    if mandate.ended:
        refuse(polity, "powers", "mandate-over")


def apply_resign(polity: Polity, act: Resign, at: int) -> None:
    """The mandate is over, and what the same person was to hold after it. Who gives back only what is to come keeps
    what they hold."""
    mandate = polity.mandates[act.mandate]
    (end if mandate.starts > at else end_early)(polity, mandate, RESIGNED, at)


def apply_expire(polity: Polity, act: Expire, at: int) -> None:
    end(polity, polity.mandates[act.mandate], OVER, at)


def due_expire(polity: Polity, task: Ending, _planned: int, _at: int) -> Expire | None:
    """The end of a mandate that is not over yet."""
    return None if polity.mandates[task.mandate].ended else Expire(by=TIME, mandate=task.mandate)


def apply_vacate(polity: Polity, act: Vacate, at: int) -> None:
    end_early(polity, polity.mandates[act.mandate], MOVED, at)


def due_vacate(polity: Polity, task: Vacating, _planned: int, _at: int) -> Vacate | None:
    """The end of a mandate whose holder moved out of the branch, if it is not over by anything else."""
    return None if polity.mandates[task.mandate].ended else Vacate(by=TIME, mandate=task.mandate)


# --- effects ---


def check_create(polity: Polity, effect: CreateOffice, by: Deciding) -> None:
    require_inside(polity, effect.branch, by.branch)
    try:
        known_powers(effect.powers)
    except ValueError as error:
        refuse(polity, "powers", "unknown-power", why=str(error))
    beside = (office.title for office in polity.offices.values() if office.branch == effect.branch)
    if taken := next((title for title in beside if look_alike(title, effect.title)), ""):
        refuse(polity, "powers", "office-looks-like", title=taken)


def do_create(polity: Polity, effect: CreateOffice, by: Deciding) -> None:
    made = OfficeId(by.makes)
    polity.offices[made] = Office(
        made, effect.title, frozenset(effect.powers), effect.branch,
        effect.seats, effect.term_months, effect.member_days, [], by.decision,
    )  # fmt: skip


def check_grant(polity: Polity, effect: GrantMandate, by: Deciding) -> None:
    """Refuse a grant that could not be; once the decision has its id, also one for which there is no seat."""
    office, rules = require_office(polity, effect.office), by.rules
    require_inside(polity, office.branch, by.branch)
    person = require_person(polity, effect.person)
    if office.branch not in polity.branches[person.branch].above:
        refuse(polity, "branches", "outside-branch")
    if polity.today(by.at) - person.joined < office.member_days:
        refuse(polity, "powers", "member-too-short", days=office.member_days)
    if effect.follows is not UNSET:
        _check_follows(polity, office, effect.follows, by.at)
    most = rules["consecutive_terms"]
    if terms_in_a_row(polity, office, effect.person, rules, by.at) >= most:
        refuse(polity, "consecutive_terms", "too-many-terms", rules=rules, most=most)
    if by.decision:
        _check_seat(polity, effect)


def _check_follows(polity: Polity, office: Office, follows: MandateId, at: int) -> None:
    """Refuse what follows no mandate of this office, or one that has not begun: nobody queues terms years ahead."""
    before = polity.mandates.get(follows)
    if before is None or before.office != office.id:
        refuse(polity, "powers", "unknown-mandate")
    if before.starts > at:
        refuse(polity, "powers", "not-begun")


def _check_seat(polity: Polity, effect: GrantMandate) -> None:
    """Refuse a grant when all seats are taken or the person holds one: asked when it takes effect, since a seat may
    fall free till then. A founding mandate makes room: it lasts until the members fill the office."""
    office, before = require_office(polity, effect.office), followed(polity, effect)
    if before and any(mandate.follows == before.id for mandate in office.holders):
        refuse(polity, "powers", "followed-already")
    # A person has one seat: whoever holds the office, or waits for it, is granted the term after their own alone.
    if any(mandate.person == effect.person and mandate is not before for mandate in office.lasting):
        refuse(polity, "powers", "holds-already")
    if before is None and office.taken >= office.seats:
        refuse(polity, "powers", "no-seat", office=office.title, seats=office.seats)


def do_grant(polity: Polity, effect: GrantMandate, by: Deciding) -> None:
    office, starts, rules = polity.offices[effect.office], by.at, by.rules
    gone = filled(polity, effect)
    if before := followed(polity, effect):
        starts = before.ends
    elif gone is not None:
        end(polity, gone, FILLED, by.at)
    name, months = MandateId(by.makes), term(office, rules)
    ends = days.months_later(starts, months, rules["zone"])
    follows: MandateId | NoId = before.id if before else ""
    seat(polity, office, name, effect.person, starts, ends, by.decision, follows=follows, months=months)
    polity.mandates[name].instead = gone.id if gone else ""
    cut_provisional(polity, polity.mandates[name])


def filled(polity: Polity, effect: GrantMandate) -> Mandate | None:
    """The mandate from the founding that ends by this grant at once; None where none does."""
    office = polity.offices.get(effect.office)
    if office is None or followed(polity, effect):
        return None
    provisional = [mandate for mandate in office.holders if mandate.provisional]
    own = [mandate for mandate in provisional if mandate.person == effect.person]
    crowded = office.taken + len(provisional) >= office.seats
    return next(iter(own or (provisional if crowded else [])), None)


def unseats(polity: Polity, effect: GrantMandate) -> list[PersonId]:
    """Whose seat it fills: who holds the office since the founding, whom the new holder follows, and where no seat is
    free everybody who holds it, since it is one of them who will have to go."""
    office = polity.offices.get(effect.office)
    if office is None:
        return []
    before, full = followed(polity, effect), office.taken >= office.seats
    return [each.person for each in office.holders if each.provisional or each is before or (full and before is None)]


def followed(polity: Polity, effect: GrantMandate) -> Mandate | None:
    """The running mandate whose end the granted one waits for; None where it begins at once, or that one is over."""
    before = polity.mandates.get(effect.follows) if effect.follows is not UNSET else None
    return before if before and not before.ended and not before.provisional else None


def to_follow(polity: Polity, office: OfficeId, person: PersonId) -> MandateId | UnsetType:
    """Which mandate a grant to this person should wait for: their own, or where no seat is free the one that ends
    first; UNSET where it can begin at once."""
    found = polity.offices[office]
    spoken_for = {mandate.follows for mandate in found.lasting}
    own = [mandate for mandate in found.lasting if mandate.person == person]
    if not own and found.taken < found.seats:
        return UNSET
    begun = [mandate for mandate in own or found.lasting if mandate.starts <= polity.at]
    free = sorted(begun, key=lambda mandate: mandate.ends)
    return next((mandate.id for mandate in free if mandate.id not in spoken_for), UNSET)


def _of(polity: Polity, office: Office) -> list[Mandate]:
    """Every mandate for this office that there was."""
    return [mandate for mandate in polity.mandates.values() if mandate.office == office.id]


def term(office: Office | CreateOffice, rules: Rulebook) -> int:
    """The months for which a mandate is granted: the office's own, never more than the rulebook's."""
    longest: int = rules["term_months"]
    return min(office.term_months, longest)


def terms_in_a_row(polity: Polity, office: Office, person: PersonId, rules: Rulebook, at: int) -> int:
    """How many terms the person has held this office, or another with some of its powers, up to this second, with no
    pause as long as a term between them. Of two that lie over each other for the most part, one counts; provisional
    ones do not, nor those that never began."""
    count, since = 0, at
    for starts, over, months in sorted(_held_before(polity, office, person, rules), reverse=True):
        if days.months_later(over, max(months, term(office, rules)), rules["zone"]) <= since:
            break
        if count == 0 or 2 * max(0, over - since) <= over - starts:
            count, since = count + 1, starts
    return count


def _held_before(polity: Polity, office: Office, person: PersonId, rules: Rulebook) -> Iterator[tuple[int, int, int]]:
    """From when until when, and for how many months at most, the person held or is to hold the office, or another with
    some of its powers where its members are: a second office of another name is no way around the end of a term, nor is
    one of shorter terms."""
    for found in polity.granted.get(person, ()):
        if not found.provisional and (not found.ended or found.ended >= found.starts):
            other = polity.offices[found.office]
            places = polity.branches[other.branch].above, polity.branches[office.branch].above
            shared = other.powers & office.powers and (office.branch in places[0] or other.branch in places[1])
            if other.id == office.id or shared:
                yield found.starts, found.ended or found.ends, term(other, rules)


def check_end(polity: Polity, effect: EndMandate, by: Deciding) -> None:
    mandate = polity.mandates.get(effect.mandate)
    if mandate is None:
        refuse(polity, "powers", "unknown-mandate")
    if in_its_place(polity, mandate) is None:
        refuse(polity, "powers", "mandate-over")
    require_inside(polity, polity.offices[mandate.office].branch, by.branch)


def in_its_place(polity: Polity, mandate: Mandate) -> Mandate | None:
    """The mandate that is meant by this one: itself; once it is over, however it ended, the one by which the same
    person holds the office on. None where they do not. It is the person's office that a question is about: who gives a
    mandate back and is seated anew is meant as before."""
    if not mandate.ended:
        return mandate
    holders = polity.offices[mandate.office].holders
    return next((each for each in holders if each.person == mandate.person), None)


def do_end(polity: Polity, effect: EndMandate, by: Deciding) -> None:
    found = in_its_place(polity, polity.mandates[effect.mandate])
    assert found is not None, "what is over was refused"
    end_early(polity, found, DECIDED, by.at)
