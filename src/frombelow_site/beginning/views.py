"""The founding, page by page: the code, the kind, the rules, the founders, their offices, and a last look."""

import json
from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from msgspec import UNSET, UnsetType

from frombelow.keys.card_words import LANGUAGES, WORDS
from frombelow.polity import Refused
from frombelow.polity.kernel.entry import Seal
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys.acts import NewKey
from frombelow_site.accounts.access import sign_in
from frombelow_site.door import Closed
from frombelow_site.door.request import Request
from frombelow_site.ui import zones
from frombelow_site.ui.languages import remember, spoken_of
from frombelow_site.ui.refusals import sentence, status

from . import code as the_code
from . import founding, page_context
from .forms import CodeForm
from .kinds import KINDS, NAMES
from .steps import Typed, after, around, before, founding_page

FIRST = 3  # settings that everybody looks at; the others are folded away
ways = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@sensitive_post_parameters("code")
@ways
@founding_page("code")
def code(request: Request, typed: Typed) -> HttpResponse:
    form, status_ = CodeForm(request.POST or None), 200
    if request.method == "POST":
        if form.is_valid():
            if not the_code.may_try():
                status_ = 429
                form.add_error("code", _("Too many tries. Wait a minute, then type it once more."))
            elif the_code.is_right(form.cleaned_data["code"]):
                request.session.cycle_key()
                typed.put("code", the_code.proof())
                return redirect(after("code"))
            else:
                form.add_error("code", _("This is not the code. Look where the server was started, or in its folder."))
        status_ = 400 if status_ == 200 else status_
    return _page(request, "code", form, status_)


@never_cache
@ways
@founding_page("kind")
def kind(request: Request, typed: Typed) -> HttpResponse:
    kinds = [(key, NAMES[key], KINDS[key]) for key in KINDS]
    answer = _filled_in(request, typed, "kind", zones=zones.offered(), kinds=kinds)
    done = typed.done("kind")
    if request.method == "POST" and done:
        remember(answer, done.cleaned_data["language"])
    return answer


@never_cache
@ways
@founding_page("rules")
def rules(request: Request, typed: Typed) -> HttpResponse:
    return _filled_in(request, typed, "rules")


@never_cache
@ways
@founding_page("founders")
def founders(request: Request, typed: Typed) -> HttpResponse:
    return _filled_in(request, typed, "founders")


@never_cache
@ways
@founding_page("offices")
def offices(request: Request, typed: Typed) -> HttpResponse:
    return _filled_in(request, typed, "offices", days=page_context.book_of(typed)["provisional_days"])


@never_cache
@ways
def look(request: Request) -> HttpResponse:
    if request.method == "POST" and (who := founding.founder_by(request.POST.get("press", ""))):
        return _onward(request, who)  # pressed twice: the first press founded
    return _look(request)


@founding_page("look")
def _look(request: Request, typed: Typed) -> HttpResponse:
    context: dict[str, Any] = {"press": typed.press, **around("look"), **page_context.summary(typed)}
    context |= {
        "first": founding.first_founder(typed.press),
        "origin": founding.origin(typed),
        "shown": json.dumps(founding.shown(typed)),
        "places": range(1, WORDS + 1),
    }
    context["card_language"] = spoken_of(LANGUAGES)
    if request.method != "POST":
        return render(request, "beginning/look.html", context)
    if request.POST.get("press") != typed.press:
        messages.warning(request, _("This page was too old. Look at it again, then press the button."))
        return redirect("beginning:look")
    if "card" in request.POST:
        return _to_seal(request, typed)
    try:
        who = founding.found(typed, _seal_of(request))
    except ValueError:
        messages.warning(request, _("The founding was not sealed as it stands now. Look at it again, then press."))
        return redirect("beginning:look")
    except (Refused, Closed) as refused:
        if request.polity.rules is not None:
            raise Http404 from None  # somebody else founded meanwhile
        context["refusal"] = sentence(refused)
        return render(request, "beginning/look.html", context, status=status(refused))
    return _onward(request, who)


def _to_seal(request: Request, typed: Typed) -> HttpResponse:
    """The founding's act, for the card of who founds to seal."""
    try:
        card = msgspec.json.decode(request.POST["card"], type=NewKey)
    except (msgspec.MsgspecError, ValueError):
        return JsonResponse({}, status=400)
    act, salts = founding.prepare(typed, card)
    return JsonResponse({"act": act, "salts": salts})


def _seal_of(request: Request) -> Seal | UnsetType:
    """The seal that came with the press of the button. Raises ValueError for what is none."""
    sent = request.POST.get("seal")
    return msgspec.json.decode(sent, type=Seal) if sent else UNSET


def _onward(request: Request, who: PersonId) -> HttpResponse:
    sign_in(request, who)
    waiting = founding.without_mail()
    if waiting:
        request.session["to print"] = waiting
        return redirect("next:codes")
    return redirect("next:next")


def _filled_in(request: Request, typed: Typed, page: str, **context: Any) -> HttpResponse:
    """A page with a form: what was sent is kept whatever it is, and the way goes on when all of it can be used."""
    if request.method != "POST":
        return _page(request, page, typed.form(page), typed=typed, **context)
    form = typed.form(page, request.POST)
    typed.keep(page, form)
    if "back" in request.POST:
        return redirect(before(page))
    if "more" in request.POST:
        form = typed.form(page, _one_row_more(request.POST, form))
        typed.keep(page, form)
        return redirect(f"{request.path}#id_name{form.rows - 1}")
    if "read" in request.POST and form.is_valid():
        return redirect(f"{request.path}?read=1#settings")
    if form.is_valid():
        return redirect(after(page))
    return _page(request, page, form, 400, typed=typed, **context)


def _one_row_more(sent: Any, form: Any) -> Any:
    data = sent.copy()
    data["rows"] = str(form.rows + 1)
    return data


def _page(
    request: Request, page: str, form: Any, status: int = 200, typed: Typed | None = None, **context: Any
) -> HttpResponse:
    context |= {"form": form, **around(page)}
    if page == "rules" and typed:
        book = page_context.book_of(typed)
        groups = page_context.groups(form, book)
        context |= {"first": groups[:FIRST], "rest": groups[FIRST:], "others": page_context.others(book), "book": book}
    return render(request, f"beginning/{page}.html", context, status=status)
