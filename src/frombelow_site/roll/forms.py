"""Admitting one person, and reading a file of many."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from frombelow.roll import RollError
from frombelow.roll.encodings import HEAD, refuse_binary
from frombelow.roll.fields import ASKED_FIRST, LIMITS, TITLES
from frombelow.roll.sentences import shown
from frombelow_site.people.forms import BranchForm, as_on_the_roll
from frombelow_site.ui.forms import Form, MailField, MailInput, NameField
from frombelow_site.ui.reasons import said

from .dry_run import Column
from .queries import NEVER, NEW, UNREACHED, is_member

MOST = settings.FILE_MOST


class AdmitForm(BranchForm):
    name = NameField(label=_("Name"))
    mail = MailField(label=_("Mail address"), required=False, widget=MailInput({"autocomplete": "off"}))
    phone = forms.CharField(label=_("Phone"), max_length=LIMITS["phone"], required=False)
    another = forms.BooleanField(label=_("This is another person"), required=False)
    field_order = ("name", "mail", "phone", "branch", "another")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._another = self.fields.pop("another")

    def clean(self) -> dict[str, Any]:
        """Somebody who is a member already is not admitted once more by a second press, with a second vote."""
        data = super().clean() or self.cleaned_data
        if "name" not in data or not is_member(data["name"], data.get("mail", "")):
            return data
        self.fields["another"] = self._another
        if not self.data.get("another"):
            self.add_error("name", gettext(
                "Somebody of this name or address is a member already. If this is another person, say so below."
            ))  # fmt: skip
        return data

    def clean_phone(self) -> str:
        return as_on_the_roll("phone", self.cleaned_data["phone"])


class FilterForm(Form):
    """What of the roll is shown."""

    name = forms.CharField(label=_("Name or mail address"), max_length=LIMITS["name"], required=False,
                           widget=forms.TextInput({"type": "search"}))  # fmt: skip
    branch = forms.ChoiceField(label=_("Branch"), required=False, widget=forms.Select(attrs={"class": "short"}))
    show = forms.ChoiceField(
        label=_("Show"), required=False, widget=forms.Select(attrs={"class": "short"}),
        choices=[("", _("Everybody")), (UNREACHED, _("Whom neither mail nor phone reaches")),
                 (NEVER, _("Who never came in")), (NEW, _("Who joined in the last 30 days"))],
    )  # fmt: skip

    def __init__(self, *args: Any, branches: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(branches) > 1:
            self.fields["branch"].choices = [("", gettext("All that you may see")), *branches]  # type: ignore[attr-defined]
        else:
            del self.fields["branch"]


class CorrectForm(Form):
    mail = MailField(label=_("Mail address"), widget=MailInput({"autocomplete": "off"}))
    committed = "mail"  # the field whose words the act commits to


class FileForm(BranchForm):
    file = forms.FileField(
        label=_("The file"), help_text=_("A CSV file of at most 50 MB, from any program. Nobody is brought in yet."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Nothing was stored. Export the list again and choose the new file."),
            "max_length": _("The file’s name is too long. Give it a shorter one and choose it again."),
        },
    )  # fmt: skip
    field_order = ("file", "branch")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise forms.ValidationError(_("The file has more than 50 MB. Bring it in in parts."))
        head = file.read(HEAD)
        file.seek(0)
        try:
            refuse_binary(head)
        except RollError as error:
            raise forms.ValidationError(said(error)) from None
        return file


class ColumnsForm(Form):
    """As what each column of a file is read. Those that nobody's roll needs are not asked about."""

    @staticmethod
    def read_as() -> list[tuple[str, str]]:
        return [("", gettext("Leave it out")), *((field, gettext(TITLES[field])) for field in ASKED_FIRST)]

    def __init__(self, *args: Any, columns: list[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = ["" if column.private else f"column-{n}" for n, column in enumerate(columns)]
        for n, (name, column) in enumerate(zip(self.names, columns, strict=True), 1):
            label = Truncator(shown(column.heading.strip())).chars(80) or _("Column %(n)d") % {"n": n}
            if name:
                self.fields[name] = forms.ChoiceField(
                    label=label, choices=self.read_as(), initial=column.field, required=False,
                    help_text=Truncator(shown(column.example)).chars(80), widget=forms.Select(attrs={"class": "short"}),
                )  # fmt: skip

    def as_read(self) -> list[tuple[str, str]]:
        """The columns that are not left out: the heading, and as what it is read."""
        called = dict(self.read_as())
        asked = [(field.label, field.initial) for field in self.fields.values()]
        return [(str(label), called[initial]) for label, initial in asked if initial]

    def fields_chosen(self) -> list[str]:
        """The field of each column, in the order of the file."""
        return [self.cleaned_data[name] if name else "" for name in self.names]
