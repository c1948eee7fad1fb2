"""Bringing in a roll: choose a file, read the dry run, bring it in, watch, undo."""

import json
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frombelow.polity import Refused
from frombelow.polity.days import deadline
from frombelow_site.accounts.access import member_required
from frombelow_site.door.sequencer import Closed
from frombelow_site.ui.clock import now
from frombelow_site.ui.refusals import sentence, status

from . import actions, importing, queries
from .branches import choices
from .forms import FileForm
from .models import Import
from .roll import RollError
from .views import reach

SILENT = timedelta(seconds=60)  # an import that says nothing for so long has stopped


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    _, branches = reach(request, "admit-members")
    form = FileForm(request.POST or None, request.FILES or None, branches=choices(request.polity, *branches))
    if request.method == "POST" and form.is_valid():
        try:
            return _dry_run(request, form)
        except RollError as error:
            form.add_error("file", str(error))
    bad = form.is_bound and form.errors
    context = {"form": form, "imports": queries.imports_by(request.person.id)}
    return render(request, "people/import.html", context, status=400 if bad else 200)


def _dry_run(request: HttpRequest, form: FileForm) -> HttpResponse:
    """What would happen, with nothing stored but the file."""
    file, branch = form.cleaned_data["file"], form.cleaned_data["branch"]
    raw = file.read()
    roll = actions.read_file(raw)
    under = request.polity.power(request.person.id, "admit-members", branch, now()).id
    kept = actions.keep_file(raw, roll, file.name, request.person.id, under, branch)
    counts = {_(decision): n for decision, n in roll.counts().items()}
    context = {
        "import": kept, "roll": roll, "counts": counts, "problems": json.loads(kept.problems),
        "branch": request.polity.branches[branch], "all": len(roll.verdicts),
    }  # fmt: skip
    return render(request, "people/dry_run.html", context)


def _mine(request: HttpRequest, batch: str) -> Import:
    """The import with this id, if this person started it; to anybody else there is none."""
    found = Import.objects.filter(pk=batch, by=request.person.id).defer("raw").first()
    if found is None:
        raise Http404
    return found


@never_cache
@member_required
@require_safe
def show(request: HttpRequest, batch: str) -> HttpResponse:
    return _show(request, _mine(request, batch))


def _show(request: HttpRequest, found: Import, refused: Refused | Closed | None = None) -> HttpResponse:
    if found.state == Import.State.RUNNING and timezone.now() - found.touched > SILENT:
        found.state = Import.State.STOPPED
        found.why = _("The server was started again meanwhile.")
    book = request.polity.book
    batch = request.polity.batches.get(found.id)
    context = {
        "import": found,
        "running": found.state == Import.State.RUNNING,
        "problems": json.loads(found.problems),
        "until": deadline(batch[0], book["import_undo_days"], book["zone"]) if batch else 0,
        "branch": request.polity.branches[found.branch],
    }
    if refused is not None:
        context["refusal"] = sentence(refused)
    return render(request, "people/import_one.html", context, status=status(refused) if refused else 200)


@member_required
@require_POST
def go(request: HttpRequest, batch: str) -> HttpResponse:
    importing.start(_mine(request, batch).id)
    return redirect("people:import-one", batch)


@member_required
@require_POST
def undo(request: HttpRequest, batch: str) -> HttpResponse:
    found = _mine(request, batch)
    mandate = request.polity.power(request.person.id, "admit-members", found.branch, now())
    try:
        actions.undo(request.person.id, mandate.id if mandate else found.under, batch)
    except (Refused, Closed) as refused:
        return _show(request, found, refused)
    messages.success(request, _("The import is undone. Who had acted as a member by now stays."))
    return redirect("people:import-one", batch)
