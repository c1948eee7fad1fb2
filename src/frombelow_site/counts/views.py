"""Counting ballots that lie in a file: choosing it, looking at what came of it, entering that, and getting it all."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frombelow.polity import Refused
from frombelow.polity.counts.acts import EnterCount
from frombelow.polity.kernel.ids import MotionId
from frombelow_site.accounts.access import member_required
from frombelow_site.decide.headlines import headlines
from frombelow_site.decide.options import options
from frombelow_site.decide.views import the_motion
from frombelow_site.door import Closed
from frombelow_site.door.readers import aside
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.people.queries import name as name_of
from frombelow_site.ui.clock import now
from frombelow_site.ui.refusals import sentence, status
from frombelow_site.ui.views import notice

from . import actions, files, queries
from .counter import Order
from .counting import UncountedError
from .counting import count as counted
from .forms import CountForm
from .models import Counted
from .report import report


@never_cache
@member_required
@require_http_methods(["GET", "POST"])
def start(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    if refused := options(request.polity, found, person, now()).why_not["count"]:
        return notice(request, _("You cannot count here"), sentence(refused), status=403)
    form = CountForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        order = Order(said["file"].name, said["file"].read(), said["rule"], said["seats"], said["seed"])
        try:
            with aside():
                result = counted(order)
            return redirect("counts:count", actions.keep(person, found.id, order, result).count)
        except UncountedError as uncounted:
            form.add_error("file", str(uncounted))
        except OSError:
            form.add_error("file", _("There is no room for it. Nothing was stored. Tell whoever runs the server."))
    context = {"form": form, "motion": found, "title": headlines(request.polity, [found.id])[found.id]}
    return render(request, "counts/start.html", context, status=400 if form.errors else 200)


def _row(request: MemberRequest, count: str) -> Counted:
    row = Counted.objects.filter(pk=count).first()
    if row is None or not queries.may_see(row, request.person.id):
        raise Http404
    return row


@never_cache
@member_required
@require_safe
def count(request: MemberRequest, count: str) -> HttpResponse:
    return _page(request, _row(request, count))


def _page(request: MemberRequest, row: Counted, refused: Refused | Closed | None = None) -> HttpResponse:
    data = queries.kept(request.polity, row, files.RESULT)
    if data is None:
        return _other(request)
    context = {
        "row": row, "report": report(data), "by": name_of(row.by),
        "title": headlines(request.polity, [row.motion])[row.motion],
        "refusal": sentence(refused) if refused else "",
    }  # fmt: skip
    return render(request, "counts/count.html", context, status=status(refused) if refused else 200)


def _other(request: MemberRequest) -> HttpResponse:
    return notice(
        request, _("This count is not given out"),
        _("It is gone, or it is not the one that was entered: somebody changed it since, beside the record."),
        _("Tell whoever runs the server, and the others."), status=404,
    )  # fmt: skip


@acts(EnterCount)
@member_required
@require_POST
def enter(request: MemberRequest, count: str) -> HttpResponse:
    row = _row(request, count)
    if row.entered or row.by != request.person.id:
        return redirect("counts:count", count)
    try:
        actions.enter(request.person.id, row)
    except (Refused, Closed) as refused:
        return _page(request, row, refused)
    except OSError:
        return _other(request)
    messages.success(request, _("The count stands in the record. Every member can count the file again."))
    return redirect("counts:count", count)


@never_cache
@member_required
@require_safe
def ballots(request: MemberRequest, count: str) -> HttpResponse:
    row = _row(request, count)
    return _download(request, row, files.FILE, row.name, "application/octet-stream")


@never_cache
@member_required
@require_safe
def result(request: MemberRequest, count: str) -> HttpResponse:
    row = _row(request, count)
    return _download(request, row, files.RESULT, f"{row.name}.count.json", "application/json")


def _download(request: MemberRequest, row: Counted, what: str, name: str, told: str) -> HttpResponse:
    """To be kept and never to be shown here: it would be opened as if it were of this site."""
    data = queries.kept(request.polity, row, what)
    if data is None:
        return _other(request)
    answer = HttpResponse(data, content_type=told)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
