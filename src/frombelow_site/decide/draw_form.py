"""Moving a draw by lot: what for, how many, and how many of each group at least and at most."""

from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from frombelow.lots import Quota, enough_to_ask
from frombelow.polity import Effect
from frombelow.polity.draws.acts import MOST_SEATS, HoldDraw
from frombelow.polity.draws.pooling import who_can_be, who_holds_keys
from frombelow.polity.draws.subject import CHANCES, PURPOSES
from frombelow_site.door.readers import aside
from frombelow_site.people.groups import CATEGORIES, called, counted, group_called, groups
from frombelow_site.ui.clock import figure, local, now
from frombelow_site.ui.forms import LineField

from .chances import Shown, in_words
from .forms import MoveForm, only_the_whole
from .panels import UnpreparedError, smallest_way_out, solve
from .solver import Order

SHARE = Fraction(1, 20)  # of all, of whom an audit asks so many that fewer are false


class Asked(NamedTuple):
    """A group as the form asks for it, and as it is said: how many members are of it, how many of them are to sit."""

    category: str
    called: str
    feature: str
    said: str
    people: str
    least: str
    most: str


class DrawForm(MoveForm):
    effect = HoldDraw
    purpose = forms.ChoiceField(label=_("What is drawn"))
    task = LineField(label=_("What for"), max_length=200, help_text=_("What they are to do, in one line."))
    size = forms.IntegerField(label=_("How many are drawn"), min_value=1, max_value=MOST_SEATS, initial=12)
    reserves = forms.IntegerField(
        label=_("How many in reserve are told beforehand"), min_value=0, max_value=MOST_SEATS, initial=6
    )
    until = forms.DateField(
        label=_("Their task is over at the end of"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )
    chance = forms.ChoiceField(label=_("Where chance comes from"))
    look_first = forms.BooleanField(
        label=_("Show me first what these quotas do to chances"), required=False,
        widget=forms.CheckboxInput({"data-unsealed": ""}),  # it is in no act
    )  # fmt: skip
    field_order = ("purpose", "task", "size", "reserves", "until", "chance", "title", "body", "branch", "look_first")

    def offer(self, asked: dict[str, str]) -> None:
        self.fields["purpose"].choices = [(key, gettext(words)) for key, words in PURPOSES.items()]  # type: ignore[attr-defined]
        self.fields["chance"].choices = [(key, gettext(words)) for key, words in CHANCES.items()]  # type: ignore[attr-defined]
        self.by = [each for each in CATEGORIES if f"by-{each}" in asked]
        self.categories = [(each, called(each), each in self.by) for each in CATEGORIES]
        self.asked_of, self.foreseen = list[Asked](), list[Shown]()
        if asked.get("purpose") in PURPOSES:
            self.initial["purpose"] = asked["purpose"]
        if asked.get("purpose") == "audit":
            self._for_an_audit()
        if self.by:
            only_the_whole(self)
            self._ask()
        else:
            del self.fields["look_first"]

    def _for_an_audit(self) -> None:
        """So many are asked of all who hold keys that, if none is false, fewer than one in twenty of all are."""
        people = sum(1 for _each in who_holds_keys(self.polity, self.polity.root))
        enough = enough_to_ask(people, SHARE) if people else 1
        self.initial = dict(self.initial) | {
            "size": min(enough, MOST_SEATS),
            "reserves": 0,
            "task": gettext("An audit of the roll"),
        }
        self.fields["size"].help_text = gettext(
            "%(people)s members hold a key. Ask %(enough)s of them: if none is false, fewer than 5 %% of all are."
        ) % {"people": figure(people), "enough": figure(enough)}

    def _ask(self) -> None:
        """A line for each group that members of the whole are of by now."""
        polity, at = self.polity, now()
        everybody = list(who_can_be(polity, polity.root, polity.book, at))
        self.found = groups(polity, polity.root, everybody, self.by, at)
        for n, (category, feature, people) in enumerate(counted(polity, polity.root, self.found, self.by)):
            least, most = (str(self.data.get(f"quota-{n}-{which}", "")) for which in ("least", "most"))
            self.asked_of.append(
                Asked(category, called(category), feature, group_called(category, feature), figure(people), least, most)
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("purpose") == "audit":
            if data.get("reserves"):
                self.add_error("reserves", gettext("In an audit nobody is in reserve. Write 0."))
            if self.by:
                self.add_error(None, gettext("An audit gives everybody the same chance. Show no groups."))
        if self.asked_of and "size" in data:
            self._check_quotas(data["size"], data.get("task", ""))
        if self.foreseen and data.get("look_first"):
            self.add_error("look_first", gettext("Nothing has been moved yet. Look at the chances, then untick this."))
        return data

    def _check_quotas(self, size: int, task: str) -> None:
        """Refuse figures that are none, and quotas that no panel of those who are members now could keep. Of others it
        is foreseen what they do to chances."""
        if not all(line.least.isdecimal() and line.most.isdecimal() for line in self.asked_of):
            self.add_error(None, gettext("Say of each group how many sit at least and at most."))
            return
        quotas = [Quota(*each) for each in self._quotas()]
        places = {(quota.category, quota.feature): n for n, quota in enumerate(quotas)}
        people = [tuple(places[each] for each in zip(self.by, told, strict=True)) for told in self.found.values()]
        try:
            with aside():
                told = solve(Order(size, quotas, people, foresees=True))
        except UnpreparedError as error:
            self.add_error(None, str(error))
            return
        if told.why:
            self.add_error(None, smallest_way_out(told, quotas))
        elif told.foreseen:
            self.foreseen = [in_words(task, size, quotas, told.foreseen, local(now()).date())]

    def _quotas(self) -> tuple[tuple[str, str, int, int], ...]:
        return tuple((line.category, line.feature, int(line.least[:6]), int(line.most[:6])) for line in self.asked_of)

    def effects(self) -> tuple[Effect, ...]:
        data = self.cleaned_data
        until: date = data["until"]
        return (
            HoldDraw(
                purpose=data["purpose"], task=data["task"], size=data["size"], reserves=data["reserves"],
                chance=data["chance"], until=until.toordinal(), quotas=self._quotas(),
            ),
        )  # fmt: skip
