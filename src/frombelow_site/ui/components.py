"""Every component on one page, for whoever builds pages: shown in debug only (FROMBELOW_DEBUG=1), at /ui/."""

from typing import Any

import segno
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import clock
from .forms import Form, MailField

# What people call themselves, and what they write: nothing to translate.
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 9
NAMES = {
    "long": LONG[:300],
    "arabic": "فاطمة الزهراء بنت محمد",
    "hebrew": "רחל בן־דוד (הוועד)",
    "turned": "Mallory \u202etxt.exe",
    "chinese": "歐陽娜娜",
    "emoji": "Zoë 🏳️‍🌈 O’Brien-Ńowak 👩🏽‍🔧",
    "short": "U",
}
WORDS = {
    "ltr": "Paint the hall\n\nIt is grey, and has been grey since 1974.\nWe have the paint.",
    "rtl": "طلاء القاعة\n\nالقاعة رمادية اللون منذ عام 1974.\nلدينا الطلاء (12 لترًا).",
}
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
NOTE = "tenants.example/record\n20852\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"


class ComponentsForm(Form):
    """One field of each sort that pages use."""

    name = forms.CharField(label=gettext_lazy("Your name"), help_text=gettext_lazy("As it stands on the roll."))
    mail = MailField(label=gettext_lazy("Your mail address"))
    code = forms.CharField(label=gettext_lazy("The code"), widget=forms.TextInput(attrs={"class": "code short"}))
    day = forms.DateField(label=gettext_lazy("Until when"), widget=forms.DateInput(attrs={"type": "date"}))
    seats = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1)
    branch = forms.ChoiceField(label=gettext_lazy("Branch"), choices=[])
    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"), widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("abstain", gettext_lazy("Abstain"))],
    )  # fmt: skip
    body = forms.CharField(label=gettext_lazy("The motion and its reasons"), widget=forms.Textarea)
    roll = forms.FileField(label=gettext_lazy("The file"))
    sure = forms.BooleanField(label=gettext_lazy("Yes, I leave for good"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ["Leith", NAMES["long"], NAMES["arabic"]]
        self.fields["branch"].choices = list(enumerate(names))  # type: ignore[attr-defined]


@never_cache
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    now = clock.now()
    context = {
        "names": NAMES, "names_and_kinds": [(key, str(n * 1_234)) for n, key in enumerate(NAMES)], "words": WORDS,
        "form": ComponentsForm(prefix="whole"), "hash": HASH, "note": NOTE, "square": square(NOTE),
        "wrong": ComponentsForm({"wrong-name": NAMES["long"], "wrong-mail": "ada"}, prefix="wrong"),
        "soon": now + 2 * clock.DAY, "late": now + 6 * clock.DAY, "over": now - clock.DAY,
        "page": Paginator(range(100), 10).page(4), "stages": stages(), "rooms": rooms(),
        "refused": _("Article %(number)s: %(why)s") % {"number": "4.2", "why": _("Nothing was changed.")},
    }  # fmt: skip
    return render(request, "ui/components.html", context)


def rooms() -> list[dict[str, Any]]:
    names = [_("Home"), _("Decide"), _("People"), _("Answerability"), _("Record")]
    return [{"name": name, "address": "/ui/", "here": n == 1, "exact": n == 1} for n, name in enumerate(names)]


def stages() -> list[tuple[str, bool]]:
    return [(_("Seconders"), False), (_("The debate"), False), (_("Vote"), True), (_("A decision"), False)]


def square(text: str) -> SafeString:
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=True, lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308  drawn here from a text of our own
