"""The record's room: entries in plain words, each with its proof; the whole record to take away and check."""

import tempfile
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frombelow.polity import Polity, hidden
from frombelow.polity.kernel.act import DECISION, SERVER, TIME
from frombelow.polity.kernel.ids import BranchId, MandateId, PersonId, is_id
from frombelow.polity.kernel.subject import registry
from frombelow_site.accounts.access import member_required, signed_in_required
from frombelow_site.decide.headlines import headlines
from frombelow_site.door import the_door
from frombelow_site.door.cosigned import standings
from frombelow_site.door.models import Entry
from frombelow_site.door.request import MemberRequest
from frombelow_site.people.queries import name as name_of
from frombelow_site.people.queries import names
from frombelow_site.subject import NOBODY
from frombelow_site.ui.clock import figure
from frombelow_site.ui.views import notice

from . import exporting, lines, queries, words

AUTHORS = (TIME, DECISION, SERVER)
OFFICERS = 60  # in the choice of authors; an entry's page leads to anybody's acts


@require_safe
@member_required
def record(request: MemberRequest) -> HttpResponse:
    asked = _asked(request)
    before = request.GET.get("before", "")
    reader = request.person.id
    rows = queries.entries(reader, **asked, before=int(before) if before.isdecimal() and len(before) < 16 else None)
    context = {
        "found": lines.page(reader, rows), "kinds": _kinds(get_language() or "", asked["kind"]), **asked,
        "authors": _authors(request.polity, asked["by"]),
        "about_words": _about(request.polity, asked["about"]) if asked["about"] else "",
        "asked": urlencode({name: value for name, value in asked.items() if value}), "before": before,
        "size": the_door().replica.size, "vkey": request.polity.key,
        "last": max(standings(request.polity), key=lambda each: each.at, default=None),
        "voting": len({about for _, about in hidden(request.polity)}),
    }  # fmt: skip
    return render(request, "records/record.html", context)


@lru_cache(maxsize=256)
def _kinds(_language: str, chosen: str) -> SafeString:
    """The choice among kinds of entries in the words of whoever looks for them, by subject."""
    rooms = [
        (_(subject.title), {kind.name: _(kind.label) for kind in subject.kinds})
        for subject in registry.subjects.values()
        if subject.kinds
    ]
    return render_to_string("records/_kinds.html", {"rooms": rooms, "chosen": chosen})


def _asked(request: MemberRequest) -> dict[str, str]:
    """What the reader wants to see; whatever cannot be asked for is left out."""
    kind, by, about = (request.GET.get(name, "") for name in ("kind", "by", "about"))
    return {
        "kind": kind if kind in registry.kinds else "",
        "by": by if by in AUTHORS or is_id(by) else "",
        "about": about if is_id(about) else "",
    }


def _authors(polity: Polity, chosen: str) -> list[tuple[str, str]]:
    """Who can be asked for: who holds an office now, the decisions, time, the server, and who was asked for."""
    held = [
        (mandate.person, office.title)
        for office in islice(polity.offices.values(), OFFICERS)
        for mandate in office.in_force(polity.at)
    ][:OFFICERS]
    asked = PersonId(chosen) if is_id(chosen) else NOBODY
    known = names([asked, *(person for person, _title in held)])
    offices: dict[PersonId, list[str]] = {}
    for person, title in held:
        offices.setdefault(person, []).append(title)
    found = [(person, f"{known[person]} ({', '.join(titles)})") for person, titles in offices.items()]
    if asked and asked not in offices:
        found.append((asked, known[asked]))
    return [*found, (DECISION, _("a decision")), (TIME, _("time")), (SERVER, _("the server"))]


def _about(polity: Polity, name: str) -> str:
    """What an id stands for, in words."""
    if name in polity.motions:
        return headlines(polity, [name])[name]
    if name in polity.people:
        return name_of(PersonId(name))
    if name in polity.mandates:
        mandate = polity.mandates[MandateId(name)]
        return f"{names([mandate.person])[mandate.person]}, {polity.offices[mandate.office].title}"
    if name in polity.branches:
        return polity.branches[BranchId(name)].name
    return name


@require_safe
@member_required
def entry(request: MemberRequest, index: int) -> HttpResponse:
    row = _row(index)
    line = lines.told(request.person.id, [row])[0]
    if line.hidden:
        return _not_yet(request, line)
    mandate = request.polity.mandates.get(MandateId(line.under))
    context: dict[str, Any] = {
        "line": line, "bytes": bytes(row.data).decode(), "receipt": the_door().receipt(index).decode(),
        "vkey": request.polity.key, "person_id": line.by if is_id(line.by) else "",
        "mandate": mandate, "last": the_door().replica.size - 1,
        "sealed": words.sealed(request.polity, queries.read([row])[0]),
    }  # fmt: skip
    if mandate:
        context["office"] = request.polity.offices[mandate.office]
    return render(request, "records/entry.html", context)


@require_safe
@signed_in_required
def receipt(request: MemberRequest, index: int) -> HttpResponse:
    """The proof that an entry is there, with the entry in it; who is a member no more gets those of what they did."""
    row = _row(index)
    if not request.person.active and row.by != request.person.id:
        raise Http404
    line = lines.told(request.person.id, [row])[0]
    if line.hidden:
        return _not_yet(request, line)
    answer = HttpResponse(the_door().receipt(index, bytes(row.data)), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="entry-{index}.tlog-proof"'
    return answer


def _not_yet(request: MemberRequest, line: lines.Line) -> HttpResponse:
    """In the place of an entry that is hidden from who asks."""
    heading = _("Entry %(n)s is hidden") % {"n": figure(line.index)}
    onward = (reverse("records:record"), _("All entries"))
    return notice(request, heading, line.sentence, status=404, onward=onward)


def _row(index: int) -> Entry:
    row = Entry.objects.filter(index=index).first() if index < the_door().replica.size else None
    if row is None:
        raise Http404
    return row


@require_safe
@member_required
def download(_request: MemberRequest) -> HttpResponseBase:
    """The whole record as one file. It is written beside and unlinked at once, so nothing of it stays."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.zip"
        exporting.write(path)
        stream = path.open("rb")
    return FileResponse(stream, as_attachment=True, filename="record.zip", content_type="application/zip")
