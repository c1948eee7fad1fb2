"""Offices and mandates: who may do what, by whose decision, until when, and what they did with it."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frombelow.polity import Refused, possible
from frombelow.polity.kernel.ids import MandateId, OfficeId
from frombelow.polity.offices.acts import Resign
from frombelow.polity.recalls.acts import Petition
from frombelow.polity.server.acts import ConfirmTime, SetWitnesses
from frombelow.polity.server.state import Server
from frombelow_site import subject
from frombelow_site.accounts.access import member_required
from frombelow_site.decide import drafts
from frombelow_site.decide.headlines import headlines
from frombelow_site.decide.queries import same_words
from frombelow_site.door import Closed, Drawn, the_door
from frombelow_site.door.cosigned import standings
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.people.queries import held_power, names
from frombelow_site.people.vacancies import after_giving_back, vacant
from frombelow_site.records.alarms import cosigned_here
from frombelow_site.roll.queries import latest_looks, pages_by_keeper
from frombelow_site.ui.clock import now
from frombelow_site.ui.compression import compressed
from frombelow_site.ui.refusals import sentence, status
from frombelow_site.ui.views import ask_first

from . import actions, queries
from .forms import GiveBackForm, PetitionForm, WitnessesForm

Key = TypeVar("Key")
Thing = TypeVar("Thing")


def _found(table: dict[Key, Thing], name: Key) -> Thing:
    if name not in table:
        raise Http404
    return table[name]


def before(request: MemberRequest) -> int | None:
    """From which entry on a list goes on with the earlier ones; None at its beginning."""
    asked = request.GET.get("before", "")
    return int(asked) if asked.isdecimal() and len(asked) < 16 else None


@compressed
@member_required
@require_safe
def offices(request: MemberRequest) -> HttpResponse:
    page, lines = queries.offices(request.polity, request.GET.get("page"))
    seats = [seat.mandate for line in lines for seat in line.seats]
    context = {
        "page": page, "lines": lines, "names": names(mandate.person for mandate in seats),
        "titles": headlines(request.polity, (mandate.source for mandate in seats)), "founding": request.polity.id,
        "vacant": vacant(request.polity, now()),
    }  # fmt: skip
    return render(request, "answerability/offices.html", context)


@member_required
@require_safe
def office(request: MemberRequest, office: OfficeId) -> HttpResponse:
    polity = request.polity
    line = queries.line(polity, _found(polity.offices, office))
    page, past = queries.past_mandates(polity, office, request.GET.get("page"))
    people = [seat.mandate.person for seat in line.seats] + [mandate.person for mandate in past]
    sources = [seat.mandate.source for seat in line.seats] + [line.office.by]
    held = [seat.mandate for seat in line.seats]
    context = {
        "line": line, "page": page, "past": past, "names": names(people), "founding": polity.id,
        "titles": headlines(polity, sources),
        "done": queries.done_under(request.person.id, held).lines[:5] if held else [],
    }  # fmt: skip
    return render(request, "answerability/office.html", context)


@member_required
@require_safe
def mandate(request: MemberRequest, mandate: MandateId) -> HttpResponse:
    return _mandate(request, _found(request.polity.mandates, mandate))


def _mandate(
    request: MemberRequest, found: Any, refused: Refused | Closed | None = None, form: GiveBackForm | None = None
) -> HttpResponse:
    polity = request.polity
    line = queries.line(polity, polity.offices[found.office])
    stopped = None if found.person == request.person.id else _stopped(request, found.id)
    context = {
        "stopped": sentence(stopped) if stopped else "",
        "mandate": found, "line": line, "recall": queries.running_recall(polity, found.id),
        "names": names([found.person]), "titles": headlines(polity, [found.source]), "founding": polity.id,
        "mine": found.person == request.person.id, "whole_days": (found.ends - found.starts) // 86_400,
        "begun": found.starts <= now(), "done": queries.done_under(request.person.id, [found], before(request)),
        "went_on": before(request) is not None, "form": form or _give_back_form(request, found.id),
    }  # fmt: skip
    if refused is not None:
        context["refusal"] = sentence(refused)
    code = status(refused) if refused else 400 if form and form.errors else 200
    return render(request, "answerability/mandate.html", context, status=code)


def _give_back_form(request: MemberRequest, mandate: MandateId) -> GiveBackForm:
    """The form with what follows, as far as the mandate is this person's to give back."""
    mine = request.polity.mandates[mandate].person == request.person.id
    follows = after_giving_back(request.polity, {mandate}, now()) if mine else []
    return GiveBackForm(request.POST if request.method == "POST" else None, follows=follows)


def _stopped(request: MemberRequest, mandate: MandateId) -> Refused | None:
    """Why this person cannot start a recall of this mandate; None where they can."""
    polity, person = request.polity, request.person.id
    return possible(polity, person, "mandate", mandate, now(), ("petition",))["petition"]


