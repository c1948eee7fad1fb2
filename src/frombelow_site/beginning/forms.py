"""The founding's forms. Each mistake is told at its field, with what is possible there."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from frombelow.polity import RulebookError, read_rulebook
from frombelow.polity.rulebook import OfficeRule
from frombelow.polity.rulebook.parameters import POWERS
from frombelow.polity.rulebook.templates import template
from frombelow.roll import mail_fault, name_fault
from frombelow.roll.cells import UNSEEN
from frombelow_site.door.founding import Founder
from frombelow_site.rules.fields import PART, faults, key_at_fault
from frombelow_site.ui import zones
from frombelow_site.ui.forms import Form, MailInput, checked
from frombelow_site.ui.reasons import capital, said

from . import rules
from .kinds import KINDS, NAMES

NAME_LIMIT = 200
MOST_FOUNDERS, FIRST_ROWS = 10, 3
MOST_CITIES = 12  # that are named where a country has more times than one
NOBODY_YET = "nobody"
ASIDE = re.compile(r" \([^()]*\)")  # what Answerability says of a power beside


class CodeForm(Form):
    code = forms.CharField(
        label=_("The founding code"),
        help_text=_("Twelve letters and digits, like ABCD-EFGH-2345."),
        max_length=60,
        error_messages={"required": _("Type the code that the server printed when it started.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class KindForm(Form):
    name = forms.CharField(
        label=_("Its name"),
        error_messages={"required": _("Give it a name. A decision can change much, but the record keeps this name.")},
    )
    kind = forms.ChoiceField(
        label=_("Which rules it starts from"),
        help_text=_("The members can change all of it later."),
        choices=[(key, NAMES[key]) for key in KINDS],
        error_messages={"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")},
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("The rules to start from are written in it."),
        choices=settings.LANGUAGES,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )
    zone = forms.CharField(
        label=_("Where your days end"),
        help_text=_("A city or a country, like London or Mexico City. Days and deadlines end at midnight there."),
        error_messages={"required": _("Say where your days end: a city or a country, like London.")},
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if len(name) > NAME_LIMIT:
            told = gettext("The name has %(found)d characters and %(limit)d fit. Shorten it.")
            raise forms.ValidationError(told % {"found": len(name), "limit": NAME_LIMIT})
        if UNSEEN.search(name):
            raise forms.ValidationError(
                gettext(
                    "The name contains characters that cannot be seen, text-direction marks among them. Type it again."
                )
            )
        return checked(name, name_fault)

    def clean_zone(self) -> str:
        typed: str = self.cleaned_data["zone"]
        found = zones.find(typed)
        if len(found) > 1:
            told = gettext("“%(place)s” has several times. Type the city nearest to you: %(cities)s.")
            cities = ", ".join(zones.city(each) for each in found[:MOST_CITIES])
            raise forms.ValidationError(told % {"place": typed[:60], "cities": cities})
        if not found:
            told = gettext("No city or country of the name “%(place)s” is known here. Type a large city nearby.")
            raise forms.ValidationError(told % {"place": typed[:60]})
        return found[0]


class RulesForm(Form):
    """The settings that one should choose oneself, filled in as the template has them."""

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None, kind: str) -> None:
        super().__init__(data, initial=initial)
        self.kind, self.settings = kind, rules.asked(kind)
        self.names: dict[str, list[str]] = {}  # of the fields, by setting
        for key, value in self.settings.items():
            found = rules.fields_of(key, value)
            self.names[key] = list(found)
            self.fields.update(found)

    @property
    def to_tick(self) -> bool:
        """Whether the values that stand here ask for a box to be ticked: nobody knows a thing for others."""
        return str(self["quorum_how"].value()) == PART and not self["quorum_knowing"].value()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for key, value in self.settings.items():
            for field, why in faults(key, value, data):
                self.add_error(field, why)
        if self.errors:
            return data
        try:
            rules.write(self.kind, "Etc/UTC", "en", data)
        except RulebookError as error:
            names = self.names.get(key_at_fault(error), [])
            self.add_error(names[0] if names else None, str(error))
        return data


class FoundersForm(Form):
    """Up to ten founders, each a name and perhaps a mail address; rows that are left empty are nobody."""

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        given = data if data is not None else initial or {}
        self.rows = min(max(_whole(given.get("rows")), FIRST_ROWS), MOST_FOUNDERS)
        self.founders: list[Founder] = []
        for n in range(self.rows):
            self._add_row(n)

    def _add_row(self, n: int) -> None:
        who = _("Your name") if n == 0 else _("Name")
        mail = _("Your mail address, if you have one") if n == 0 else _("Mail address, if there is one")
        self.fields[f"name{n}"] = forms.CharField(label=who, required=False)
        self.fields[f"mail{n}"] = forms.CharField(label=mail, required=False, widget=MailInput({"autocomplete": "off"}))

    def pairs(self) -> list[dict[str, Any]]:
        """The rows as the page shows them."""
        return [{"n": n + 1, "name": self[f"name{n}"], "mail": self[f"mail{n}"]} for n in range(self.rows)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for n in range(self.rows):
            self._check_row(n, data.get(f"name{n}", ""), data.get(f"mail{n}", ""))
        if not self.founders and not self.errors:
            self.add_error("name0", gettext("Somebody has to found it: write at least your own name."))
        return data

    def _check_row(self, n: int, name: str, mail: str) -> None:
        if not name and not mail:
            if n == 0 and any(self.cleaned_data.get(f"name{m}") for m in range(1, self.rows)):
                self.add_error("name0", gettext("The first row is you: whoever presses the button founds it."))
            return
        if not name:
            self.add_error(f"name{n}", gettext("There is a mail address here and no name. Write the name too."))
        elif why := name_fault(name):
            self.add_error(f"name{n}", capital(said(why)))
        if mail and (why := mail_fault(mail)):
            self.add_error(f"mail{n}", capital(said(why)))
        founder = Founder(name, mail)
        if founder in self.founders:
            self.add_error(
                f"name{n}", gettext("The same name and address stand in an earlier row. Leave one of them out.")
            )
        self.founders.append(founder)


class OfficesForm(Form):
    """Who holds which office for a time: each is asked for and answered, if only by “nobody yet”. Nobody is put into
    one by the page."""

    def __init__(
        self, data: Any = None, *, initial: Mapping[str, Any] | None, kind: str, language: str, names: list[str]
    ) -> None:
        super().__init__(data, initial=initial)
        self.offices = read_rulebook(template(kind, language=language)).offices
        for office in self.offices:
            self.fields[f"office-{office.key}"] = forms.MultipleChoiceField(
                label=office.title, help_text=_help(office),
                choices=[*((str(place), name) for place, name in enumerate(names)), (NOBODY_YET, _("nobody yet"))],
                error_messages={
                    "required": _("Say who holds it, or choose “nobody yet”."),
                    "invalid_choice": _("Choose among the founders."),
                },
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for office in self.offices:
            chosen = data.get(f"office-{office.key}", [])
            if NOBODY_YET in chosen and len(chosen) > 1:
                told = gettext("Somebody holds it, or nobody yet. Choose one of the two.")
                self.add_error(f"office-{office.key}", told)
            elif len(chosen) > office.seats:
                told = ngettext(
                    "There is %(seats)d seat, and you chose %(found)d people. Choose fewer.",
                    "There are %(seats)d seats, and you chose %(found)d people. Choose fewer.", office.seats,
                ) % {"seats": office.seats, "found": len(chosen)}  # fmt: skip
                self.add_error(f"office-{office.key}", told)
        return data

    @property
    def holders(self) -> dict[str, list[int]]:
        """For each office the places of its holders among the founders."""
        data = self.cleaned_data
        chosen = {office.key: data[f"office-{office.key}"] for office in self.offices}
        return {key: sorted(int(place) for place in places if place != NOBODY_YET) for key, places in chosen.items()}


def _help(office: OfficeRule) -> str:
    powers = [ASIDE.sub("", gettext(POWERS[power])) for power in office.powers]
    words = gettext("Whoever holds it may %(powers)s.") % {"powers": "; ".join(powers)}
    if not powers:
        words = gettext("It has no power of its own.")
    return words if office.seats == 1 else words + " " + gettext("Seats: %(seats)d.") % {"seats": office.seats}


def _whole(text: Any) -> int:
    return int(text) if str(text).isascii() and str(text).isdigit() and len(str(text)) < 4 else 0
