"""The record's head: the latest checkpoint, what leads to it from an older one, and comparing it with another's."""

from typing import Any

import segno
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frombelow.polity import Polity
from frombelow.polity.server.state import Server
from frombelow.record import RecordError, TreeError, entry_bundle, read_checkpoint, tile_bytes
from frombelow.record.notes import encode64
from frombelow_site.accounts.access import member_required
from frombelow_site.door import polity, the_door
from frombelow_site.door import tables as stored
from frombelow_site.door.cosigned import standings, with_lines
from frombelow_site.door.hidden import hidden_from, hidden_rows
from frombelow_site.door.models import Entry
from frombelow_site.door.request import MemberRequest, Request

from .comparing import MOST, Compared, compare_pasted
from .forms import CompareForm
from .lines import hidden_sentence
from .tiles import parse_tile


def _latest() -> bytes:
    note = stored.latest_checkpoint()
    if note is None:
        raise Http404
    return note


@require_safe
@never_cache
def checkpoint(_request: MemberRequest) -> HttpResponse:
    """The latest signed checkpoint (C2SP tlog-tiles) with its cosignatures; it says how long the record is and nothing
    of what is in it."""
    return HttpResponse(with_lines(_latest()), content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def cosigned(request: Request) -> HttpResponse:
    """For everybody, as the checkpoint is: who cosigned last, and what one of them saw that is not here."""
    return render(request, "records/cosigned.html", {**_shown(request.polity), "note": with_lines(_latest()).decode()})


def _shown(polity: Polity) -> dict[str, Any]:
    """What every page of the latest checkpoint shows."""
    size = read_checkpoint(_latest()).size
    return {"size": size, "vkey": polity.key, "witnesses": standings(polity), "lost": polity.part(Server).lost}


@require_safe
@never_cache
@member_required
def losses(request: MemberRequest) -> HttpResponse:
    """Where to find what the record says of entries that are lost: a browser that remembers such entries looks there,
    and checks what it finds."""
    found = [{"entry": each.entry, "held": each.held, "root": each.root} for each in request.polity.part(Server).lost]
    return JsonResponse({"losses": found})


@require_safe
@never_cache
@member_required
def consistency(_request: MemberRequest, old: int, new: int) -> HttpResponse:
    """The hashes that lead from one size to another (RFC 6962, 2.1.2). 404 where the record never had these sizes,
    503 where it is signed but cannot be shown now: a browser that remembers tells the two apart."""
    if not 0 <= old <= new <= read_checkpoint(_latest()).size:
        raise Http404
    polity()
    try:
        proof = the_door().replica.tree.consistency(old, new)
    except TreeError:
        return HttpResponse(status=503)
    return JsonResponse({"old": old, "new": new, "proof": [encode64(each) for each in proof]})


@require_safe
@never_cache
@member_required
def head(request: MemberRequest) -> HttpResponse:
    return _head(request, CompareForm())


def _head(request: MemberRequest, form: CompareForm, compared: Compared | None = None) -> HttpResponse:
    note = _latest().decode()
    context = {
        **_shown(request.polity), "note": note, "code": square(note), "form": form, "compared": compared,
        "proof": [encode64(each) for each in compared.proof] if compared else [],
    }  # fmt: skip
    return render(request, "records/head.html", context, status=400 if form.errors else 200)


def square(text: str) -> str:
    """The text as a QR code: SVG without styles, dark on light whatever the page's colours are."""
    code = segno.make(text, error="m", micro=False, encoding="utf-8")
    drawn: str = code.svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return drawn


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required
def compare(request: MemberRequest) -> HttpResponse:
    """Another member's checkpoint beside the latest one here."""
    form = CompareForm(request.POST if request.method == "POST" else None)
    compared = _compared(request, form.cleaned_data["theirs"]) if form.is_valid() else None
    if form.is_bound and form.is_valid() and compared is None:
        form.add_error("theirs", _("The server could not compare this just now. Wait a minute, then press the button."))
    return _head(request, form, compared)


def _compared(request: MemberRequest, theirs: str) -> Compared | None:
    try:
        return compare_pasted(theirs, _latest(), the_door().replica.tree, request.polity.key)
    except RecordError:
        return None


@require_POST
@member_required
def evidence(request: MemberRequest) -> HttpResponse:
    """Both notes of a split view as one file, which convinces whoever knows the record's key."""
    found = _compared(request, request.POST.get("theirs", "")[:MOST])
    if found is None or not found.evidence:
        raise Http404
    answer = HttpResponse(found.evidence, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="changed-history.txt"'
    return answer


@require_safe
@member_required
def tile(request: MemberRequest, path: str) -> HttpResponse:
    """A tile of hashes or a bundle of entries (C2SP tlog-tiles), for members. A bundle in which something is hidden is
    not there yet, for nobody: bundles are kept for good by whoever has them."""
    try:
        level, n, width = parse_tile(path)
        if level is None:
            indices = range(n * 256, n * 256 + width)
            if indices[-1] >= the_door().replica.size:  # what readers do not have yet, they cannot know to be hidden
                raise Http404
            if (until := _hidden_until(request, indices)) is not None:
                return HttpResponse(f"{hidden_sentence(until)}\n", "text/plain; charset=utf-8", status=404)
            found = stored.some(indices)
            if len(found) < width:
                raise Http404
            data = entry_bundle([found[index] for index in indices])
        else:
            polity()
            data = tile_bytes(the_door().replica.tree, level, n, width)
    except RecordError:
        raise Http404 from None
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def _hidden_until(request: MemberRequest, indices: range) -> int | None:
    """The second at which all of these entries are readable; None where they are."""
    rows = hidden_rows(request.polity, Entry.objects.filter(index__gte=indices[0], index__lte=indices[-1]))
    return max(hidden_from(request.polity, "", rows.defer("data")).values(), default=None)
