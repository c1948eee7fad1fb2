"""Bringing in a roll: choose a file, read the dry run, bring it in, watch, undo."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frombelow.polity import Polity, Refused, why_not
from frombelow.polity.kernel import drafts
from frombelow.polity.kernel.ids import BranchId, ImportId, MandateId, NoId
from frombelow.polity.roll.acts import ImportRoll, UndoImport
from frombelow.polity.roll.rules import undo_ends
from frombelow.roll import Reason
from frombelow_site.accounts.access import member_required
from frombelow_site.door import Closed, polity
from frombelow_site.door.readers import aside
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.mail.queue import write_round, written
from frombelow_site.mail.sending import goes_out
from frombelow_site.people.branches import choices
from frombelow_site.people.queries import powers_over
from frombelow_site.ui.clock import figure, now
from frombelow_site.ui.reasons import row_said, said
from frombelow_site.ui.refusals import sentence, status
from frombelow_site.ui.views import ask_first

from . import actions, files, importing, queries, updating
from .dry_run import Reading, decode
from .forms import ColumnsForm, FileForm
from .models import Import
from .views import reach

SILENT = timedelta(seconds=60)  # an import that says nothing for so long has stopped

WELCOME = "welcome"  # the kind of letter


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: MemberRequest) -> HttpResponse:
    """A file is read; what would happen stands on its own page."""
    _mandates, branches = reach(request, "admit-members")
    form = FileForm(request.POST or None, request.FILES or None, branches=choices(request.polity, *branches))
    if request.method == "POST" and form.is_valid():
        file, branch = form.cleaned_data["file"], form.cleaned_data["branch"]
        under: MandateId | NoId = drafts.under(request.polity, request.person.id, "admit-members", branch, now()) or ""
        try:
            with aside():  # a long file takes a while to copy, in which others read and write
                kept = actions.keep_file(file.chunks(), file.name, request.person.id, under, branch)
        except OSError:
            form.add_error("file", _("There is no room for this file here. Tell whoever runs the server."))
        else:
            importing.start_reading(kept.id)
            return redirect("roll:import-one", kept.id)
    bad = form.is_bound and form.errors
    actions.stop_what_is_silent(SILENT)
    context = {"form": form, "imports": queries.imports_by(request.person.id)}
    return render(request, "roll/import.html", context, status=400 if bad else 200)


def mine(request: MemberRequest, batch: str) -> Import:
    """The import with this id, if this person started it and still has the power there; to anybody else there is
    none."""
    _mandates, branches = reach(request, "admit-members")
    found = Import.objects.filter(pk=batch, by=request.person.id, branch__in=branches).first()
    if found is None:
        raise Http404
    return found


@never_cache
@member_required
@require_safe
def show(request: MemberRequest, batch: ImportId) -> HttpResponse:
    return _show(request, mine(request, batch))


def _show(
    request: MemberRequest, found: Import, refused: Refused | Closed | None = None, form: ColumnsForm | None = None
) -> HttpResponse:  # fmt: skip
    if found.state in (Import.State.READING, Import.State.RUNNING) and timezone.now() - found.touched > SILENT:
        actions.stop_what_is_silent(SILENT)
        found.refresh_from_db()
    polity, at = request.polity, now()
    context = {
        "import": found, "branch": polity.branches[BranchId(found.branch)],
        "refusal": sentence(refused) if refused else found.why if found.state == Import.State.READ else "",
        "running": found.state in (Import.State.READING, Import.State.RUNNING),
    }  # fmt: skip
    if found.state == Import.State.READ:
        page, more = "roll/dry_run.html", _dry_run(polity, found, form)
        context["updates"] = updating.counts(updating.kept(files.updates(found.id)))
        context["hours"] = polity.book["recovery_hours"]
        mandate = polity.mandates.get(MandateId(found.under))
        context["place"] = queries.places_for(polity, mandate, found.rows, at) if mandate else None
    elif found.state in (Import.State.READING, Import.State.REFUSED, Import.State.CUT):
        page, more = "roll/being_read.html", {}
    else:
        page, more = "roll/import_one.html", _brought_in(polity, found, at)
        more["sees_roll"] = bool(powers_over(polity, request.person.id, "see-the-roll", at))
    bad = form is not None and form.errors
    return render(request, page, context | more, status=status(refused) if refused else 400 if bad else 200)


def _dry_run(polity: Polity, found: Import, form: ColumnsForm | None) -> dict[str, Any]:
    read = decode(found.reading)
    initial = {"encoding": read.asked.encoding, "dates": read.asked.order, "first": read.asked.first,
               "sheet": next(iter(read.sheets), "")}  # fmt: skip
    return {
        "branches": [branch.id for branch in polity.below(BranchId(found.branch))],
        "read": read, "source": _(read.source) if read.source else "",
        "places": [(place, polity.branches.get(BranchId(place.branch))) for place in read.places],
        "counts": {_(decision): n for decision, n in read.counts.items()}, "problems": _problems(read),
        "why": said(Reason(*read.why)) if read.why else "",
        "said": [said(Reason(*each)) for each in read.said],
        "form": form or _form(read, initial=initial),
        "order": dict(ColumnsForm.orders()).get(read.order, "") if read.order else "",
    }  # fmt: skip


def _form(read: Reading, *args: Any, **kwargs: Any) -> ColumnsForm:
    return ColumnsForm(*args, columns=read.columns, sheets=read.sheets, readings=read.readings, **kwargs)


def _brought_in(polity: Polity, found: Import, at: int) -> dict[str, Any]:
    batch = polity.imports.get(ImportId(found.id))
    may_undo = why_not(polity, actions.undoing(polity, found, at), at) is None
    return {
        "problems": _problems(decode(found.reading)),
        "until": undo_ends(batch) if batch and may_undo else 0,
        "mail_goes_out": goes_out(),
        "unreached": queries.unreached(batch.people) if batch else 0,
        "welcomed": written(WELCOME, found.id),
        "updated": queries.updated(polity, ImportId(found.id)),
        "back": _back(polity),
    }


def _back(polity: Polity) -> str:
    return _(
        "What it changed of members is as it was again, but for what they changed themselves since. Where another mail "
        "address is theirs by now, the one before waits %(hours)d hours, and they can stop it."
    ) % {"hours": polity.book["recovery_hours"]}


def _problems(read: Reading) -> list[str]:
    return [row_said(row.line, row.decision, row.reasons) for row in read.told]


@member_required
@require_POST
def columns(request: MemberRequest, batch: ImportId) -> HttpResponse:
    """The waiting file is read anew, each column as somebody says."""
    found = mine(request, batch)
    read = decode(found.reading)
    form = _form(read, request.POST)
    if form.is_valid():
        chosen = form.cleaned_data
        asked = actions.read_again(
            batch,
            form.fields_chosen(),
            chosen.get("encoding", ""),
            chosen["dates"],
            chosen.get("sheet", ""),
            chosen["first"],
        )
        if asked is not None:
            importing.start_reading(batch, asked)
        return redirect("roll:import-one", batch)
    if found.state != Import.State.READ:
        return redirect("roll:import-one", batch)
    return _show(request, found, form=form)


@acts(ImportRoll)
@member_required
@require_POST
def go(request: MemberRequest, batch: ImportId) -> HttpResponse:
    found = mine(request, batch)
    if request.POST.get("ticked", "") != updating.counts(updating.kept(files.updates(batch))).mark:
        messages.warning(request, _("What is ticked changed meanwhile: look, and then press once more."))
        return redirect("roll:import-one", batch)
    try:
        if not importing.start(ImportId(found.id)):
            messages.warning(request, _("Others came or left since the file was read. It is read again: look, and then "
                                        "press once more."))  # fmt: skip
    except (Refused, Closed) as refused:
        return _show(request, found, refused)
    return redirect("roll:import-one", batch)


@member_required
@require_POST
def welcome(request: MemberRequest, batch: ImportId) -> HttpResponse:
    """Everybody who came in with the file is written to, once: whoever brought it in has looked at it by then."""
    found = mine(request, batch)
    if found.state == Import.State.DONE:
        write_round(WELCOME, found.id, batch=found.id)
        messages.success(request, _("The letters are on their way."))
    return redirect("roll:import-one", batch)


@acts(UndoImport)
@member_required
@require_POST
def undo(request: MemberRequest, batch: ImportId) -> HttpResponse:
    found = mine(request, batch)
    updated = batch in request.polity.imports and request.polity.imports[batch].updated
    asked = ask_first(
        request, _("Undo this import?"),
        _("Everybody from this file is taken out again, but for those who have acted as members.")
        + (f" {_back(request.polity)}" if updated else ""),
        button=_("Undo this import"), back=reverse("roll:import-one", args=[batch]),
    )  # fmt: skip
    if asked:
        return asked
    try:
        people = request.polity.imports[batch].people if batch in request.polity.imports else []
        actions.undo(request.polity, found, now())
    except (Refused, Closed) as refused:
        return _show(request, found, refused)
    stayed = sum(polity().people[person].active for person in people)
    told = _("The import is undone.")
    if stayed > 0:
        told = ngettext(
            "The import is undone. %(n)s who had acted as a member by now stays.",
            "The import is undone. %(n)s who had acted as members by now stay.", stayed,
        ) % {"n": figure(stayed)}  # fmt: skip
    messages.success(request, told)
    return redirect("roll:import-one", batch)
