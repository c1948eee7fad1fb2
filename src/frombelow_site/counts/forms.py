import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from frombelow.counting.families_stv import RULES_STV
from frombelow.signs import UNSEEN
from frombelow_site.ui.forms import Form, LineField

MOST_SEATS = 1_000


class CountForm(Form):
    file = forms.FileField(
        label=_("The file of ballots"),
        help_text=_("BLT, PrefLib or a table of rankings (CSV), of at most 10 MB. The record holds no names; the file "
                    "is kept here, and every member can download it."),
        widget=forms.FileInput({"accept": ".blt,.soi,.soc,.toi,.toc,.csv,.tsv,.cvr,.txt"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Nothing was stored. Choose another."),
        },
    )  # fmt: skip
    rule = forms.ChoiceField(label=_("By which rule"), choices=[(each.name, each.name) for each in RULES_STV])
    seats = forms.IntegerField(label=_("How many are elected"), min_value=1, max_value=MOST_SEATS)
    seed = LineField(
        label=_("A published text that breaks ties"), required=False, max_length=200,
        help_text=_("Optional: say before the count which text it will be, such as the numbers of a lottery."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.ATTACHMENT_MOST:
            raise forms.ValidationError(_("The file has more than 10 MB. Nothing was stored. Choose a smaller one."))
        file.name = re.sub(f"[{UNSEEN}]", "", file.name)[-120:]
        return file
