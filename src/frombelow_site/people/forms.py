"""What several rooms ask about people."""

from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from frombelow.polity.kernel.ids import PersonId
from frombelow.roll import field_fault
from frombelow_site.door.sealing import by_page
from frombelow_site.subject import NOBODY
from frombelow_site.ui.forms import Form, checked

from .finding import Matches


class BranchForm(Form):
    """A choice among branches."""

    branch = forms.ChoiceField(label=_("Branch"))

    def __init__(self, *args: Any, branches: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].choices = branches  # type: ignore[attr-defined]


class PickForm(Form):
    """A form that asks for a person: part of the name is typed, and who is meant is chosen from those who may be. Who
    is called just so, and nobody else is, needs no choice, unless the page seals: then it has to show whom. Nobody
    scrolls through a list of all members."""

    name = forms.CharField(
        label=_("The person’s name"), max_length=300,
        help_text=_("The beginning of any part of it, three letters at least; accents do not matter."),
    )  # fmt: skip
    chosen = forms.ChoiceField(label=_("Which of them"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who = NOBODY
        del self.fields["chosen"]

    def found(self, typed: str) -> Matches:
        """Who may be meant. Raises ValidationError where nobody is looked for now."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "name" in data:
            try:
                self._pick(self.found(data["name"]))
            except forms.ValidationError as error:
                self.add_error("name", error)
        return data

    def _pick(self, found: Matches) -> None:
        if found.more:
            raise forms.ValidationError(_("More than ten people are called so. Write more of the name."))
        if not found.people:
            raise forms.ValidationError(_("Nobody on the roll is called so. Look at the spelling."))
        if found.exact and len(found.people) == 1 and not by_page():
            self.who = found.people[0].person.id
            return
        known = {each.person.id: f"{each.name}, {each.told}" for each in found.people}
        self.fields["chosen"] = field = copy(self.base_fields["chosen"])
        field.choices = list(known.items())  # type: ignore[attr-defined]
        self.order_fields(self.field_order)  # beside the name, and not at the end
        if (chosen := PersonId(self.data.get("chosen", ""))) in known:
            self.who = chosen
        elif len(known) == 1:
            self.add_error("chosen", gettext("Is it this person? Then choose them."))
        else:
            self.add_error("chosen", gettext("More than one person is called so. Choose one."))


class KnowingForm(Form):
    """A form that wants a tick first where something follows for the others: ``follows``, in words."""

    known = forms.BooleanField(
        label=_("Yes, I know what follows"),
        error_messages={"required": _("Nothing has happened yet. Read what follows, then tick this.")},
    )

    def __init__(self, *args: Any, follows: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.follows = follows
        if not follows:
            del self.fields["known"]


def as_on_the_roll(field: str, text: str) -> str:
    """The text, if a roll's file could hold it: what members write themselves leaves with the export."""
    return checked(text, lambda said: field_fault(field, said))