@acts(Petition)
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: MemberRequest, mandate: MandateId) -> HttpResponse:
    """A petition for recall: whoever starts it signs it first."""
    polity, person = request.polity, request.person
    found = _found(polity.mandates, mandate)
    form = PetitionForm(request.POST or None)
    draft = request.POST.get("draft") or drafts.fresh(person.id)
    drawn = Drawn.of(request.POST)
    motion = drafts.read(draft, person.id, drawn)
    refusal, stopped, code = "", "", 200
    if request.method == "POST":
        if motion in polity.motions:
            if same_words(polity, motion, form):  # sent twice
                return redirect("decide:motion", motion)
            draft = drafts.fresh(person.id)
            refusal, code = drafts.again(), 409
        elif not motion:
            draft = drafts.fresh(person.id)
            refusal, code = _("This form was too old. Look at it again, then press the button."), 409
        elif form.is_valid():
            data = form.cleaned_data
            try:
                actions.petition(person.id, motion, mandate, data["title"], data["body"], drawn)
            except (Refused, Closed) as refused:
                refusal, code = sentence(refused), status(refused)
            else:
                messages.success(request, _("The recall can be signed now. Your signature is the first."))
                return redirect("decide:motion", motion)
    elif refused_now := _stopped(request, found.id):
        stopped, code = sentence(refused_now), status(refused_now)
    office = polity.offices[found.office]
    rules = polity.rules_for(office.branch)
    context = {
        "stopped": stopped,
        "mandate": found, "office": office, "form": form, "draft": draft, "refusal": refusal,
        "names": names([found.person]), "petition": rules.articles[rules.article("recall_petition")],
    }  # fmt: skip
    return render(request, "answerability/recall.html", context, status=code)


@acts(Resign)
@member_required
@require_POST
def give_back(request: MemberRequest, mandate: MandateId) -> HttpResponse:
    found = _found(request.polity.mandates, mandate)
    form = _give_back_form(request, mandate)
    if not form.is_valid():
        return _mandate(request, found, form=form)
    asked = ask_first(
        request, _("Give this mandate back?"), _("You hold the office no more; only the members can give it again."),
        button=_("Give this mandate back"), back=reverse("answerability:mandate", args=[mandate]),
    )  # fmt: skip
    if asked:
        return asked
    try:
        actions.resign(request.person.id, mandate)
    except (Refused, Closed) as refused:
        return _mandate(request, found, refused)
    messages.success(request, _("You gave the mandate back. Thank you for your work."))
    return redirect("answerability:mandate", mandate)


@member_required
@require_safe
def looks(request: MemberRequest) -> HttpResponse:
    found, keepers = latest_looks(), pages_by_keeper(now())
    people = [*(look.by for look in found), *(each["by"] for each in keepers)]
    context = {"looks": found, "keepers": keepers, "names": names(people)}
    return render(request, "answerability/looks.html", context)


@member_required
@require_safe
def server(request: MemberRequest) -> HttpResponse:
    """What was done to the server; whoever runs it is an officer like any other."""
    polity = request.polity
    found, asked = queries.server_acts(request.person.id, polity, before(request)), standings(polity)
    runs = held_power(polity, "run-the-server", now())
    context = {
        "found": found, "runs": runs, "names": names(m.person for m in runs.mandates), "offices": polity.offices,
        "doubt": the_door().until(), "witnesses": asked, "apart": sum(not each.near for each in asked),
        "enough": polity.part(Server).enough, "theirs": cosigned_here(),
        "lost": polity.part(Server).lost,
    }  # fmt: skip
    return render(request, "answerability/server.html", context)


@acts(SetWitnesses)
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def witnesses(request: MemberRequest) -> HttpResponse:
    """Who is asked to cosign the record; who runs the server says it."""
    polity, person = request.polity, request.person.id
    asked = polity.part(Server)
    stopped = possible(polity, person, "", "", now(), ("set-witnesses",))["set-witnesses"]
    lines = "\n".join(f"{each.key} {each.address}" for each in asked.asked)
    sent = request.POST if request.method == "POST" else None
    form = WitnessesForm(sent, initial={"witnesses": lines, "enough": asked.enough})
    context: dict[str, Any] = {
        "form": form, "stopped": sentence(stopped) if stopped else "", "vkey": polity.key, "origin": polity.origin,
    }  # fmt: skip
    code = 400 if form.errors else 200
    if form.is_valid():
        try:
            actions.set_witnesses(person, form.cleaned_data["witnesses"], form.cleaned_data["enough"], now())
        except (Refused, Closed) as refused:
            context["refusal"], code = sentence(refused), status(refused)
        else:
            messages.success(
                request, _("The record says which witnesses are asked. Their answers are here in a minute.")
            )
            return redirect("answerability:server")
    return render(request, "answerability/witnesses.html", context, status=code)


@acts(ConfirmTime)
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def clock(request: MemberRequest) -> HttpResponse:
    """Where the server's clock is in doubt: what it says, and who runs the server says whether that is right."""
    polity, person, at = request.polity, request.person.id, max(the_door().clock(), request.polity.at)
    stopped = possible(polity, person, "", "", at, ("confirm-time",))["confirm-time"]
    runs = held_power(polity, "run-the-server", at)
    context: dict[str, Any] = {
        "doubt": the_door().until(), "at": datetime.fromtimestamp(at, UTC),
        "stopped": sentence(stopped) if stopped else "",
        "runs": runs, "names": names(m.person for m in runs.mandates), "offices": polity.offices,
    }  # fmt: skip
    code = 200
    if request.method == "POST":
        try:
            actions.confirm_time(person, at)
        except (Refused, Closed) as refused:
            context["refusal"], code = sentence(refused), status(refused)
        else:
            messages.success(request, _("Time goes on, and the record says that you confirmed it."))
            return redirect("answerability:server")
    return render(request, "answerability/clock.html", context, status=code)


@member_required
@require_safe
def who_can_see(request: MemberRequest) -> HttpResponse:
    """Each kind of data with who can read it, told from the offices and mandates of this moment."""
    polity = request.polity
    found = subject.sights(polity, now())
    people = {mandate.person for line in found for readers in line.powers for mandate in readers.mandates}
    context = {"sights": found, "names": names(people), "offices": polity.offices, "members": polity.members}
    return render(request, "answerability/who_can_see.html", context)
