"""The list of motions, a motion's page, and what is done on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frombelow.polity import Question, Refused, Stage, may
from frombelow.polity.kernel.ids import MotionId
from frombelow.polity.motions.acts import (
    AppealRuling,
    FindInOrder,
    Move,
    Reply,
    RuleOut,
    Second,
    Withdraw,
    WithdrawSecond,
)
from frombelow.polity.motions.numbers import by_number
from frombelow.polity.recalls.acts import Sign
from frombelow.polity.rulebook.acts import Restate
from frombelow.polity.votes.acts import CastVote, DisownVote, OpenVote
from frombelow_site.accounts.access import member_required, signed_in_required
from frombelow_site.door import Closed, Drawn
from frombelow_site.door.request import MemberRequest
from frombelow_site.door.sealing import acts
from frombelow_site.ui.addresses import address_of
from frombelow_site.ui.clock import figure, now
from frombelow_site.ui.compression import compressed
from frombelow_site.ui.refusals import sentence, status
from frombelow_site.ui.views import ask_first

from . import actions, drafts, queries, words
from .asked import Asked
from .decision_sheet import decision_sheet
from .forms import FORMS, WHAT, ReplyForm, RuleOutForm, VoteForm, offered
from .headlines import headlines
from .in_fields import form_for
from .options import may_vote, stopped_from_moving
from .page_context import look_again_at, page_context
from .taken_along import FILES, rows


@compressed
@member_required
@require_safe
def listing(request: MemberRequest) -> HttpResponse:
    polity, typed = request.polity, request.GET.get("find", "")[:200]
    if name := by_number(polity, typed):
        return redirect("decide:motion", name)
    asked = Asked.of(request.GET, polity)
    page = queries.listed(asked, request.GET.get("page"))
    names = [
        name for name in map(MotionId, page) if name in polity.motions
    ]  # another process may be ahead of this page
    called, answered = headlines(polity, names), queries.answered(request.person.id, names)
    context = {
        "page": page, "find": typed, "sought": asked, "vote": words.stage_name(Stage.VOTING),
        "rows": [_row(request, polity.motions[name], called[name], name in answered) for name in names],
        "asked": f"{asked.address}&" if asked.address else "", "files": tuple(FILES),
        "stages": [(each.value, words.stage_name(each)) for each in Stage],
    }  # fmt: skip
    return render(request, "decide/list.html", context)


@member_required
@require_safe
def taken_along(request: MemberRequest, form: str) -> HttpResponse:
    """The motions that the list was asked for, as a file."""
    write, kind = FILES[form]
    found = rows(request.polity, queries.wanted(Asked.of(request.GET, request.polity)))
    answer = HttpResponse(write(request.polity.name, found), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{slugify(_("Decide"))}.{form}"'
    return answer


def _row(request: MemberRequest, motion: Question, title: str, answered: bool) -> dict[str, Any]:
    """A line of the list, in words: a template that puts thirty of them together takes half of the page's time."""
    polity, person, state = request.polity, request.person.id, words.state_until(motion)
    votes = motion.stage is Stage.VOTING
    if motion.outcome:
        state += " · " + _("%(yes)s yes, %(no)s no") % {"yes": figure(motion.yes), "no": figure(motion.no)}
    if answered or motion.answers.get(person):
        state += " · " + _("you have answered")
    elif votes and may_vote(polity, motion, person, now()):
        state += " · " + _("you can vote")
    return {
        "link": address_of("decide:motion", motion.id), "title": title, "state": state,
        "number": motion.number, "votes": votes, "apart": words.apart(motion, most=1), "kind": words.kind(motion),
        "branch": polity.branches[motion.branch].name,
    }  # fmt: skip


def the_motion(request: MemberRequest, name: MotionId) -> Question:
    """The motion with this id or number. Who is no member finds only what they may still vote on, or say that an answer
    to it in their name is not theirs."""
    polity = request.polity
    motion = polity.motions.get(name) or polity.motions.get(by_number(polity, name) or name)
    if motion is None:
        raise Http404
    if not request.person.active and not any(
        may(polity, request.person.id, verb, motion.id, now()) for verb in ("vote", "disown")
    ):
        raise Http404
    return motion


