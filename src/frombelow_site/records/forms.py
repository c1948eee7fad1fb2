from django import forms
from django.utils.translation import gettext_lazy as _

from frombelow_site.ui.forms import Form

from .comparing import MOST


class CompareForm(Form):
    theirs = forms.CharField(
        label=_("The other member’s checkpoint"),
        help_text=_("From their QR code, from the foot of a mail, or from the minutes. Paste the whole of it."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 6, "class": "code", "spellcheck": "false"}),
    )
