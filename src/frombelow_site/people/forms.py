from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frombelow_site.ui.forms import Form

from .roll import mail_fault, name_fault

MOST = 50_000_000


class StepBackForm(Form):
    until = forms.DateField(
        label=_("Until the end of"),
        help_text=_("Leave it empty to step back without an end."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )


class LeaveForm(Form):
    sure = forms.BooleanField(label=_("Yes, I leave for good"))
    erase = forms.BooleanField(label=_("Erase my name and address too; nobody can undo this"), required=False)


class BranchForm(Form):
    """A choice among branches."""

    branch = forms.ChoiceField(label=_("Branch"))

    def __init__(self, *args: Any, branches: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].choices = branches  # type: ignore[attr-defined]


class AdmitForm(BranchForm):
    name = forms.CharField(label=_("Name"), max_length=300)
    mail = forms.CharField(label=_("Mail address"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=300, required=False)
    field_order = ("name", "mail", "phone", "branch")

    def clean_name(self) -> str:
        return _clean(self.cleaned_data["name"], name_fault)

    def clean_mail(self) -> str:
        mail = self.cleaned_data["mail"]
        return _clean(mail, mail_fault) if mail else ""


class FileForm(BranchForm):
    file = forms.FileField(
        label=_("The file"), help_text=_("A CSV file of at most 50 MB, from any program. Nothing is stored yet.")
    )
    field_order = ("file", "branch")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise forms.ValidationError(_("The file has more than 50 MB. Bring it in in parts."))
        return file


def _clean(text: str, fault: Any) -> str:
    why = fault(text)
    if why is not None:
        raise forms.ValidationError(why.sentence()[:1].upper() + why.sentence()[1:])
    return text
