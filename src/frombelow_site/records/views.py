"""The record's room: entries in plain words, each with its proof; the whole record to take away and check."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from frombelow.polity import telling
from frombelow.polity.ids import is_id
from frombelow.polity.refusals import fill
from frombelow.record import RecordError, entry_bundle, tile_bytes
from frombelow_site.accounts.access import member_required
from frombelow_site.decide.queries import titles
from frombelow_site.door import entries as stored
from frombelow_site.door import polity, the_door
from frombelow_site.door.models import Entry
from frombelow_site.people.queries import names

from . import exporting, queries
from .tiles import parse_tile

A_PAGE = 25


@require_safe
@member_required
def record(request: HttpRequest) -> HttpResponse:
    kind, about = request.GET.get("kind", ""), request.GET.get("about", "")
    kind, about = kind if kind in telling.TELLING else "", about if is_id(about) else ""
    found = queries.entries(kind=kind, about=about)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = queries.read(list(page.object_list))
    context = {
        "page": page,
        "lines": _lines(shown),
        "kinds": [name for name in telling.TELLING if " " not in name],
        "kind": kind,
        "about": about,
        "asked": "".join(f"{name}={value}&" for name, value in (("kind", kind), ("about", about)) if value),
        "size": the_door().tail.size,
        "checkpoint": (stored.latest_checkpoint() or b"").decode(),
        "origin": polity().origin,
    }
    return render(request, "records/record.html", context)


@require_safe
@member_required
def entry(request: HttpRequest, index: int) -> HttpResponse:
    row = Entry.objects.filter(index=index).first()
    if row is None:
        raise Http404
    line = _lines(queries.read([row]))[0]
    receipt = the_door().receipt(index).decode()
    context = {"line": line, "bytes": bytes(row.data).decode(), "receipt": receipt, "row": row}
    return render(request, "records/entry.html", context)


@require_safe
@member_required
def receipt(request: HttpRequest, index: int) -> HttpResponse:
    if not Entry.objects.filter(index=index).exists():
        raise Http404
    answer = HttpResponse(the_door().receipt(index), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="entry-{index}.tlog-proof"'
    return answer


@require_safe
@member_required
def download(request: HttpRequest) -> FileResponse:
    """The whole record as one file. It is written beside and unlinked at once, so nothing of it stays."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.zip"
        exporting.write(path)
        stream = path.open("rb")
    return FileResponse(stream, as_attachment=True, filename="record.zip", content_type="application/zip")


@require_safe
@never_cache
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The latest signed checkpoint (C2SP tlog-tiles); it says how long the record is and nothing of what is in it."""
    note = stored.latest_checkpoint()
    if note is None:
        raise Http404
    return HttpResponse(note, content_type="text/plain; charset=utf-8")


@require_safe
@member_required
def tile(request: HttpRequest, path: str) -> HttpResponse:
    """A tile of hashes or a bundle of entries (C2SP tlog-tiles), for members."""
    try:
        level, n, width = parse_tile(path)
        if level is None:
            indices = range(n * 256, n * 256 + width)
            found = stored.some(indices)
            if len(found) < width:
                raise Http404
            data = entry_bundle([found[index] for index in indices])
        else:
            polity()
            data = tile_bytes(the_door().tail.tree, level, n, width)
    except RecordError:
        raise Http404 from None
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def _lines(shown: list[queries.Shown]) -> list[dict[str, object]]:
    """Each entry as a sentence with the names of now."""
    known = names(queries.people_in(shown))
    now = polity()
    titled = titles(now, {found.act.motion for found in shown if hasattr(found.act, "motion")})
    lines = []
    for found in shown:
        key, facts = telling.facts(now, found.act, lambda person: known.get(person, _("a member")))
        lines.append(
            {
                "index": found.index,
                "at": found.act.at,
                "moment": datetime.fromtimestamp(found.act.at, UTC),
                "sentence": fill(_(telling.TELLING[key]), facts),
                "motion": getattr(found.act, "motion", ""),
                "title": titled.get(getattr(found.act, "motion", ""), ""),
                "kind": key.partition(" ")[0],
            }
        )
    return lines
