"""Who can act: whether anybody is a member, and whether somebody holds each power that an office gives."""

from frombelow.polity.offices.vacancies import vacancies
from frombelow.polity.rulebook.parameters import POWERS
from frombelow_site.door.replica import Replica
from frombelow_site.ui.clock import now

from .findings import Finding, bad, good


def members(replica: Replica) -> Finding:
    polity = replica.polity
    if polity.rules is not None and not polity.ended and not polity.members:
        return bad(
            "members", "Nobody is a member: nobody can ever act here again.",
            "Keep the record with “frombelow record export”, and found the organization anew in another folder.",
        )  # fmt: skip
    return good("members", f"{polity.members:,} {'member' if polity.members == 1 else 'members'}.")


def offices(replica: Replica) -> list[Finding]:
    polity = replica.polity
    found = [
        bad(
            "offices",
            f"In {polity.branches[each.branch].name} nobody holds the power to {POWERS[each.power]}.",
            f"Tell the members: a motion fills the office “{polity.offices[each.office].title}”.",
        )
        for each in (vacancies(polity, now()) if polity.members else ())
    ]
    return found or [good("offices", "Somebody holds each power that an office gives.")]
