"""Rows of a waiting file that need mending: mended on a page, or taken along as a file that comes back."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from frombelow.polity.kernel.ids import ImportId
from frombelow.roll import Reason
from frombelow.roll.cells import guard, unguard
from frombelow.roll.verdicts import ASKED
from frombelow_site.accounts.access import member_required
from frombelow_site.door.readers import aside
from frombelow_site.door.request import MemberRequest
from frombelow_site.ui.reasons import capital, said

from . import actions, files, importing
from .dry_run import ToMend
from .forms import MendForm
from .imports import mine
from .reader import rows_to_mend

A_PAGE = 20
# No word of the row's is wrong: they come in by no file; nor are headings a person.
GONE = frozenset({"expelled before", "left before", "headings again"})


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: MemberRequest, batch: ImportId) -> HttpResponse:
    """So many rows that need mending, to be mended here; the file is then read anew, with them."""
    mine(request, batch)
    _headings, waiting = _waiting(batch)
    start = int(told) if (told := request.GET.get("from", "")).isdecimal() and len(told) < 8 else 0
    able = (each for each in waiting if each.reasons[0][0] not in GONE)
    if request.method == "POST":  # the rows of the page that was filled in; another tab may have moved those behind it
        able, start = (each for each in able if f"{ASKED[0]}-{each.row.line}" in request.POST), 0
    rows = list(islice(able, start, start + A_PAGE + 1))
    form = MendForm(request.POST or None, rows=rows[:A_PAGE])
    if request.method == "POST" and form.is_valid():
        asked = actions.mend(batch, form.mended()) if form.mended() else None
        if asked is not None:
            importing.start_reading(batch, asked)
        elif form.mended():
            messages.warning(request, _("The file is just being read, or waits no more: what you wrote was not taken. "
                                        "Write it again once it is read."))  # fmt: skip
        return redirect("roll:import-one", batch)
    why = [(each.row.line, in_words(each), form.of_row(each.row.line)) for each in rows[:A_PAGE]]
    more = start + A_PAGE if len(rows) > A_PAGE else 0
    context = {"batch": batch, "rows": why, "form": form, "more": more, "start": start}
    return render(request, "roll/mend.html", context, status=400 if form.is_bound else 200)


@never_cache
@member_required
@require_safe
def take_along(request: MemberRequest, batch: ImportId) -> HttpResponse:
    """Exactly these rows, as the file has them, each with what is wrong with it. Mended, the file is one to choose."""
    mine(request, batch)
    headings, waiting = _waiting(batch)
    with aside():  # many rows take seconds, in which others read and write
        table = as_table(headings, waiting)
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return response


def _waiting(batch: str) -> tuple[list[str], Iterator[ToMend]]:
    try:
        return rows_to_mend(files.mending(batch))
    except OSError:
        raise Http404 from None


def as_table(headings: list[str], rows: Iterable[ToMend]) -> bytes:
    """The rows as CSV that no spreadsheet runs, each with its reasons in the first column."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([_("To mend"), *map(guard, headings)])
    for each in rows:
        # Read again, a cell says what it says in the file, where an apostrophe may stand before it already.
        writer.writerow([in_words(each), *(guard(unguard(cell.strip())) for cell in each.cells)])
    return file.getvalue().encode("utf-8-sig")


def in_words(each: ToMend) -> str:
    """Why the row needs mending."""
    return " ".join(capital(said(Reason(*why))) for why in each.reasons)
