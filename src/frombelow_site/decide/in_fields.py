"""An article in fields: what it is called, what it says, and each of its settings; one that there is, or a new one."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from frombelow.polity import Polity, RulebookError
from frombelow.polity.rulebook.figures import PLACE
from frombelow.polity.rulebook.writing import article_text
from frombelow_site.rules import fields
from frombelow_site.ui.forms import LineField

from .draw_form import DrawForm
from .forms import FORMS, MoveForm, RulesForm


class ArticleForm(RulesForm):
    """A change of one article: its words, and each of its settings as a field of its own."""

    heading = forms.CharField(label=_("What the article is called"), max_length=200)
    words = forms.CharField(
        label=_("What it says"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def offer(self, asked: dict[str, str]) -> None:
        book, number = self.polity.book, asked["article"]
        self.article, self.table = book.articles[number], book.source[number]
        del self.fields["articles"]
        self.fields["heading"].initial, self.fields["words"].initial = self.table["title"], self.table["text"].strip()
        self.fields["title"].initial = gettext("Change Article %(number)s, %(title)s") % {
            "number": number, "title": self.table["title"]
        }  # fmt: skip
        self.fields["on"].initial = self.polity.size
        for key, value in self.article.settings.items():
            self.fields.update(fields.fields(key, value))
        if self.article.settings:
            self.fields["words"].help_text = _filled_in(self.article.settings)
        last = ("title", "body", "branch", "on")
        own = [name for name in self.fields if name not in (*last, "heading", "words")]
        self.order_fields(["heading", "words", *own, *last])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        for key, value in self.article.settings.items():
            for field, why in fields.faults(key, value, data):
                self.add_error(field, why)
        if not self.errors:
            self._check_the_whole()
        return data

    def _check_the_whole(self) -> None:
        try:
            after = self.polity.book.changed(self.written()).articles[self.article.number]
        except RulebookError as error:
            self.add_error(None, str(error))
            return
        if after == self.article:
            self.add_error(None, gettext("This is the article as it stands. Change something in it."))

    def written(self) -> str:
        data = self.cleaned_data
        own = {key: fields.written(key, value, data) for key, value in self.article.settings.items()}
        text = " ".join(data["words"].split())
        return article_text(self.table | {"title": data["heading"], "text": text} | own)


class NewArticleForm(RulesForm):
    """An article that is not there yet: its number, what it is called, what it says. It sets nothing: each setting has
    its article."""

    number = forms.CharField(
        label=_("Its number"), max_length=11, widget=forms.TextInput(attrs={"class": "short"}),
        help_text=_("Its chapter and its place there, like 4.6. The number beside is free."),
    )  # fmt: skip
    heading = LineField(label=_("What the article is called"), max_length=200)
    words = forms.CharField(
        label=_("What it says"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Plain sentences. What articles set with numbers is changed in these articles."),
    )  # fmt: skip
    field_order = ("number", "heading", "words", "title", "body", "branch", "on")

    def offer(self, asked: dict[str, str]) -> None:
        del self.fields["articles"]
        self.fields["number"].initial = asked.get("article") or _next_number(self.polity)
        self.fields["on"].initial = self.polity.size

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        if number in self.polity.book.articles:
            told = gettext("Article %(number)s is there already. Take another number, or change that article.")
            raise forms.ValidationError(told % {"number": number})
        try:
            self.polity.book.changed(article_text({"number": number, "title": "-", "text": "-"}))
        except RulebookError:
            raise forms.ValidationError(gettext("Write a number like 4.6: a chapter, and a place there.")) from None
        return number

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if places := PLACE.findall(words):
            home = self.polity.book.homes.get(places[0])
            told = (
                gettext("{%(key)s} is what Article %(number)s sets, and it stands there alone. Change that article.")
                if home else gettext("Nothing is called {%(key)s}. Write it without braces.")
            )  # fmt: skip
            raise forms.ValidationError(told % {"key": places[0], "number": home})
        return words

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            try:
                self.polity.book.changed(self.written())
            except RulebookError as error:
                self.add_error(None, str(error))
        return data

    def written(self) -> str:
        data = self.cleaned_data
        text = " ".join(data["words"].split())
        return article_text({"number": data["number"], "title": data["heading"], "text": text})


def _filled_in(settings: Iterable[str]) -> str:
    """Which braces stand for what, of this article's settings."""
    told = "; ".join(f"{{{key}}}: {fields.NAMES[key]}" for key in settings)
    return gettext("What stands in braces is filled in with what is set below. %(places)s.") % {"places": told}


def _next_number(polity: Polity) -> str:
    """The number after the last article's."""
    *chapter, place = max([int(part) for part in number.split(".")] for number in polity.book.articles)
    return ".".join(map(str, (*chapter, place + 1)))


def form_for(effect: str, asked: Mapping[str, str], polity: Polity) -> type[MoveForm]:
    """The form of a motion with this effect; for one article, field by field, unless ``full`` is asked."""
    if effect == "draw":
        return DrawForm
    if effect != "rules" or "full" in asked:
        return FORMS[effect]
    return ArticleForm if asked.get("article", "") in polity.book.articles else NewArticleForm
