"""The page of who is a member no more: what they may still vote on, their data, the proofs of what they did."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from frombelow.polity import AnyEntry, Stage, Standing, may
from frombelow.polity.kernel.subject import registry
from frombelow_site.decide.headlines import headlines
from frombelow_site.decide.options import may_vote
from frombelow_site.decide.queries import expelled_by, in_stage, texts
from frombelow_site.door.models import Entry
from frombelow_site.door.request import MemberRequest
from frombelow_site.records.queries import read
from frombelow_site.ui.clock import now

A_PAGE = 25


def page(request: MemberRequest) -> HttpResponse:
    """Nothing on it tells of anybody else but the titles of what they may vote on. Who was expelled reads by which
    decision, and what its mover wrote."""
    polity, person, at = request.polity, request.person, now()
    running = sorted((polity.motions[name] for name in polity.voting), key=lambda motion: motion.deadline)
    open_to_them = [motion for motion in running if may_vote(polity, motion, person.id, at)]
    resting = [name for name in in_stage(Stage.RESTING) if name in polity.motions]  # another process may be ahead
    theirs = [polity.motions[name] for name in resting if may(polity, person.id, "disown", name, at)]
    decision = expelled_by(polity, person)
    called = headlines(polity, [motion.id for motion in (*open_to_them, *theirs, *filter(None, [decision]))])
    mine = Entry.objects.filter(by=person.id, index__lt=polity.size).order_by("-index")
    entries = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    # What kind of entry it is, not its sentence: that would name others, as they are called now.
    done = [(row.index, _(registry.kinds[row.kind].label), entry.at) for row, entry in _read(list(entries))]
    context = {
        "expelled": person.standing is Standing.EXPELLED, "left": person.standing is Standing.LEFT,
        "votes": [(motion, called[motion.id], motion.answers.get(person.id, "")) for motion in open_to_them],
        "theirs": [(motion, called[motion.id]) for motion in theirs],
        "done": done, "page": entries, "decision": decision, "decided": called[decision.id] if decision else "",
        "decided_by": decision.rules.articles.get(decision.article) if decision else None, "entry": person.gone,
        "written": texts(polity, [decision.id])[decision.id] if decision else ("", ""),
    }  # fmt: skip
    return render(request, "membership/afterwards.html", context)


def _read(rows: list[Entry]) -> Iterator[tuple[Entry, AnyEntry]]:
    return zip(rows, read(rows), strict=True)
