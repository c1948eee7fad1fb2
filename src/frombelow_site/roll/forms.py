"""Admitting one person, and reading a file of many."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from frombelow.polity.members.state import Standing
from frombelow.roll import RollError, seen_mail
from frombelow.roll.dates import DAY_FIRST, MONTH_FIRST
from frombelow.roll.encodings import CODECS, HEAD, refuse_binary
from frombelow.roll.fields import ASKED_FIRST, LIMITS, TITLES
from frombelow.roll.headings import HEADINGS_FIRST, PERSON_FIRST, called
from frombelow.roll.sentences import shown
from frombelow.roll.verdicts import ANOTHER, ASKED, QUESTIONS
from frombelow_site.people.forms import BranchForm, as_on_the_roll
from frombelow_site.ui.forms import Form, MailField, MailInput, NameField
from frombelow_site.ui.reasons import said

from .dry_run import Column, ToMend
from .queries import NEVER, NEW, UNREACHED, met_before

MOST = settings.FILE_MOST
IS_MEMBER = gettext_noop(
    "Somebody of this name or address is a member already. If this is another person, say so below."
)
BEFORE = {
    Standing.EXPELLED: gettext_noop(
        "Somebody of this name or address was expelled: only the members take them in again, by a motion. If this is "
        "another person, say so below."
    ),
    Standing.LEFT: gettext_noop(
        "Somebody of this name or address left. They come back by their own word alone. If they asked, or if this is "
        "another person, say so below."
    ),
}


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
        """Somebody who is a member already is not admitted once more by a second press, with a second vote; who was
        expelled does not come back so, and who left does by their own word."""
        data = super().clean() or self.cleaned_data
        before = met_before(data["name"], data.get("mail", "")) if "name" in data else ""
        if not before:
            return data
        self.fields["another"] = self._another
        if before == Standing.LEFT:
            self._another.label = gettext("This is another person, or they asked to come back")
        if not self.data.get("another"):
            self.add_error("name", gettext(BEFORE.get(Standing(before), IS_MEMBER)))
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
        label=_("The file"),
        help_text=_("A spreadsheet (XLSX, ODS) or a CSV file of at most 50 MB. Nobody is brought in yet."),
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


def _in_words(encoding: str, readings: dict[str, str]) -> str:
    """The encoding with a few words as they read in it."""
    return f"{encoding}: {readings[encoding]}" if encoding in readings else encoding


class ColumnsForm(Form):
    """As what each column of a file is read. Those that nobody's roll needs are not asked about."""

    @staticmethod
    def read_as() -> list[tuple[str, str]]:
        return [("", gettext("Leave it out")), *((field, gettext(TITLES[field])) for field in ASKED_FIRST)]

    def __init__(
        self,
        *args: Any,
        columns: list[Column],
        sheets: list[str],
        readings: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = ["" if column.private else f"column-{n}" for n, column in enumerate(columns)]
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("The sheet"), required=False, widget=forms.Select(attrs={"class": "short"}),
                choices=[(name, Truncator(shown(name)).chars(80)) for name in sheets],
                help_text=_("Another one is read with headings of its own: what is chosen below then says nothing."),
            )  # fmt: skip
        self.fields["first"] = forms.ChoiceField(
            label=_("The first line"), required=False, widget=forms.Select(attrs={"class": "short"}),
            choices=[("", gettext("As it looks")), (HEADINGS_FIRST, gettext("It holds the headings")),
                     (PERSON_FIRST, gettext("It is a person: there are no headings"))],
        )  # fmt: skip
        if not sheets:
            self.fields["encoding"] = self._encoding(readings)
        self.fields["dates"] = forms.ChoiceField(
            label=_("Dates such as 03/04/2020"), required=False, widget=forms.Select(attrs={"class": "short"}),
            choices=[("", gettext("As they look")), *self.orders()],
        )  # fmt: skip
        for n, (name, column) in enumerate(zip(self.names, columns, strict=True), 1):
            numbered = column.heading == called([""] * n)[-1]
            label = _("Column %(n)d") % {"n": n} if numbered else Truncator(shown(column.heading.strip())).chars(80)
            if name:
                self.fields[name] = forms.ChoiceField(
                    label=label, choices=self.read_as(), initial=column.field, required=False,
                    help_text=Truncator(shown(column.example)).chars(80), widget=forms.Select(attrs={"class": "short"}),
                )  # fmt: skip

    @staticmethod
    def _encoding(readings: dict[str, str]) -> forms.ChoiceField:
        return forms.ChoiceField(
            label=_("The file’s encoding"), required=False, widget=forms.Select(attrs={"class": "short"}),
            choices=[("", gettext("As it looks")), *((name, _in_words(name, readings)) for name in CODECS)],
            help_text=_("Choose another one where letters look wrong."),
        )  # fmt: skip

    @staticmethod
    def orders() -> list[tuple[str, str]]:
        return [(DAY_FIRST, gettext("The day comes first")), (MONTH_FIRST, gettext("The month comes first"))]

    def as_read(self) -> list[tuple[str, str]]:
        """The columns that are not left out: the heading, and as what it is read."""
        called = dict(self.read_as())
        asked = [(field.label, field.initial) for name, field in self.fields.items() if name in self.names]
        return [(str(label), called[initial]) for label, initial in asked if initial]

    def fields_chosen(self) -> list[str]:
        """The field of each column, in the order of the file."""
        return [self.cleaned_data[name] if name else "" for name in self.names]


class MendForm(Form):
    """What rows that need mending should say. Whether they are mended, the reader says."""

    def __init__(self, *args: Any, rows: list[ToMend], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in rows:
            line = each.row.line
            for field in ASKED:
                self.fields[f"{field}-{line}"] = forms.CharField(
                    label=gettext(TITLES[field]), initial=shown(getattr(each.row, field), LIMITS[field]),
                    required=False, max_length=LIMITS[field], widget=forms.TextInput({"autocomplete": "off"}),
                )  # fmt: skip
            if each.reasons[0][0] in QUESTIONS:
                self.fields[f"{ANOTHER}-{line}"] = forms.BooleanField(
                    label=gettext("This is another person"), required=False
                )

    def of_row(self, line: int) -> list[forms.BoundField]:
        """The fields of this row."""
        return [self[name] for field in (*ASKED, ANOTHER) if (name := f"{field}-{line}") in self.fields]

    def mended(self) -> dict[int, dict[str, str]]:
        """By its line what somebody says of a row: what they changed, and nothing that the file says, which may be read
        otherwise yet."""
        rows: dict[int, dict[str, str]] = {}
        for name in (name for name in self.changed_data if name in self.data):
            field, _dash, line = name.rpartition("-")
            said = str(self.cleaned_data[name])
            rows.setdefault(int(line), {})[field] = seen_mail(said) if field == "mail" else said
        return rows
