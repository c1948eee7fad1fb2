import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from frombelow.lots.draws import QUICKNET, read_published
from frombelow.polity import Polity
from frombelow.polity.draws.acts import MOST_WITNESSES
from frombelow.polity.draws.require import ROLLS, SIDES, WITNESSES
from frombelow.polity.draws.state import Held
from frombelow.polity.kernel.ids import PersonId
from frombelow_site.people.finding import find
from frombelow_site.ui.clock import figure
from frombelow_site.ui.forms import Form, LineField


class PoolForm(Form):
    """Who is left out, by which article, and who sees the dice."""

    leave_out = forms.BooleanField(label=_("Leave out whoever holds an office"), required=False)
    article = forms.ChoiceField(label=_("By which article"))
    reason = LineField(label=_("Why, in one line"), max_length=200, required=False)
    names = forms.CharField(
        label=_("Who sees the dice"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4_000,
        help_text=_("Three members at least, one a line, each with a key; not you. Three of them who agree to lie "
                    "could choose the panel: name people whom nobody can think of together."),
    )  # fmt: skip

    def __init__(self, *args: Any, polity: Polity, held: Held, by: PersonId, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.polity, self.by, self.witnesses = polity, by, list[PersonId]()
        self.fields["article"].choices = [(each.number, f"{each.number} {each.title}")  # type: ignore[attr-defined]
                                          for each in polity.book.articles.values()]  # fmt: skip
        self.fields["article"].initial = polity.book.article("own_cause")
        self.fields["reason"].initial = gettext("They hold an office")
        if held.effect.chance != "dice":
            del self.fields["names"]
        if held.is_audit:  # it leaves nobody out
            del self.fields["leave_out"], self.fields["article"], self.fields["reason"]

    def clean_names(self) -> str:
        typed = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        self.witnesses = [self._person(line) for line in typed[:MOST_WITNESSES]]
        if len(set(self.witnesses)) < WITNESSES:
            raise forms.ValidationError(gettext("Name three people at least, each one once."))
        return str(self.cleaned_data["names"])

    def _person(self, line: str) -> PersonId:
        found = find(self.polity, line, self.polity.root).people
        if len(found) != 1:
            raise forms.ValidationError(
                gettext("“%(name)s”: nobody or several people are called so. Write the whole name.") % {"name": line}
            )
        person = found[0].person.id
        if person == self.by:
            raise forms.ValidationError(gettext("Whoever holds the draw does not witness its dice."))
        if not self.polity.keys.can_seal(person):
            raise forms.ValidationError(gettext("%(name)s has no key to seal with.") % {"name": line})
        return person

    @property
    def out(self) -> tuple[str, str] | None:
        data = self.cleaned_data
        leaves = data.get("leave_out")
        return (data["reason"] or gettext("They hold an office"), data["article"]) if leaves else None


class DiceForm(Form):
    """What sixteen rolls showed."""

    shown = forms.CharField(
        label=_("What the dice showed"), max_length=200,
        widget=forms.Textarea(
            attrs={"rows": 2, "inputmode": "numeric", "autocomplete": "off", "data-sequence": "shown"}
        ),
        help_text=_("Sixteen numbers from 1 to 6, in the order in which they were rolled, with blanks between."),
    )  # fmt: skip

    def clean_shown(self) -> tuple[int, ...]:
        typed = re.findall(r"[0-9]+", self.cleaned_data["shown"])
        if len(typed) != ROLLS or not all(len(each) == 1 and 1 <= int(each) <= SIDES for each in typed):
            raise forms.ValidationError(
                gettext("These are %(found)d numbers; sixteen are needed, each from 1 to 6.") % {"found": len(typed)}
            )
        return tuple(map(int, typed))


class BeaconForm(Form):
    """What drand's beacon said in the round that was fixed: its signature, or the JSON in which drand publishes it."""

    signature = forms.CharField(
        label=_("The signature of that round"), max_length=10_000, widget=forms.Textarea({"rows": 3}),
        help_text=_("96 letters and figures, or all that drand’s servers publish of the round, pasted."),
    )  # fmt: skip

    def __init__(self, *args: Any, round: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        self.fields["signature"].widget.attrs["data-round"] = str(round)

    def clean_signature(self) -> str:
        typed = str(self.cleaned_data["signature"]).strip()
        if typed.startswith("{"):
            typed = self._published(typed)
        if not re.fullmatch("[0-9a-f]{96}", typed):
            raise forms.ValidationError(gettext("A signature has 96 signs out of 0 to 9 and a to f."))
        return typed

    def _published(self, text: str) -> str:
        """The signature in what drand publishes, if it is of this round and chain."""
        try:
            told = read_published(text)
        except ValueError:
            raise forms.ValidationError(gettext("This is no round as drand’s servers publish it.")) from None
        if told.chain != QUICKNET.hash:
            raise forms.ValidationError(gettext("This is of another chain of drand. Its chain quicknet was fixed."))
        if told.round != self.round:
            raise forms.ValidationError(
                gettext("This is round %(found)s, and round %(wanted)s was fixed.")
                % {"found": figure(told.round), "wanted": figure(self.round)}
            )
        return told.signature
