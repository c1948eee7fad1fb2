from django import forms
from django.shortcuts import redirect, render

from frombelow_site.accounts.access import member_required
from frombelow_site.door.sealing import acts
from tests.polity.tea import Brew

from . import actions
from .models import Pot


class BrewForm(forms.Form):
    cups = forms.IntegerField(min_value=1, max_value=9)
    recipe = forms.CharField()


@acts(Brew)
@member_required
def pots(request):
    form = BrewForm(request.POST or None)
    if form.is_valid():
        actions.brew(request.person.id, **form.cleaned_data)
        return redirect("tearoom:pots")
    return render(request, "tearoom/pots.html", {"form": form, "pots": Pot.objects.count()})
