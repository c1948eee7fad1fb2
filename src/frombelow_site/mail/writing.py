"""Putting letters into words: a round becomes copies in the queue, some people at a time, each with its text, its
address and the second from which it may go."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from frombelow.polity.kernel.ids import PersonId
from frombelow_site.door import polity
from frombelow_site.door.readers import turns

from .bounces import FORGOTTEN
from .kinds import NOW, Draft, Facts, Kind, Write, kind_of
from .models import Bounced, Choice, Letter, Round, Text
from .queue import MAILS, PEOPLE
from .readers import Reader, readers
from .sending import goes_out

A_PART = 500  # people at a time: a part is one transaction
LONGEST = 300  # letters of a subject


class Copy(NamedTuple):
    """One copy before it has a place in the queue."""

    person: PersonId
    mail: str
    language: str
    draft: Draft


class Writing:
    """Writes one round out; ``part`` is called until it says that nothing is left."""

    def __init__(self, round: Round) -> None:
        self.round, self.kind = round, kind_of(round.kind)
        self.facts: Facts = json.loads(round.facts)
        self._texts: dict[tuple[str, str, str], Text] = {}
        self._write: dict[str, Write] = {}
        self._domains: Counter[str] = Counter()
        self._alone = PEOPLE in self.facts and not self.kind.notice  # nobody asks later whether it was written
        with turns.reading():
            people = self.facts.get(PEOPLE) or self.kind.people(polity(), self.facts)
            self._left = sorted(name for name in people if name > round.reached)

    def part(self, at: int) -> bool:
        """Some more copies are in the queue; False once all are."""
        some, self._left = self._left[:A_PART], self._left[A_PART:]
        with turns.reading():
            copies = list(self._copies(some, at))
        with transaction.atomic():
            self._store(copies, at)
            self.round.reached, self.round.written = some[-1] if some else self.round.reached, not self._left
            if self.round.written and self._alone:
                self.round.delete()
            else:
                self.round.save(update_fields=["reached", "written"])
        return bool(self._left)

    def _copies(self, people: list[PersonId], at: int) -> Iterator[Copy]:
        known, back, asked = readers(people), _back(people, at), _asked(self.kind, people)
        for person in (each for each in people if each in known):
            reader = known[person]
            if self.kind.free and asked.get(person, self.kind.choices[0]) != NOW:
                continue
            draft = self._draft(person, reader.language)
            if draft is None:
                continue
            for mail in self._mails(person, reader, back):
                yield Copy(person, mail, reader.language, draft)

    def _draft(self, person: PersonId, language: str) -> Draft | None:
        with override(language):
            if language not in self._write:
                self._write[language] = self.kind.write(polity(), self.facts)
            draft = self._write[language](person)
        return draft and draft._replace(subject=draft.subject[:LONGEST])

    def _mails(self, person: PersonId, reader: Reader, back: set[tuple[str, str]]) -> list[str]:
        """The addresses of this copy: those from which nothing came back first; "" for paper."""
        if not goes_out():
            return [""] if self.kind.printed else []
        given = list(self.facts.get(MAILS) or reader.mails)
        if self.kind.everywhere and given:
            return given
        there = [mail for mail in given if (person, mail) not in back][:1]
        return there or ([""] if self.kind.printed else [])

    def _store(self, copies: list[Copy], at: int) -> None:
        new = {_said(each) for each in copies} - self._texts.keys()
        made = [Text(round=self._of(), language=each[0], subject=each[1], body=each[2]) for each in sorted(new)]
        for text in Text.objects.bulk_create(made):
            self._texts[text.language, text.subject, text.body] = text
        Letter.objects.bulk_create(self._letter(each, at) for each in copies)

    def _of(self) -> Round | None:
        return None if self._alone else self.round

    def _letter(self, copy: Copy, at: int) -> Letter:
        state = Letter.State.WAITING if copy.mail else Letter.State.TO_PRINT
        domain = copy.mail.rpartition("@")[2].lower()
        self._domains[domain] += bool(copy.mail)
        text = self._texts[_said(copy)]
        return Letter(
            person=copy.person, mail=copy.mail, kind=self.kind.name, round=self._of(), text=text, state=state,
            path=copy.draft.path, over=copy.draft.over, made=at, due=at + self._domains[domain] // settings.MAIL_RATE,
        )  # fmt: skip


def _said(copy: Copy) -> tuple[str, str, str]:
    return copy.language, copy.draft.subject, copy.draft.body


def _back(people: Iterable[PersonId], at: int) -> set[tuple[str, str]]:
    lately = Bounced.objects.filter(person__in=list(people), at__gt=at - FORGOTTEN)
    return set(lately.values_list("person", "mail"))


def _asked(kind: Kind, people: Iterable[PersonId]) -> dict[str, str]:
    if not kind.free:
        return {}
    return dict(Choice.objects.filter(kind=kind.name, person__in=list(people)).values_list("person", "how"))
