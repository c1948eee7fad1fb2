"""What several rooms ask about people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frombelow.roll import field_fault
from frombelow_site.ui.forms import Form, checked


class BranchForm(Form):
    """A choice among branches."""

    branch = forms.ChoiceField(label=_("Branch"))

    def __init__(self, *args: Any, branches: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].choices = branches  # type: ignore[attr-defined]


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
