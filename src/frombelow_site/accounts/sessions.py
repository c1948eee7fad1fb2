"""Sessions: each is one row, which is also a line on its person's list of where they are signed in."""

import hashlib
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from .models import Session

HOUR = timedelta(hours=1)
STRANGERS = 24 * 60 * 60  # seconds


def place(key: str) -> str:
    """Where the session with this key is kept: its hash, so that who reads the table or a backup can take none over."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """A session in the table: over in every process at once when its row is gone."""

    last: datetime | None = None  # when it was last written that this session is in use

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    @property
    def place(self) -> str:
        """Where this session is kept; "" before it is."""
        return place(self.session_key) if self.session_key else ""

    def _get_session_from_db(self) -> Session | None:
        row = Session.objects.filter(pk=self.place, expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
        else:
            self.last = row.last
        return row

    def get_session_cookie_age(self) -> int:
        """Nobody needs longer than this to sign in; what strangers leave behind does not stay for months."""
        return settings.SESSION_COOKIE_AGE if self.get("person") or self.get("begin") else STRANGERS

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(pk=place(session_key)).exists()

    def save(self, must_create: bool = False) -> None:
        """What the session holds is stored. Raises CreateError where a new key is taken, and UpdateError where the
        session ended meanwhile: what ended stays so."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        now = timezone.now()
        kept = {
            "session_data": self.encode(data), "expire_date": self.get_expiry_date(), "last": now,
            "person": data.get("person", ""),
        }  # fmt: skip
        if not must_create:
            if not Session.objects.filter(pk=self.place).update(**kept):
                raise UpdateError
            return None
        try:
            with transaction.atomic():
                Session(session_key=self.place, since=now, **kept).save(force_insert=True)
        except IntegrityError as taken:
            raise CreateError from taken
        return None

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(pk=place(key)).delete()

    def touch(self) -> None:
        """That the session is in use is stored with the answer, at most once an hour."""
        if self.last is not None and timezone.now() - self.last > HOUR:
            self.modified = True


def session_of(request: HttpRequest) -> SessionStore:
    """The session of this request, as what it is here."""
    return cast(SessionStore, request.session)
