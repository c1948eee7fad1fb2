"""My membership: what is known of me, who sees it, who looked; stepping back and returning; moving; leaving."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frombelow.polity import Refused, Standing
from frombelow.polity.admissions.rules import votes_from
from frombelow.polity.kernel.ids import BranchId, MandateId, PersonId
from frombelow.polity.members.acts import Erase, KeepMail, Leave, Return, StepBack, Transfer
from frombelow.polity.offices.acts import Resign
from frombelow_site.accounts.access import member_required, signed_in_required
from frombelow_site.accounts.models import Sheet
from frombelow_site.door import Closed
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.people import queries
from frombelow_site.people.branches import choices
from frombelow_site.people.forms import BranchForm, KnowingForm
from frombelow_site.people.from_lists import by_lists
from frombelow_site.people.given import given_mails, waiting_mail
from frombelow_site.people.vacancies import after_giving_back, after_leaving
from frombelow_site.roll.queries import looks_at
from frombelow_site.ui.clock import day, end, now
from frombelow_site.ui.refusals import sentence, status

from . import actions, afterwards, own_file, who_sees
from .forms import EraseForm, LeaveForm, StepBackForm

FEW = 3  # looks on my page; the rest on their own
MANY = 6  # fields of my card that a list can change


@never_cache
@signed_in_required
@require_safe
def me(request: MemberRequest) -> HttpResponse:
    return _me(request) if request.person.active else afterwards.page(request)


def _me(request: MemberRequest, refused: Refused | Closed | None = None, **forms: Any) -> HttpResponse:
    polity, person = request.polity, request.person
    card, profile = queries.card_of(person.id)
    looks = looks_at(person, polity, FEW)
    sheets = list(Sheet.objects.filter(person=person.id).order_by("-made")[:3])
    corrected, changed = given_mails(person.id, FEW), by_lists(person.id, MANY)
    officers = [*(each.by for each in corrected), *(each.by for each in changed)]
    context = {
        "corrected": corrected, "by_lists": changed, "given": waiting_mail(polity, person.id, now()),
        "rests_until": queries.rests_until(polity, person),
        "card": card, "facts": who_sees.mine(polity, person, card, profile), "home": polity.branches[person.branch],
        "mandates": _mandates(request), "moving_to": polity.branches.get(polity.transfers.get(person.id, BranchId(""))),
        "sheets": sheets, "looks": looks, "old_names": queries.old_names(person.id),
        "names": queries.names([*(each.by for each in sheets), *(each.by for each in looks), *officers]),
        "branch_form": BranchForm(branches=choices(polity, polity.root, but=person.branch)),
        "transfer_days": polity.book["transfer_days"], "votes_from": _votes_from(request), **forms,
    }  # fmt: skip
    if refused is not None:
        context["refusal"] = sentence(refused)
    return render(request, "membership/me.html", context, status=status(refused) if refused else 200)


def _votes_from(request: MemberRequest) -> list[str]:
    """Of the whole, and of each branch in which I am at home and do not vote: from when I do."""
    polity, person, found = request.polity, request.person, []
    for branch in sorted(polity.branches[person.branch].above, key=lambda name: len(polity.branches[name].above)):
        if polity.may_vote_later(person, branch, polity.rules_for(branch), now()):
            continue
        since, called = votes_from(polity, person, branch), {"whole": polity.branches[branch].name}
        if since is None:
            found.append(_("In %(whole)s you vote once its members decide so.") % called)
        else:
            found.append(_("In %(whole)s you vote from %(day)s on.") % (called | {"day": day(since)}))
    return found


def _mandates(request: MemberRequest) -> list[tuple[Any, Any]]:
    polity = request.polity
    return [(mandate, polity.offices[mandate.office]) for mandate in polity.held.get(request.person.id, ())]


@never_cache
@member_required
@require_safe
def looks(request: MemberRequest) -> HttpResponse:
    """Who looked at the roll while I was on it."""
    found = looks_at(request.person, request.polity)
    names, polity = queries.names({look.by for look in found}), request.polity
    rows = [
        (look, polity.mandates.get(MandateId(look.under)), polity.branches[BranchId(look.branch)]) for look in found
    ]
    told = [(look, polity.offices[held.office].title if held else "", branch) for look, held, branch in rows]
    return render(request, "membership/looks.html", {"looks": told, "names": names})


@never_cache
@signed_in_required
@require_POST
def take_my_data(request: MemberRequest) -> FileResponse:
    file = own_file.write(request.polity, request.person)
    return FileResponse(file, as_attachment=True, filename="my-data.zip", content_type="application/zip")


# --- stepping back and returning ---


@acts(StepBack, Resign)
@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def step_back(request: MemberRequest) -> HttpResponse:
    """Step back, with mandates given back one by one; pressed twice, it happens once."""
    if request.method != "POST" and request.person.standing is Standing.STEPPED_BACK:
        return redirect("membership:me")
    mandates = [
        (mandate.id, _("%(office)s, until %(end)s") % {"office": office.title, "end": end(mandate.ends)})
        for mandate, office in _mandates(request)
    ]
    given = {MandateId(name) for name in request.POST.getlist("give_back")} & {name for name, _title in mandates}
    follows = after_giving_back(request.polity, given, now())
    form = StepBackForm(request.POST or None, mandates=_with_ended(request, mandates), follows=follows)
    refusal, code = "", 200
    if request.method == "POST":
        if not form.is_valid():
            code = 200 if {*form.errors} == {"known"} else 400  # what follows is known once mandates are chosen
        else:
            try:
                return _stepped_back(request, form.cleaned_data)
            except (Refused, Closed) as refused:
                refusal, code = sentence(refused), status(refused)
    context = {"form": form, "mandates": mandates, "refusal": refusal}
    return render(request, "membership/step_back.html", context, status=code)


def _with_ended(request: MemberRequest, mandates: list[tuple[MandateId, str]]) -> list[tuple[MandateId, str]]:
    """The choices of the form as it was shown: a mandate of mine that ended since then is no mistake of mine."""
    known, held = request.polity.mandates, {name for name, _title in mandates}
    ended = [
        (name, request.polity.offices[known[name].office].title)
        for name in map(MandateId, request.POST.getlist("give_back"))
        if name in known and name not in held and known[name].person == request.person.id
    ]
    return mandates + ended


def _stepped_back(request: MemberRequest, data: dict[str, Any]) -> HttpResponse:
    person = request.person.id
    try:
        actions.step_back(person, data["until"])
    except Refused as refused:
        if refused.message != "stepped-back-already":
            raise
    refusals = actions.hand_over(person, data.get("give_back", ()))
    messages.success(request, _("You have stepped back. You stay a member and can vote. Returning is one click."))
    if given := len(data.get("give_back", ())) - len(refusals):
        messages.success(request, _("Mandates given back: %(n)d. Thank you for your work.") % {"n": given})
    for why in map(sentence, refusals):
        messages.info(request, _("A mandate had changed meanwhile. %(why)s") % {"why": why})
    return redirect("membership:me")


@acts(Return)
@member_required
@require_POST
def come_back(request: MemberRequest) -> HttpResponse:
    """Back, from the top of any page; pressed twice, it happens once."""
    try:
        actions.come_back(request.person.id)
    except Closed as closed:
        return _me(request, closed)
    except Refused as refused:
        if refused.message != "not-stepped-back":
            return _me(request, refused)
    messages.success(request, _("You are back. Welcome."))
    return redirect("home:home")


# --- moving and leaving ---


@acts(KeepMail)
@member_required
@require_POST
def keep_mail(request: MemberRequest) -> HttpResponse:
    """The address that an officer gave is not mine; pressed twice, it happens once."""
    try:
        actions.keep_mail(request.person.id)
    except (Refused, Closed) as refused:
        return _me(request, refused)
    messages.success(request, _("You keep the address you have."))
    return redirect("membership:me")


@acts(Transfer)
@member_required
@require_POST
def transfer(request: MemberRequest) -> HttpResponse:
    form = BranchForm(request.POST, branches=choices(request.polity, request.polity.root, but=request.person.branch))
    if not form.is_valid():
        return _me(request, branch_form=form)
    to = form.cleaned_data["branch"]
    try:
        actions.transfer(request.person.id, to)
    except (Refused, Closed) as refused:
        return _me(request, refused, branch_form=form)
    messages.success(request, _("You asked to move. It happens by itself when the time is over."))
    return redirect("membership:me")


@acts(Leave)
@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: MemberRequest) -> HttpResponse:
    """Leave for good; who has left stays signed in, and finds what is theirs."""
    form = LeaveForm(request.POST or None, follows=after_leaving(request.polity, request.person, now()))
    if refused := _for_good(request, form, "membership/leave.html", actions.leave):
        return refused
    messages.success(request, _("You have left. Your mandates ended. Thank you for the time you gave."))
    return redirect("membership:me")


@acts(Erase, Leave)
@never_cache
@signed_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: MemberRequest) -> HttpResponse:
    """Nothing says who this person is any more, and they have no way in; a member leaves by it."""
    form = EraseForm(request.POST or None, follows=after_leaving(request.polity, request.person, now()))
    said = _("You are erased. What you did stands, as done by a member.")
    if request.person.active:
        said = _("You are erased and have left. What you did stands, as done by a member.")
    if refused := _for_good(request, form, "membership/erase.html", actions.erase_and_leave):
        return refused
    request.session.flush()
    messages.success(request, said)
    return redirect("accounts:sign-in")


def _for_good(
    request: MemberRequest, form: KnowingForm, page: str, do: Callable[[PersonId], Any]
) -> HttpResponse | None:
    """It is done, and None; else the page that asks first, or says why it was refused."""
    refusal, code = "", 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            do(request.person.id)
        except (Refused, Closed) as refused:
            refusal, code = sentence(refused), status(refused)
        else:
            return None
    return render(request, page, {"form": form, "refusal": refusal}, status=code)