@never_cache
@signed_in_required
@require_safe
def motion(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found = the_motion(request, motion)
    if found.id != motion:  # by its number
        return redirect("decide:motion", found.id)
    return render(request, "decide/motion.html", page_context(request, found))


@never_cache
@member_required
@require_safe
def decision(request: MemberRequest, motion: MotionId) -> HttpResponse:
    """What was decided as a file, with its proof."""
    found = the_motion(request, motion)
    if not found.outcome:
        raise Http404
    polity = request.polity
    sheet = decision_sheet(found, page_context(request, found), polity.name, polity.key)
    answer = HttpResponse(sheet, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.pdf"'
    return answer


def do(
    request: MemberRequest, motion: Question, act: Callable[[], Any], said: str, **forms: Form
) -> HttpResponse:  # fmt: skip
    """The motion's page again: with what was done, or why it was refused and what was typed."""
    try:
        act()
    except (Refused, Closed) as refused:
        return refuse(request, motion, refused, **forms)
    messages.success(request, said)
    return redirect("decide:motion", motion.id)


def refuse(request: MemberRequest, motion: Question, refused: Refused | Closed, **forms: Form) -> HttpResponse:
    context = page_context(request, motion, **forms) | {"refusal": sentence(refused)}
    context["written"] = _without_place(context["can"].main, forms)
    return render(request, "decide/motion.html", context, status=status(refused))


def _without_place(main: str, forms: dict[str, Form]) -> str:
    """What was written in a form that the page does not show any more, since the motion went on meanwhile."""
    places = {"reply_form": ("reply", "text"), "rule_out_form": ("rule", "reason")}
    for name, (verb, field) in places.items():
        if name in forms and main != verb:
            return str(forms[name].cleaned_data[field])
    return ""


def again(request: MemberRequest, motion: Question, **forms: Form) -> HttpResponse:
    return render(request, "decide/motion.html", page_context(request, motion, **forms), status=400)


@acts(Second)
@member_required
@require_POST
def second(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    return do(request, found, lambda: actions.second(person, motion), _("You second this motion."))


@acts(WithdrawSecond)
@member_required
@require_POST
def withdraw_second(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    return do(request, found, lambda: actions.withdraw_second(person, motion), _("You took your second back."))


@acts(Sign)
@member_required
@require_POST
def sign(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    return do(request, found, lambda: actions.sign(person, motion), _("You signed this recall."))


@acts(Restate)
@member_required
@require_POST
def look_again(request: MemberRequest, motion: MotionId, n: int) -> HttpResponse:
    """The mover looked at a change of rules again; each article's words come in a field of its own."""
    found, person, sent = the_motion(request, motion), request.person.id, request.POST
    changes = {row["n"]: row for row in look_again_at(request.polity, found)}
    if n not in changes or not sent.get("on", "").isdecimal():
        raise Http404
    words = {
        row["number"]: " ".join(sent[name].split())[:10_000]
        for row in changes[n]["articles"] if (name := f"text-{row['number']}") in sent
    }  # fmt: skip
    on = int(sent["on"][:15])
    return do(request, found, lambda: actions.look_again(person, motion, n, words, on), _("You looked at it again."))


@acts(Withdraw)
@member_required
@require_POST
def withdraw(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    asked = ask_first(
        request, _("Withdraw this motion?"), _("It ends here, and nobody votes on it."),
        button=_("Withdraw this motion"), back=reverse("decide:motion", args=[motion]),
    )  # fmt: skip
    return asked or do(request, found, lambda: actions.withdraw(person, motion), _("You withdrew your motion."))


@acts(FindInOrder)
@member_required
@require_POST
def find_in_order(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    return do(request, found, lambda: actions.find_in_order(person, motion), _("The motion goes on."))


@acts(RuleOut)
@member_required
@require_POST
def rule_out(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    form = RuleOutForm(request.POST, articles=[(number, number) for number in found.rules.articles])
    if not form.is_valid():
        return again(request, found, rule_out_form=form)
    data, drawn = form.cleaned_data, Drawn.of(request.POST)
    said = _("You ruled this motion out. Any member who may vote can appeal.")
    return do(
        request, found, lambda: actions.rule_out(person, motion, data["article"], data["reason"], drawn), said,
        rule_out_form=form,
    )  # fmt: skip


@acts(AppealRuling)
@member_required
@require_POST
def appeal(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    if not (running := getattr(found, "appeal", "")):  # an appeal has none
        drawn = Drawn.of(request.POST)
        return do(
            request, found, lambda: actions.appeal(person, motion, drawn), _("You appealed. The members vote on it.")
        )
    return redirect("decide:motion", running)


@acts(Reply)
@member_required
@require_POST
def reply(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return again(request, found, reply_form=form)
    text, said, drawn = form.cleaned_data["text"], _("Your reply stands beside the motion."), Drawn.of(request.POST)
    return do(request, found, lambda: actions.reply(person, motion, text, drawn), said, reply_form=form)


@acts(OpenVote)
@member_required
@require_POST
def open_vote(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    return do(request, found, lambda: actions.open_vote(person, motion), _("The vote is open."))


@acts(CastVote)
@signed_in_required
@require_POST
def vote(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    form = VoteForm(request.POST)
    if not form.is_valid():
        return again(request, found, vote_form=form)
    choice, said = (
        form.cleaned_data["choice"],
        _("Your answer is in the record. You can change it until the vote closes."),
    )
    drawn = Drawn.of(request.POST)
    return do(request, found, lambda: actions.vote(person, motion, choice, drawn), said, vote_form=form)


@acts(DisownVote)
@signed_in_required
@require_POST
def disown(request: MemberRequest, motion: MotionId) -> HttpResponse:
    found, person = the_motion(request, motion), request.person.id
    said = _("It stands in the record that you said so. It counts once enough members vouch for you by their keys.")
    return do(request, found, lambda: actions.disown(person, motion), said)


# --- moving ---


def _stopped(request: MemberRequest, effect: str) -> tuple[str, int]:
    """Why nothing of this kind can be moved now, and the status that says so; "" where it can."""
    if refused := stopped_from_moving(request.polity, request.person, now()):
        return sentence(refused), status(refused)
    nothing = effect not in offered(request.polity)
    return (_("There is nothing now that this could be about.") if nothing else ""), 200


@acts(Move)
@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: MemberRequest) -> HttpResponse:
    polity, person = request.polity, request.person
    effect = request.GET.get("effect", "")
    if effect not in FORMS:
        raise Http404
    asked = request.GET.dict()
    form = form_for(effect, asked, polity)(request.POST or None, polity=polity, person=person, asked=asked)
    draft = request.POST.get("draft") or drafts.fresh(person.id)
    drawn, refusal, stopped, code = Drawn.of(request.POST), "", "", 200
    name = drafts.read(draft, person.id, drawn)
    if request.method == "POST":
        if name in polity.motions:
            if queries.same_words(polity, name, form):  # sent twice
                return redirect("decide:motion", name)
            draft = drafts.fresh(person.id)
            refusal, code = drafts.again(), 409
        elif not name:
            draft = drafts.fresh(person.id)
            refusal, code = _("This form was too old. Look at it again, then press the button."), 409
        elif form.is_valid():
            data = form.cleaned_data
            if earlier := queries.moved_already(polity, person.id, data, form.effects()):
                messages.info(request, _("You moved this already. Here it is."))
                return redirect("decide:motion", earlier)
            try:
                actions.move(person.id, name, data["branch"], data["title"], data["body"], form.effects(), drawn)
            except (Refused, Closed) as refused:
                if name in polity.motions:  # it came in while this request waited
                    return redirect("decide:motion", name)
                refusal, code = sentence(refused), status(refused)
            else:
                messages.success(request, _("You moved this motion."))
                return redirect("decide:motion", name)
        else:
            code = 400
    else:
        stopped, code = _stopped(request, effect)
    rules = polity.rules_for(person.branch)
    context = {
        "form": form, "stopped": stopped,
        "draft": draft, "refusal": refusal, "effect": effect, "what": WHAT[effect],
        "in_public": bool(polity.shows_from),
        "kinds": [(key, WHAT[key]) for key in offered(polity)], "chosen": "effect" in request.GET,
        "seconders": rules.articles[rules.article("seconders")],
    }  # fmt: skip
    if effect == "rules":
        context["articles"] = list(polity.book.articles.values())
        context["by_field"] = "full" not in asked
    return render(request, "decide/move.html", context, status=code)
