"""Which letters come to me, when, and in which language; and what became of those that were written to me."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.accounts.access import signed_in_required
from frombelow_site.door.request import MemberRequest
from frombelow_site.mail.choices import choose, chosen
from frombelow_site.mail.kinds import HOW, NOW
from frombelow_site.mail.models import Bounced, Letter
from frombelow_site.people.language import set_letters_in
from frombelow_site.people.queries import letters_in
from frombelow_site.ui.forms import Form

FEW = 20  # letters on the page


class LettersForm(Form):
    """How letters of each kind come that can be turned off, and in which language all do."""

    def __init__(self, *args: Any, person: PersonId, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, how in chosen(person):
            if kind.free:
                choices = [(each, _("every week") if kind.name == "digest" and each == NOW else HOW[each])
                           for each in kind.choices]  # fmt: skip
                self.fields[kind.name] = forms.ChoiceField(
                    label=kind.title, choices=choices, initial=how, widget=forms.RadioSelect
                )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of letters"), choices=settings.LANGUAGES, initial=letters_in(person),
            widget=forms.RadioSelect,
        )  # fmt: skip


@never_cache
@signed_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: MemberRequest) -> HttpResponse:
    person = request.person.id
    form = LettersForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        set_letters_in(person, said.pop("language"))
        for kind, how in said.items():
            choose(person, kind, how)
        messages.success(request, _("Letters come to you as you said."))
        return redirect("membership:letters")
    context = {
        "form": form, "always": [kind for kind, _how in chosen(person) if not kind.free],
        "bounced": list(Bounced.objects.filter(person=person)),
        "latest": list(Letter.objects.filter(person=person).select_related("text").order_by("-pk")[:FEW]),
    }  # fmt: skip
    return render(request, "membership/letters.html", context, status=400 if form.is_bound else 200)
