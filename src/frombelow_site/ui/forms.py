"""Forms as this site asks: a label is a question or a name, and needs no colon."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from frombelow.polity.rulebook.parameters import Between, Whole
from frombelow.roll import Reason, mail_fault, name_fault, seen_mail
from frombelow.roll.fields import LIMITS
from frombelow.signs import LINE

from .reasons import capital, said

OURS = frozenset({"csrfmiddlewaretoken", "draft"})
# Fields into which people write: one word in plain letters, too.
WORDS = frozenset(
    {"title", "body", "text", "reason", "heading", "words", "articles", "name", "office_title", "mail", "about"}
)


class Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


def checked(text: str, fault: Callable[[str], Reason | None]) -> str:
    """The text, if nothing is wrong with it. Raises ValidationError, in the reader's language."""
    if (why := fault(text)) is not None:
        raise forms.ValidationError(capital(said(why)))
    return text


class LineField(forms.CharField):
    """A line that is what it looks like: nothing in it is unseen, or turns the direction of the rest."""

    def clean(self, value: Any) -> str:
        line: str = super().clean(value)
        if line and not re.search(LINE, line):
            raise forms.ValidationError(_("This holds signs that cannot be seen. Type it again."))
        return line


class NameField(forms.CharField):
    """The name of a person, as a roll can hold it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LIMITS["name"], **kwargs})

    def clean(self, value: Any) -> str:
        name = super().clean(value)
        return checked(name, name_fault) if name else ""


class MailField(forms.CharField):
    """A mail address, by the rule of the roll: what one page takes, every page takes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LIMITS["mail"], "widget": MailInput(), **kwargs})

    def clean(self, value: Any) -> str:
        mail = super().clean(seen_mail(value) if isinstance(value, str) else value)
        return checked(mail, mail_fault) if mail else ""


class MailInput(forms.TextInput):
    """A field for an address. No input of type "email": browsers let no address through that is not ASCII."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "email", "autocomplete": "email", "autocapitalize": "off", **(attrs or {})})


class Number(forms.IntegerField):
    """A whole number from low to high; the bounds stand beside it, and in what is said about any other."""

    def __init__(self, bounds: Whole, **kwargs: Any) -> None:
        low, high = bounds.low, bounds.high
        told = format_lazy(_("A whole number from {low} to {high} is possible here."), low=low, high=high)
        super().__init__(
            min_value=low, max_value=high, help_text=format_lazy(_("From {low} to {high}."), low=low, high=high),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), told),
            widget=forms.NumberInput(attrs={"class": "short"}), **kwargs,
        )  # fmt: skip


class Share(forms.CharField):
    """A share like 10% or 2/3, between two others, as people wrote it."""

    def __init__(self, bounds: Between, **kwargs: Any) -> None:
        self.bounds = bounds
        low, high = bounds.low, bounds.high
        self.told = format_lazy(
            _("A share from {low} to {high} is possible here, written like 10% or 2/3."), low=low, high=high
        )
        kwargs.setdefault("help_text", format_lazy(_("From {low} to {high}."), low=low, high=high))
        super().__init__(
            error_messages={"required": self.told},
            widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}), **kwargs,
        )  # fmt: skip

    def clean(self, value: Any) -> str:
        text = "".join(super().clean(value).split())
        try:
            self.bounds(text)
        except ValueError:
            raise forms.ValidationError(self.told) from None
        return text


class Wrong(NamedTuple):
    """What of a form has to be mended: the field's name and where on the page it is; "" for what is wrong with all."""

    name: str
    place: str
    why: str


def wrong(*shown: Any) -> list[Wrong]:
    """What has to be mended in those of a page's forms that were filled in, in their order."""
    filled_in = [each for each in shown if isinstance(each, forms.BaseForm) and each.is_bound]
    return [
        Wrong(*_whereabouts(form, name), str(why)) for form in filled_in for name, whys in form.errors.items()
        for why in whys
    ]  # fmt: skip


def _whereabouts(form: forms.BaseForm, name: str) -> tuple[str, str]:
    if name not in form.fields or form[name].is_hidden:
        return "", ""
    field = form[name]
    # Of several buttons or boxes the first can be gone to; around them there is nothing that takes the focus.
    first = "_0" if isinstance(field.field.widget, forms.RadioSelect) else ""
    return str(field.label), f"{field.auto_id}{first}"


def written(sent: QueryDict) -> list[str]:
    """What somebody wrote in a form, in any script: not what they chose, and no marks of ours."""
    return [text for name, texts in sent.lists() for text in texts if _is_written(name, text.strip())]


def _is_written(name: str, text: str) -> bool:
    if name in OURS or not text:
        return False
    # What is chosen is an id or a word of ours; many scripts part no words, and some texts are one.
    return name in WORDS or re.search(r"\s", text) is not None or not text.isascii()
