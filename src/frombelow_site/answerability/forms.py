from django import forms
from django.utils.translation import gettext_lazy as _

from frombelow_site.people.forms import KnowingForm
from frombelow_site.ui.forms import Form


class GiveBackForm(KnowingForm):
    """Give a mandate back: a button alone, unless something follows."""


class PetitionForm(Form):
    title = forms.CharField(label=_("In one line"), max_length=200)
    body = forms.CharField(
        label=_("Why"),
        help_text=_("Say what happened. The person can reply, and the reply stands beside it."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
