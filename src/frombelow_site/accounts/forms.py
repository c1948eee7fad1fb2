from django import forms
from django.utils.translation import gettext_lazy as _

from frombelow_site.ui.forms import Form, MailField


class MailForm(Form):
    mail = MailField(label=_("Your mail address"))


class CodeForm(Form):
    code = forms.CharField(
        label=_("The six digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short code"}),
    )


class SheetForm(Form):
    code = forms.CharField(
        label=_("The printed code"),
        help_text=_("Twelve letters and digits, like ABCD-EFGH-2345."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SecondForm(Form):
    code = forms.CharField(
        label=_("The code that your app shows, or a recovery code"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "class": "code"}
        ),
    )


class AppForm(Form):
    code = forms.CharField(
        label=_("The six digits that your app shows now"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short code"}),
    )


class NameForm(Form):
    name = forms.CharField(label=_("Its name"), max_length=80)


class WhoForm(Form):
    name = forms.CharField(
        label=_("The member’s name"), max_length=300,
        help_text=_("The beginning of any part of it, three letters at least; accents do not matter."),
    )  # fmt: skip
