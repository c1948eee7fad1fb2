"""Choosing the language: a cookie in this browser, and, for who is signed in, what letters to them are written in."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.door.request import Request
from frombelow_site.ui.forms import Form
from frombelow_site.ui.languages import remember
from frombelow_site.ui.onward import go_on

from .models import Profile


def set_letters_in(person: PersonId, language: str) -> None:
    """Letters to this person are in this language, whoever brings them about."""
    Profile.objects.update_or_create(person=person, defaults={"letters_in": language})


class LanguageForm(Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: Request) -> HttpResponse:
    """Pages, and letters to who is signed in, are in the language that is chosen here."""
    came_from = urlsplit(request.headers.get("Referer", "")).path
    onward = request.POST.get("next") or (came_from if came_from != request.path else "") or reverse("home:home")
    form = LanguageForm(request.POST or None, initial={"language": get_language()})
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "next": onward}
        return render(request, "people/language.html", context, status=400 if form.is_bound else 200)
    chosen = form.cleaned_data["language"]
    if request.person:
        set_letters_in(request.person.id, chosen)
    response = go_on(request, onward)
    remember(response, chosen)
    return response
