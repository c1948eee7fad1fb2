"""What was typed so far: kept in the session, page by page, until the founding."""

import json
import secrets
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from frombelow_site.accounts.access import unsent

from . import code
from .forms import FoundersForm, KindForm, OfficesForm, RulesForm

PLACE = "begin"
PAGES = ("code", "kind", "rules", "founders", "offices", "look")
LONGEST = 5_000  # characters of one field that are kept; no field takes as many


class Typed:
    """Everything typed in this session. Each page's form comes filled with it."""

    def __init__(self, request: HttpRequest) -> None:
        self.session = request.session
        self.all: dict[str, Any] = self.session.setdefault(PLACE, {})

    @property
    def knows_code(self) -> bool:
        return constant_time_compare(self.all.get("code", ""), code.proof())

    @property
    def press(self) -> str:
        """What tells this session's founding from another's, however often its button is pressed."""
        if "press" not in self.all:
            self.all["press"] = secrets.token_urlsafe(32)
            self.session.modified = True
        return str(self.all["press"])

    def put(self, page: str, value: Any) -> None:
        self.all[page] = value
        self.session.modified = True

    def digest(self, but: str) -> str:
        """What tells everything typed so far, but for this, from anything else typed."""
        kept = {name: value for name, value in self.all.items() if name != but}
        return sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()

    def keep(self, page: str, form: Form) -> None:
        """What was sent for this form is kept, whether or not it can be used."""
        data: Any = form.data
        get = data.getlist if hasattr(data, "getlist") else lambda name: [data[name]] if name in data else []
        self.put(self._key(page), {name: [value[:LONGEST] for value in get(name)] for name in (*form.fields, "rows")})

    def sent(self, page: str) -> dict[str, Any] | None:
        """What was last sent for a page, as forms take it: one value for each field, or a list of them."""
        kept = self.all.get(self._key(page))
        if kept is None:
            return None
        return {name: values if name.startswith("office-") else values[-1] for name, values in kept.items() if values}

    def form(self, page: str, data: Any = None) -> Any:
        """The page's form: with the data, if there is any; else filled in with what was sent before."""
        kept = self.sent(page)
        match page:
            case "kind":
                return KindForm(data, initial=kept or {"kind": "tenants-union", "language": get_language()})
            case "rules":
                return RulesForm(data, initial=kept, kind=self.kind)
            case "founders":
                return FoundersForm(data, initial=kept)
            case _:
                return OfficesForm(data, initial=kept, kind=self.kind, language=self.language, names=self.names)

    def done(self, page: str) -> Any:
        """The page's form as it was sent, if everything in it can be used; else None."""
        kept = self.sent(page)
        if kept is None:
            return None
        form = self.form(page, kept)
        return form if form.is_valid() else None

    @property
    def kind(self) -> str:
        form = self.done("kind")
        return form.cleaned_data["kind"] if form else "blank"

    @property
    def language(self) -> str:
        form = self.done("kind")
        return form.cleaned_data["language"] if form else "en"

    @property
    def names(self) -> list[str]:
        form = self.done("founders")
        return [founder.name for founder in form.founders] if form else []

    def _key(self, page: str) -> str:
        # Rules and offices belong to a kind: whoever looks at another kind finds them again on coming back.
        return f"{page}:{self.kind}" if page in ("rules", "offices") else page


def founding_page(page: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """The view is a page of the founding: gone once something is founded, and only for who typed the code; what
    comes before it on the way is filled in."""

    def with_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if not code.begins():
                raise Http404
            typed = Typed(request)
            if page != "code" and not typed.knows_code:
                if kept := unsent(request, "beginning:code"):
                    return kept
                if request.method == "POST":
                    messages.warning(request, _("Your browser’s visit was over. Type the code again; then go on."))
                return redirect("beginning:code")
            for before in PAGES[1 : PAGES.index(page)]:
                if typed.done(before) is None:
                    return redirect(f"beginning:{before}")
            return view(request, typed)

        return guarded

    return with_page


def around(page: str) -> dict[str, Any]:
    """The page's place on the way, for its progress line and its way back."""
    n = PAGES.index(page)
    return {
        "number": n + 1,
        "of": len(PAGES),
        "back": reverse(f"beginning:{PAGES[n - 1]}") if n > 1 else "",
    }


def after(page: str) -> str:
    return f"beginning:{PAGES[PAGES.index(page) + 1]}"


def before(page: str) -> str:
    return f"beginning:{PAGES[PAGES.index(page) - 1]}"
