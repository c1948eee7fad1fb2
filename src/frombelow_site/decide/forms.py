"""Moving a motion: its words, where it is decided, and the one thing it does."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from frombelow.polity import Effect, Polity, RulebookError
from frombelow.polity.admissions.acts import MOST, Charter, LetListsVote
from frombelow.polity.admissions.rules import barred_in, on_list
from frombelow.polity.admissions.state import Listed
from frombelow.polity.members.acts import ExpelMember
from frombelow.polity.members.state import Person
from frombelow.polity.offices.acts import CreateOffice, EndMandate, GrantMandate
from frombelow.polity.offices.rules import to_follow
from frombelow.polity.organization.acts import FormBranch, HideDecisions, ShowDecisions
from frombelow.polity.rulebook.effects import ChangeRules, changed_since
from frombelow.polity.rulebook.parameters import POWERS
from frombelow.polity.rulebook.writing import article_to_edit, difference
from frombelow_site.accounts import limits
from frombelow_site.people.branches import choices
from frombelow_site.people.finding import Matches, find
from frombelow_site.people.forms import PickForm
from frombelow_site.people.queries import names
from frombelow_site.ui.clock import date_of, figure
from frombelow_site.ui.forms import Form, LineField

CODE = {"rows": 12, "class": "code", "spellcheck": "false"}


class MoveForm(Form):
    """A motion that says something and does nothing else."""

    title = LineField(label=_("In one line"), max_length=200)
    body = forms.CharField(
        label=_("The motion and its reasons"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10})
    )
    branch = forms.ChoiceField(label=_("Who decides"), help_text=_("Your branch, or one above it."))
    effect: type[Effect] | None = None  # what it does, if it does something
    follows: tuple[str, ...] = ()  # the mandates that one which is given can follow

    @property
    def does(self) -> str:
        """The effect, as acts call it; "" for none."""
        return str(self.effect.__struct_config__.tag) if self.effect else ""

    def __init__(self, *args: Any, polity: Polity, person: Person, asked: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.polity, self.person = polity, person
        above = [polity.branches[name] for name in polity.branches[person.branch].above]
        above.sort(key=lambda branch: len(branch.above))
        self.fields["branch"].choices = [(branch.id, branch.name) for branch in above]  # type: ignore[attr-defined]
        self.offer(asked)

    def offer(self, asked: dict[str, str]) -> None:
        """Fill in what the link to this page said."""

    def effects(self) -> tuple[Effect, ...]:
        return ()


class PersonForm(PickForm, MoveForm):
    """A motion about a person. Any member may look for any other, but not all day: the roll could be read so."""

    def found(self, typed: str) -> Matches:
        if not limits.may_look_for(self.person.id):
            raise forms.ValidationError(gettext("You looked for many people. Go on in an hour."))
        return find(self.polity, typed, self.polity.root)


class GrantForm(PersonForm):
    effect = GrantMandate
    office = forms.ChoiceField(label=_("Office"))
    field_order = ("office", "name", "chosen", "title", "body", "branch")

    def offer(self, asked: dict[str, str]) -> None:
        here = self.polity.branches[self.person.branch].above
        offices = [office for office in list(self.polity.offices.values()) if office.branch in here]
        self.fields["office"].choices = [  # type: ignore[attr-defined]
            (office.id, f"{office.title}, {self.polity.branches[office.branch].name}") for office in offices
        ]
        self.fields["office"].initial = asked.get("office")
        self.follows = tuple(mandate.id for office in offices for mandate in office.holders)

    def effects(self) -> tuple[Effect, ...]:
        office = self.cleaned_data["office"]
        return (GrantMandate(office, self.who, to_follow(self.polity, office, self.who)),)


class ExpelForm(PersonForm):
    effect = ExpelMember
    field_order = ("name", "chosen", "title", "body", "branch")

    def effects(self) -> tuple[Effect, ...]:
        return (ExpelMember(person=self.who),)


class EndForm(MoveForm):
    effect = EndMandate
    mandate = forms.ChoiceField(label=_("Mandate"))
    field_order = ("mandate", "title", "body", "branch")

    def offer(self, asked: dict[str, str]) -> None:
        here = self.polity.branches[self.person.branch].above
        live = [
            (mandate, office)
            for office in list(self.polity.offices.values())
            if office.branch in here
            for mandate in office.holders
        ]
        called = names(mandate.person for mandate, _ in live)
        self.fields["mandate"].choices = [  # type: ignore[attr-defined]
            (mandate.id, f"{office.title}: {called[mandate.person]}") for mandate, office in live
        ]
        self.fields["mandate"].initial = asked.get("mandate")

    def effects(self) -> tuple[Effect, ...]:
        return (EndMandate(mandate=self.cleaned_data["mandate"]),)


class RulesForm(MoveForm):
    """A change of rules, written as rules are: for several articles at once."""

    effect = ChangeRules
    articles = forms.CharField(
        label=_("The article as it would be"),
        help_text=_(
            "Change the text between the quotation marks, and the numbers. The words in {braces} are filled in."
        ),
        max_length=40_000,
        widget=forms.Textarea(attrs=CODE),
    )
    on = forms.IntegerField(required=False, widget=forms.HiddenInput)  # how many entries the writer had before them
    field_order: tuple[str, ...] = ("articles", "title", "body", "branch", "on")
    stands = ""  # the articles that it is about, where they changed while it was written

    def offer(self, asked: dict[str, str]) -> None:
        self.fields["articles"].initial = article_to_edit(self.polity.book, asked.get("article", ""))
        self.fields["on"].initial = self.polity.size

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self._check_what_stands(changed_since(self.polity, data["branch"], self._change()))
            except RulebookError as error:
                self.add_error(None, str(error))
        return data

    def _check_what_stands(self, since: list[str]) -> None:
        if not since:
            return
        self.stands = "\n".join(article_to_edit(self.polity.book, number) for number in since)
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        sent["on"] = str(self.polity.size)
        self.data = sent
        self.add_error(None, gettext(
            "The rules changed while you wrote, and nothing was moved. Compare yours with the article as it stands "
            "now, and press again."
        ))  # fmt: skip

    def written(self) -> str:
        """The articles written out, as they would be."""
        return str(self.cleaned_data["articles"]).replace("\r\n", "\n")

    def _change(self) -> ChangeRules:
        on = self.cleaned_data.get("on")
        size = self.polity.size
        return ChangeRules(difference(self.polity.book, self.written()), on=size if on is None else min(on, size))

    def effects(self) -> tuple[Effect, ...]:
        return (self._change(),)


class FormBranchForm(MoveForm):
    effect = FormBranch
    name = forms.CharField(label=_("Name of the branch"), max_length=200)
    parent = forms.ChoiceField(label=_("Under"))
    field_order = ("name", "parent", "title", "body", "branch")

    def offer(self, _asked: dict[str, str]) -> None:
        self.fields["parent"].choices = choices(self.polity, self.polity.root)  # type: ignore[attr-defined]

    def effects(self) -> tuple[Effect, ...]:
        return (FormBranch(name=self.cleaned_data["name"], parent=self.cleaned_data["parent"]),)


class OfficeForm(MoveForm):
    effect = CreateOffice
    office_title = forms.CharField(label=_("Name of the office"), max_length=200)
    place = forms.ChoiceField(label=_("In"))
    powers = forms.MultipleChoiceField(label=_("Powers"), required=False, widget=forms.CheckboxSelectMultiple)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=100, initial=1)
    term_months = forms.IntegerField(label=_("Months in a term"), min_value=1, max_value=36, initial=12)
    field_order = ("office_title", "place", "powers", "seats", "term_months", "title", "body", "branch")

    def offer(self, _asked: dict[str, str]) -> None:
        self.fields["place"].choices = choices(self.polity, self.polity.root)  # type: ignore[attr-defined]
        self.fields["powers"].choices = [(power, gettext(words)) for power, words in POWERS.items()]  # type: ignore[attr-defined]

    def effects(self) -> tuple[Effect, ...]:
        data = self.cleaned_data
        office = CreateOffice(
            title=data["office_title"], powers=tuple(sorted(data["powers"])), branch=data["place"],
            seats=data["seats"], term_months=data["term_months"],
        )  # fmt: skip
        return (office,)


class CharterForm(MoveForm):
    """A branch may admit so many people until a day."""

    effect = Charter
    place = forms.ChoiceField(label=_("The branch that admits"))
    people = forms.IntegerField(label=_("How many people, at most"), min_value=1, max_value=MOST)
    until = forms.DateField(
        label=_("Until the end of"), widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
    )
    field_order = ("place", "people", "until", "title", "body", "branch")

    def offer(self, asked: dict[str, str]) -> None:
        root = self.polity.root
        self.fields["place"].choices = choices(self.polity, root, but=root)  # type: ignore[attr-defined]
        self.fields["place"].initial = asked.get("place")
        only_the_whole(self)

    def effects(self) -> tuple[Effect, ...]:
        data = self.cleaned_data
        return (Charter(branch=data["place"], until=data["until"].toordinal(), people=data["people"]),)


class LetForm(MoveForm):
    """Those who were voted against vote after all."""

    effect = LetListsVote
    lists = forms.MultipleChoiceField(label=_("Whom"), widget=forms.CheckboxSelectMultiple)
    field_order = ("lists", "title", "body", "branch")

    def offer(self, _asked: dict[str, str]) -> None:
        self.fields["lists"].choices = [  # type: ignore[attr-defined]
            (str(found.id), self._told(found))
            for found in self.polity.admissions.lists.values() if barred_in(self.polity, found.id)
        ]  # fmt: skip

    def _told(self, found: Listed) -> str:
        said = (
            gettext("%(n)s of %(branch)s, moved there on %(day)s; kept out in %(where)s") if found.moved
            else gettext("%(n)s of %(branch)s, admitted on %(day)s; kept out in %(where)s")
        )  # fmt: skip
        branches = self.polity.branches
        return said % {
            "n": figure(on_list(self.polity, found)), "branch": branches[found.branch].name,
            "day": date_of(date.fromordinal(found.day)),
            "where": ", ".join(branches[where].name for where in barred_in(self.polity, found.id)),
        }  # fmt: skip

    def effects(self) -> tuple[Effect, ...]:
        return (LetListsVote(lists=tuple(int(name) for name in self.cleaned_data["lists"])),)


class ShowForm(MoveForm):
    """The public sees decisions from then on, or no more."""

    def offer(self, _asked: dict[str, str]) -> None:
        only_the_whole(self)
        self.effect = HideDecisions if self.polity.shows_from else ShowDecisions

    def effects(self) -> tuple[Effect, ...]:
        return (HideDecisions() if self.polity.shows_from else ShowDecisions(),)


def only_the_whole(form: MoveForm) -> None:
    """What no branch decides is not asked of one."""
    root = form.polity.branches[form.polity.root]
    form.fields["branch"].choices = [(root.id, root.name)]  # type: ignore[attr-defined]


FORMS: dict[str, type[MoveForm]] = {
    "": MoveForm, "grant": GrantForm, "end": EndForm, "rules": RulesForm, "branch": FormBranchForm,
    "office": OfficeForm, "expel": ExpelForm, "charter": CharterForm, "let": LetForm, "public": ShowForm,
    "draw": MoveForm,
}  # fmt: skip


def offered(polity: Polity) -> list[str]:
    """What can be moved now: not what would need a branch where there is none, or a list that was voted against."""
    branches = len([each for each in polity.branches.values() if not each.dissolved]) > 1
    barred = any(barred_in(polity, name) for name in polity.admissions.lists)
    return [each for each in FORMS if (each != "charter" or branches) and (each != "let" or barred)]


WHAT = {
    "": _("Say something together"), "grant": _("Give an office to a person"), "end": _("End a mandate"),
    "rules": _("Change an article of the rules"), "branch": _("Form a branch"), "office": _("Create an office"),
    "expel": _("Expel a member"), "charter": _("Let a branch admit more people"),
    "let": _("Let people vote in the whole whom it had voted against"),
    "public": _("Show decisions to the public, or show them no more"), "draw": _("Draw members by lot"),
}  # fmt: skip


class RuleOutForm(Form):
    article = forms.ChoiceField(label=_("The article it breaks"))
    reason = forms.CharField(label=_("Why"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, articles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].choices = [("", _("Choose an article")), *articles]  # type: ignore[attr-defined]


class AttachForm(Form):
    file = forms.FileField(
        label=_("The file"), help_text=_("A PDF or a picture (JPEG, PNG, WebP) of at most 10 MB."),
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Nothing was stored. Choose another."),
        },
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.ATTACHMENT_MOST:
            raise forms.ValidationError(_("The file has more than 10 MB. Nothing was stored. Choose a smaller one."))
        return file


class ReplyForm(Form):
    text = forms.CharField(label=_("Your reply"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}))


class VoteForm(Form):
    choice = forms.ChoiceField(
        label=_("Your answer"), choices=[("yes", _("Yes")), ("no", _("No")), ("abstain", _("Abstain"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
