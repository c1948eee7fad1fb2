from django import forms
from django.utils.translation import gettext_lazy as _

from frombelow.polity.server.acts import MOST_WITNESSES, Witness
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


class WitnessesForm(Form):
    """The witnesses as a text, each on a line of its own."""

    witnesses = forms.CharField(
        label=_("Witnesses, one on each line"),
        help_text=_("The line that the witness gave you, a space, and its address (https://…)."),
        max_length=30_000, required=False, strip=True,
        widget=forms.Textarea(
            attrs={"rows": 5, "spellcheck": "false", "autocapitalize": "off", "data-sequence": "witnesses"}
        ),
    )  # fmt: skip
    enough = forms.IntegerField(
        label=_("How many of them have to agree before a doubt about the clock ends"),
        help_text=_("More than one, where you can: a single one may be wrong, or be led to be. 0 where there is none."),
        min_value=0, max_value=MOST_WITNESSES, widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip

    def clean_witnesses(self) -> tuple[Witness, ...]:
        lines = [line for line in self.cleaned_data["witnesses"].splitlines() if line.strip()]
        if len(lines) > MOST_WITNESSES:
            raise forms.ValidationError(_("At most %(n)s witnesses are asked.") % {"n": MOST_WITNESSES})
        return tuple(_read(n, line) for n, line in enumerate(lines, 1))


def _read(n: int, line: str) -> Witness:
    try:
        return Witness.read(line)
    except ValueError:
        said = _("Line %(n)s is no witness: a key line (name, number and key, with + between), a space, an address.")
        raise forms.ValidationError(said % {"n": n}) from None
