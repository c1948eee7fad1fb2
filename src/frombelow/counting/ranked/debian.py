"""The Debian project's way to vote: a default option, a quorum, majority ratios, then Schulze's method.

Source: Constitution for the Debian Project, version 1.9 (2022), A.5. In its order: an option that fewer ballots than
the quorum rank above the default option is dropped (A.5.2); so is one that does not defeat the default option by its
majority ratio (A.5.3); among the others the weakest defeats in the Schwartz set are set aside until none is left in it
(A.5.4 to A.5.7), which elects as Schulze's method with winning votes does; where several are left, the casting vote
chooses (A.5.8): here the seed, or a lot, which may stand for that vote.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from ..counts import Count
from ..errors import CountError
from ..profile import Array, Profile
from ..stv.sheet import Sheet
from ..ties import Purpose
from .finish import check_seats, one_look
from .pairwise import Duels, duels
from .sets import schwartz

Named = int | str  # a candidate by number or by name


def debian(
    profile: Profile,
    seats: int | None = None,
    *,
    default: Named | None = None,
    quorum: int | Fraction = 0,
    majorities: Mapping[Named, int | Fraction] | None = None,
    ties: Sequence[str] | None = None,
    seed: str | None = None,
    lots: Sequence[int] = (),
) -> Count:
    """The count for one option. The votes of each round are the ballots that rank an option above the default one.

    ``default``: the default option, else the last one. ``quorum``: how many ballots must rank an option above it.
    ``majorities``: ratios for options that need more than more ballots for than against; 3 is three to one.

    >>> from frombelow.counting import profile_of
    >>> votes = profile_of(["Move", "Stay", "Further discussion"], [(5, [0, 2, 1]), (3, [2, 0, 1]), (3, [1, 0])])
    >>> debian(votes).winners, debian(votes, majorities={"Move": 3}).winners, debian(votes, quorum=9).winners
    ((0,), (2,), (2,))
    """
    check_seats(profile, seats)
    last = number_of(profile, default if default is not None else len(profile.candidates) - 1)
    ratios = {number_of(profile, each): Fraction(ratio) for each, ratio in (majorities or {}).items()}
    if last in profile.withdrawn:
        raise CountError("The default option cannot be withdrawn.")
    if quorum < 0 or any(ratio < 1 for ratio in ratios.values()):
        raise CountError("A quorum is 0 or more, and a majority ratio 1 or more.")
    sheet = Sheet(profile, 1, one_look(profile, ties, seed, lots))
    found = duels(profile)
    row = {candidate: at for at, candidate in enumerate(found.standing)}
    sheet.votes = list(found.spread([int(each) for each in found.over[:, row[last]]]))
    against = found.spread([int(each) for each in found.over[row[last]]])
    sheet.say("first-duels", ballots=found.valid)
    _drop_below_quorum(sheet, last, quorum)
    _drop_below_majority(sheet, last, against, ratios)
    dropped = _set_aside(sheet, found, np.array([row[each] for each in sheet.hopeful]))
    details = {"figures": "preferred to the default option", "default": last, "set aside": dropped, **found.details()}
    return sheet.count("debian", found.valid, details)


def number_of(profile: Profile, option: Named) -> int:
    """The candidate number of an option given by number or name; CountError where there is none, or several."""
    if isinstance(option, int):
        if not 0 <= option < len(profile.candidates):
            raise CountError(f"There is no option number {option}.")
        return option
    if profile.candidates.count(option) != 1:
        raise CountError(f"There is no one option called “{option}”.")
    return profile.candidates.index(option)


def _drop_below_quorum(sheet: Sheet, last: int, quorum: int | Fraction) -> None:
    for each in [each for each in sheet.hopeful if each != last and sheet.votes[each] < quorum]:
        sheet.exclude(each, "excluded-quorum", next=last, quota=quorum, fewer=quorum - sheet.votes[each])
    sheet.close("quorum")


def _drop_below_majority(sheet: Sheet, last: int, against: Sequence[int], ratios: Mapping[int, Fraction]) -> None:
    for each in [each for each in sheet.hopeful if each != last]:
        ratio, votes = ratios.get(each, Fraction(1)), sheet.votes[each]
        if votes <= against[each] or votes < ratio * against[each]:
            sheet.exclude(each, "excluded-ratio", next=last, part=against[each], ratio=ratio)
    sheet.close("majority")


def _set_aside(sheet: Sheet, found: Duels, rows: Array) -> list[list[int]]:
    """Elect from the Schwartz set, setting the weakest defeats in it aside; returns them as [winner, loser]."""
    strengths = found.strengths("winning votes")[np.ix_(rows, rows)]
    names, aside = [found.standing[each] for each in rows], []
    while True:
        leading = schwartz(strengths > 0)
        within = strengths[np.ix_(leading, leading)]
        if not within.any():
            break
        for i, j in np.argwhere(within == within[within > 0].min()):
            a, b = int(leading[i]), int(leading[j])
            strengths[a, b] = 0
            aside.append([names[a], names[b]])
            votes, fewer = int(found.over[rows[a], rows[b]]), int(found.over[rows[b], rows[a]])
            sheet.say("set-aside", who=names[a], next=names[b], votes=votes, part=fewer)
        sheet.close("defeats set aside")
    left = [names[each] for each in leading]
    if len(left) == 1:
        sheet.elect(left[0], "elected-left-leading")
    else:
        chosen = sheet.ties.choose(Purpose.ELECT, left)
        sheet.elect(chosen, "elected-tie", next=next(each for each in left if each != chosen))
    sheet.close("final")
    return aside
