"""Errors in plain words: what happened, what was kept, what to do."""

import sys
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from frombelow_site.door.sealing import FIELD
from frombelow_site.door.storage import BUSY, fault

from .forms import written


def notice(
    request: HttpRequest, heading: str, *lines: str, status: int = 200, onward: tuple[str, str] | None = None
) -> HttpResponse:  # fmt: skip
    """A page with a heading and a few sentences."""
    return render(request, "ui/notice.html", {"heading": heading, "lines": lines, "onward": onward}, status=status)


def ask_first(request: HttpRequest, heading: str, *lines: str, button: str, back: str) -> HttpResponse | None:
    """The page that asks once more before what nobody can undo; None where the answer was yes. What was sent goes
    along with the answer."""
    if "sure" in request.POST:
        return None
    sent = [
        (name, value)
        for name, all_ in request.POST.lists()
        for value in all_
        if name not in ("csrfmiddlewaretoken", FIELD)
    ]
    context = {"heading": heading, "lines": lines, "button": button, "back": back, "sent": sent}
    return render(request, "ui/sure.html", context)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    said = _("What your browser sent was not complete. Nothing was changed."), _("Go back and try again.")
    if isinstance(exception, DisallowedHost):
        said = (
            _("This site does not answer to the name in your address bar."),
            _("Whoever runs the server can name it in FROMBELOW_HOSTS, and start the server again."),
        )
    elif isinstance(exception, RequestDataTooBig):
        said = (
            _("What your browser sent is larger than this page takes. Nothing was changed."),
            _("Go back and choose a smaller file, or write less."),
        )
    return notice(request, _("This could not be read"), *said, status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return notice(
        request, _("This is not open to you"), _("It needs a power that you do not hold. Nothing was changed."),
        status=403, onward=(reverse("home:home"), _("Go to Home")),
    )  # fmt: skip


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from elsewhere (Django's CSRF_FAILURE_VIEW). What was written in one of ours is
    shown, to be copied; another site puts no words of its own onto a page of ours."""
    words = written(request.POST) if _from_here(request) else []
    lines = [_("Nothing was changed. Copy what you wrote before you go on: it is kept nowhere.")] if words else [
        _("Nothing was changed. Go back, load the page again, and press the button once more.")
    ]  # fmt: skip
    lines.append(_("If it happens again, allow cookies for this site."))
    context = {
        "heading": _("This form is too old"),
        "lines": lines,
        "words": words,
        "onward": (reverse("home:home"), _("Go to Home")),
    }
    return render(request, "ui/notice.html", context, status=403)


def _from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this."""
    here = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    return origin == here if origin else request.headers.get("Referer", "").startswith(f"{here}/")


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return notice(
        request, _("There is nothing here"), _("The address is wrong, or what was here is gone."),
        status=404, onward=(reverse("home:home"), _("Go to Home")),
    )  # fmt: skip


def too_many(request: HttpRequest) -> HttpResponse:
    response = notice(
        request, _("Too many tries"), _("To keep members safe, this waits for a while. Try again in an hour."),
        _("If you have a printed code, you can sign in with it."), status=429,
    )  # fmt: skip
    response["Retry-After"] = "3600"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """What broke is ours; where it is the disk or the database, nothing was stored, and what was written is shown."""
    error = sys.exc_info()[1]
    if error is not None and fault(error) is not None:
        return unstored(request)
    return _plain(
        500, _("Something broke"),
        _("This is our fault and not yours. What stands in the record stands; what you sent may not have arrived."),
        _("Look at the page again before you repeat it. Tell whoever runs the server."),
    )  # fmt: skip


def unstored(request: HttpRequest) -> HttpResponse:
    """Nothing can be stored; whoever wrote something reads it here, to keep it."""
    words = written(request.POST) if request.method == "POST" else []
    kept = [_("Copy what you wrote before you go on: it is kept nowhere.")] if words else []
    return _plain(503, _("Nothing can be stored just now"), _(BUSY), *kept, words=words)


def _plain(status: int, heading: str, *lines: str, words: Iterable[str] = ()) -> HttpResponse:
    # No template and no database: whatever broke may break again.
    said = format_html_join("", "<p>{}</p>", ((line,) for line in lines))
    kept = format_html_join("", '<p class="words">{}</p>', ((text,) for text in words))
    page = (
        "<!doctype html><html lang={}><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        '<title>{}</title><link rel="stylesheet" href="{}"><main id="content"><h1>{}</h1>{}{}</main></html>'
    )
    style = static("ui/site.css")
    return HttpResponse(format_html(page, get_language(), heading, style, heading, said, kept), status=status)
