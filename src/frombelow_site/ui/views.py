"""Errors in plain words: what happened, what was kept, what to do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def notice(
    request: HttpRequest, heading: str, *lines: str, status: int = 200, onward: tuple[str, str] | None = None
) -> HttpResponse:  # fmt: skip
    """A page with a heading and a few sentences."""
    return render(request, "ui/notice.html", {"heading": heading, "lines": lines, "onward": onward}, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return notice(
        request, _("This could not be read"), _("What your browser sent was not complete. Nothing was changed."),
        _("Go back and try again."), status=400,
    )  # fmt: skip


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return notice(
        request, _("This is not open to you"), _("It needs a power that you do not hold. Nothing was changed."),
        status=403, onward=("/", _("Go to Home")),
    )  # fmt: skip


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from elsewhere (Django's CSRF_FAILURE_VIEW)."""
    return notice(
        request, _("This form is too old"),
        _("Nothing was changed. Go back, load the page again, and press the button once more."),
        _("If it happens again, allow cookies for this site."), status=403,
    )  # fmt: skip


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return notice(
        request, _("There is nothing here"), _("The address is wrong, or what was here is gone."),
        status=404, onward=("/", _("Go to Home")),
    )  # fmt: skip


def too_many(request: HttpRequest) -> HttpResponse:
    response = notice(
        request, _("Too many tries"), _("To keep members safe, this waits for a while. Try again in an hour."),
        _("If you have a printed code, you can sign in with it."), status=429,
    )  # fmt: skip
    response["Retry-After"] = "3600"
    return response


def broken(_request: HttpRequest) -> HttpResponse:
    # No template and no database: whatever broke may break again.
    heading = _("Something broke")
    lines = (
        _("This is our fault and not yours. What stands in the record stands; what you sent may not have arrived."),
        _("Look at the page again before you repeat it. Tell whoever runs the server."),
    )
    said = format_html_join("", "<p>{}</p>", ((line,) for line in lines))
    page = "<!doctype html><html lang={}><meta charset=utf-8><title>{}</title><main><h1>{}</h1>{}</main></html>"
    return HttpResponse(format_html(page, get_language(), heading, heading, said), status=500)
