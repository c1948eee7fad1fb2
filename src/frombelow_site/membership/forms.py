"""What members say of themselves, and about their membership."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frombelow.roll.cells import LOST, UNSEEN
from frombelow.roll.fields import LIMITS
from frombelow_site.people import sexes
from frombelow_site.people.forms import KnowingForm, as_on_the_roll
from frombelow_site.people.models import Profile
from frombelow_site.ui.forms import Form, MailField, NameField

WORDS = 2_000  # characters that access needs or skills can have


class StepBackForm(KnowingForm):
    until = forms.DateField(
        label=_("Until the end of"),
        help_text=_("Leave it empty to step back without an end."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )
    give_back = forms.MultipleChoiceField(
        label=_("Give back"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What you do not tick stays yours until its day. Others see that you hold it."),
    )  # fmt: skip

    def __init__(self, *args: Any, mandates: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if mandates:
            self.fields["give_back"].choices = mandates  # type: ignore[attr-defined]
        else:
            del self.fields["give_back"]


class LeaveForm(KnowingForm):
    sure = forms.BooleanField(label=_("Yes, I leave for good"))


class EraseForm(KnowingForm):
    sure = forms.BooleanField(label=_("Yes, erase me; nobody can undo this"))


SHOWN = {"class": "short", "data-unsealed": ""}  # who sees it is in no act


def shown_to(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Profile.To.choices, widget=forms.Select(SHOWN))


class NameForm(Form):
    name = NameField(
        label=_("Name"), widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Any name you go by, in any script, of one word or many."),
    )  # fmt: skip
    pronouns = forms.CharField(label=_("Pronouns"), max_length=LIMITS["pronouns"], required=False)
    pronouns_to = shown_to(_("Who else sees your pronouns"))
    committed = "name"  # the field whose words the act commits to

    def clean_pronouns(self) -> str:
        return as_on_the_roll("pronouns", self.cleaned_data["pronouns"])


class MailForm(Form):
    mail = MailField(
        label=_("Your new mail address"), help_text=_("A code goes there. Until you type it, all is as it was.")
    )
    beside = forms.BooleanField(
        label=_("Keep my old address too"), required=False,
        help_text=_("You sign in with either, and letters about ways to sign in go to both."),
    )  # fmt: skip


class AboutForm(Form):
    mail_to = shown_to(_("Who else sees your mail address"))
    phone = forms.CharField(
        label=_("Phone"), max_length=LIMITS["phone"], required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    phone_to = shown_to(_("Who else sees your phone"))
    language = forms.CharField(
        label=_("Languages"),
        max_length=LIMITS["language"],
        required=False,
        help_text=_("Those you speak or sign, in your own words."),
    )
    language_to = shown_to(_("Who else sees your languages"))
    access_needs = forms.CharField(
        label=_("Access needs"), max_length=WORDS, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What has to be there so that you can take part: a ramp, large print, an interpreter, child care."),
    )  # fmt: skip
    access_needs_to = shown_to(_("Who else sees your access needs"))
    skills = forms.CharField(
        label=_("Skills"), max_length=WORDS, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you know and would do for others."),
    )  # fmt: skip
    skills_to = shown_to(_("Who else sees your skills"))

    def clean_phone(self) -> str:
        return as_on_the_roll("phone", self.cleaned_data["phone"])

    def clean_language(self) -> str:
        return as_on_the_roll("language", self.cleaned_data["language"])

    def clean_access_needs(self) -> str:
        return _free_words(self.cleaned_data["access_needs"])

    def clean_skills(self) -> str:
        return _free_words(self.cleaned_data["skills"])


class CountedForm(Form):
    sex = forms.ChoiceField(
        label=_("You are"), required=False, widget=forms.RadioSelect({"data-unsealed": ""}),
        choices=[("" if sex == sexes.NOT_SAID else sex, words) for sex, words in sexes.WORDS.items()],
    )  # fmt: skip


def _free_words(text: str) -> str:
    """The text with its lines, without signs that cannot be seen or that turn the direction of others."""
    text = text.replace("\r\n", "\n")
    if UNSEEN.search(text.replace("\n", " ").replace("\t", " ")) or LOST in text:
        raise forms.ValidationError(_("This holds signs that cannot be seen. Type it again."))
    return text
