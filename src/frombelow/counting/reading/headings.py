"""What the headings of a table of ballots say, and the words that stand in its cells beside names. Nothing is taken for
what it is not known to be; what is not taken is named."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple
from unicodedata import category, normalize

from ...alike import skeletons
from ...signs import UNSEEN
from ..errors import ReadError
from .numerals import shown


def plain(text: str) -> str:
    """The text as headings and labels are compared: in small letters, underscores as blanks, one blank at a time."""
    return " ".join(text.replace("_", " ").split()).lower()


def bare(text: str) -> str:
    """The same without signs around it: “Total:” and “[blank]” are what they are without."""
    return plain(text).strip(" .:;,!*()[]<>–—-")


def _words(text: str) -> frozenset[str]:
    return frozenset(map(bare, text.split(",")))


_FIGURES = re.compile(r"[:(=]|\b\d")  # what follows a sum
_UNSEEN = re.compile(f"[{UNSEEN}]")
_RANK = r"rank|choice|preference|pref"
RANK = re.compile(rf"(?:{_RANK})?[ ]?(\d{{1,4}})(?:st|nd|rd|th)?(?:[ ]?(?:{_RANK}))?")
RANK_WITHIN = re.compile(rf"(?:{_RANK})[ (]*(\d{{1,4}})\)?|(\d{{1,4}})(?:st|nd|rd|th) *(?:{_RANK})")
# What is said beside a rank so that nobody turns the ranks round.
_BEST = (
    r"best|worst|top|bottom|first|last|highest|lowest|favou?rite|most preferred|least preferred|most|least|"
    r"mejor|peor|primera|última|preferida|beste|schlechteste|meilleure?|pire"
)
_BESIDE = re.compile(
    rf"(.{{1,40}}?) ?(?:[(\[] ?(?:{_BEST})(?: (?:choice|preference|opción))? ?[)\]]|[-–—=:/] ?(?:{_BEST}))"
)
# How many ballots a row stands for.
WEIGHT = _words("""
    count, counts, weight, weights, ballots, votes, voters, frequency, freq, multiplicity, multiplier, times, quantity,
    qty, number of ballots, number of votes, number of voters, nr. of ballots,
    nr. of votes, nr of ballots, nr of votes, ballots cast, votes cast,
    no. of ballots, no. of votes, # of ballots, # of votes,
    num ballots, num votes, num voters, ballot count, vote count, cantidad, votos, papeletas, peso, recuento,
    número de votos, número de papeletas, anzahl, stimmen, stimmzettel, gewicht, anzahl stimmen, anzahl stimmzettel,
    voix, bulletins, poids, effectif, nombre de voix, nombre de bulletins""")
# What is said of a ballot, its voter or its paper, in a table that has a column for each candidate.
ABOUT = _words("""
    id, ballot, ballotid, row, rownumber, #, no, no., nr, number, timestamp, time, date, submitted, precinct,
    precinctid,
    style, batch, tabulator, voter, voterid, respondent, response, name, email, e-mail, mail, ip, status, remade, party,
    district, ward, branch, comment, comments, language, source, machine, ballot id, ballot no, ballot no., ballot nr,
    ballot number, ballot style, row number, voter id, voter number, voter name, response id, respondent id,
    submission id, submission date, submission time, submitted at, created at, start date, end date, start time,
    end time, completion time, time stamp, date and time, email address, e-mail address, mail address, ip address,
    precinct id, batch id, record id, cast vote record, cvr id, nombre, correo, fecha, hora, marca temporal,
    s.no, s.no., s no, sno, sl no, sl.no, sr no, sr.no, serial, serial no, serial number, seq, seq., sequence,
    sequence number, ballot #, ballot num, voter #, voter no, row #, row no, member, member no, member nr, member id,
    member number, membership number, overvote rank, undervote rank, overvote ranks, overvotes, undervotes,
    affiliation, partido, partei, parti, pronouns,
    correo electrónico, número de papeleta, número de socio, zeitstempel, datum, horodateur""")
NAMES = _words("name, names, candidate, candidates, nombre, candidato, candidata")
TOTALS = _words("""
    total, totals, sum, sums, subtotal, sub-total, grand total, total votes, total ballots, overall total,
    total general, total votes cast, total ballots cast, total valid, total valid votes, total valid ballots,
    total invalid, average, averages, avg, mean, median, promedio, durchschnitt, mittelwert, moyenne,
    suma, gesamt, gesamtsumme, summe, insgesamt, zusammen, totaal, totale, somme, ensemble""")
SKIPPED = _words("""
    , undervote, undervotes, under-vote, under vote, undervoted, skipped, skip, skipped ranking, skipped rank, blank,
    unranked, n/a, #n/a, exhausted, skippedranking, no vote, no choice, no selection, no ranking,
    not ranked""")
OVERVOTES = _words("overvote, overvotes, over-vote, over vote, overvoted")
WRITE_INS = _words("""
    uwi, write-in, write-ins, write in, write ins, writein, writeins, undeclaredwriteins, undeclared write-in,
    undeclared write-ins, undeclared write in, other write-in, unregistered write-in, unqualified write-in,
    all other write-ins""")
# What may be a name, or say something of a row.
UNSURE = _words("n, value, values, score, scores, rating, points, votes for")
# What a list of parties and their votes holds beside parties.
NO_PARTY = _words("""
    invalid, blank, blanks, spoilt, spoiled, rejected, void, informal, valid, turnout, eligible, registered, electorate,
    invalid votes, blank votes, valid votes, spoilt votes, spoiled votes, spoilt ballots, spoiled ballots,
    blank ballots,
    invalid ballots, spoilt papers, spoiled papers, spoiled ballots, informal votes, informal papers, informal ballots,
    invalid papers, rejected papers, rejected ballots, rejected votes, registered voters, nulos, blancos,
    votos nulos, votos en blanco, ungültig, gültig,
    ungültige stimmen, gültige stimmen, enthaltungen, abstentions""")


class Label(StrEnum):
    """What a cell of a rank holds that is no name."""

    SKIPPED = "skipped"
    OVERVOTE = "overvote"
    TOTAL = "total"
    INVALID = "invalid"


def is_total(said: str) -> bool:
    """Whether it is a sum or the like, such as “Total: 3” and “TOTAL (2 ballots)”."""
    return bool(said) and bare(_FIGURES.split(said)[0]) in TOTALS


def label_of(cell: str) -> Label | None:
    """What is no name in a cell of a rank; None for a name."""
    said = bare(cell)
    if said in SKIPPED:
        return Label.SKIPPED
    if said in OVERVOTES:
        return Label.OVERVOTE
    if is_total(cell):
        return Label.TOTAL
    return Label.INVALID if said in NO_PARTY else None


def is_write_in(name: str) -> bool:
    """Whether it stands for everybody whose name voters wrote in, together."""
    return bare(name) in WRITE_INS


def is_about(heading: str) -> bool:
    """Whether the heading says something of a ballot, or of a row, rather than name a candidate."""
    return bare(heading) in ABOUT or is_total(heading)


class Ranks(NamedTuple):
    """The columns of ranks of one contest, first choice first."""

    contest: str
    columns: list[int]


def weight_column(header: Sequence[str], file: str, line: int) -> int | None:
    """The column that says how many ballots a row stands for. ReadError where two do."""
    found = [at for at, cell in enumerate(header) if bare(cell) in WEIGHT]
    if len(found) > 1:
        both = " and ".join(shown(header[at]) for at in found[:2])
        raise ReadError(file, line, f"{both} both say how many ballots a row stands for; leave one.")
    return found[0] if found else None


def rank_columns(header: Sequence[str], contest: str | None, file: str, line: int) -> Ranks | None:
    """The columns of ranks, of this contest where there are several; None where no heading is that of a rank."""
    contests: dict[str, dict[int, int]] = {}
    header = [_BESIDE.sub(r"\1", cell) if _BESIDE.fullmatch(cell) else cell for cell in map(plain, header)]
    only_figures = all(cell.isdecimal() or not cell or bare(cell) in WEIGHT or is_about(cell) for cell in header)
    for at, cell in enumerate(header):
        found = _rank(cell, only_figures)
        if found is None:
            continue
        whose, rank = found
        if rank in contests.setdefault(whose, {}):
            raise ReadError(file, line, f"two columns are for rank {rank}; a file holds one contest.")
        contests[whose][rank] = at
    contests = _without_remarks(contests)
    if not contests:
        return None
    chosen = _contest(contests, contest, file, line)
    ranks = contests[chosen]
    if min(ranks) > 1:
        raise ReadError(file, line, f"no column is for rank 1; the first is for rank {min(ranks)}.")
    return Ranks(chosen, [ranks[rank] for rank in sorted(ranks)])


def _rank(heading: str, only_figures: bool) -> tuple[str, int] | None:
    """Of which contest and rank a heading is; None for any other."""
    if whole := RANK.fullmatch(heading):
        return ("", int(whole[1])) if only_figures or not heading.isdecimal() else None
    if within := RANK_WITHIN.search(heading):
        rest = " ".join((heading[: within.start()] + " " + heading[within.end() :]).split())
        return rest.strip(" :-–—()[]"), int(within[1] or within[2])
    return None


def _without_remarks(contests: dict[str, dict[int, int]]) -> dict[str, dict[int, int]]:
    """The same without what only says something of each choice, such as its party, where the choices stand beside."""
    named = [whose for whose in contests if bare(whose) in NAMES]
    beside = {" ".join([*whose.split(), about]) for whose in contests for about in ABOUT}
    beside |= ABOUT if named else frozenset()
    return {whose: ranks for whose, ranks in contests.items() if whose in named or bare(whose) not in beside}


def _contest(contests: dict[str, dict[int, int]], wanted: str | None, file: str, line: int) -> str:
    if wanted is None and len(contests) == 1:
        return next(iter(contests))
    if wanted is not None and plain(wanted) in contests:
        return plain(wanted)
    names = ", ".join(shown(each) for each in sorted(contests))
    if wanted is not None:
        raise ReadError(file, line, f"there is no contest {shown(wanted)}; here are {names}.")
    raise ReadError(file, line, f"here are {len(contests)} contests; say which is to be counted: {names}.")


def check_names(names: Sequence[str], file: str, line: int | None = None, *, labels: bool = True) -> None:
    """Refuse names that are empty, hold line breaks or the like, look the same but for capitals and blanks, or are
    ``labels`` of what is no candidate."""
    seen: dict[str, int] = {}
    for at, name in enumerate(names):
        folded = normalize("NFKC", " ".join(name.split())).casefold()
        if not folded:
            raise ReadError(file, line, "a candidate has no name.")
        if any(category(sign) == "Cc" for sign in name):
            raise ReadError(file, line, f"{shown(name)} holds a line break or another sign that is no part of a name.")
        if labels and label_of(name) is not None:
            raise ReadError(file, line, f"{shown(name)} is no candidate; take it out, or give them another name.")
        for look in (folded, *skeletons(_UNSEEN.sub("", name))):
            if (first := seen.setdefault(look, at)) != at:
                other = names[first]
                alike = "stands in the header twice" if other == name else f"and {shown(other)} are hard to tell apart"
                raise ReadError(file, line, f"{shown(name)} {alike}.")
