"""What a bench does inside a data folder, in a process of its own: python -m bench.inside VERB ..."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from frombelow.polity.kernel.ids import MotionId, Nonce, PersonId
from frombelow.polity.members.acts import Admit, StepBack
from frombelow.polity.motions.acts import Move, Second
from frombelow.polity.votes.acts import CastVote

if TYPE_CHECKING:
    from frombelow.polity import Act, Polity
    from frombelow.record import Verifier
    from frombelow_site.door.door import Door
    from frombelow_site.door.writer import Asked


def ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frombelow_site.settings")
    import django

    django.setup()


# --- what benches and drills do in an organization ---


def founded(
    data: Path, founders: int = 1, clock: Callable[[], int] | None = None, **settings: object
) -> Door:  # fmt: skip
    """The door of an organization that so many founded in the folder; the first also admits members."""
    ready()
    from frombelow.polity.rulebook.templates import template
    from frombelow.polity.rulebook.writing import with_settings
    from frombelow_site.door.founding import Founder, found
    from frombelow_site.door.key import make_keys

    make_keys(data, "bench.example/record")
    # One officer admits more people one by one than anybody does on a day.
    rules = with_settings(template("tenants-union", zone="Etc/UTC"), {"acts_a_day": 10_000} | settings)
    door, _ = found(
        data, data / "copy", name="Bench", clock=clock, rulebook=rules,
        founders=[Founder(f"Person {n}") for n in range(founders)],
    )  # fmt: skip
    return door


def opened() -> Door:
    """The door of this process's folder takes acts in."""
    ready()
    from frombelow_site.door import the_door

    door = the_door()
    door.start()
    for _ in range(6_000):
        if door.trouble:
            raise SystemExit(door.trouble)
        if door.writer is not None:
            return door
        time.sleep(0.01)
    raise SystemExit("the door did not open in a minute")


def stored() -> tuple[list[tuple[int, bytes]], bytes, Verifier]:
    """Index and bytes of every entry, the latest signed note, and with what its signature is verified."""
    from frombelow.record import Verifier
    from frombelow_site.door import tables, the_door

    return list(tables.read()), tables.latest_checkpoint() or b"", Verifier.from_vkey(the_door().signer().vkey)


def admitting(polity: Polity) -> Any:
    """The mandate by which members are admitted."""
    return next(m for m in polity.mandates.values() if "admit-members" in polity.offices[m.office].powers)


def newcomer() -> Iterator[tuple[int, bytes, bytes]]:
    """Somebody is admitted, then steps back: index, bytes and checkpoint of each, as it was answered. No two calls
    make the same entry."""
    from frombelow.polity import encode
    from frombelow_site.door import new_id, perform, polity

    mandate, person = admitting(polity()), new_id()
    admit = Admit(by=mandate.person, under=mandate.id, people=((person, "A" * 43),), branch=polity().root)
    for act in (admit, StepBack(by=person)):
        receipt = perform(act)
        yield receipt.index, encode(receipt.entry), receipt.checkpoint


def move(door: Door, people: list[str], *, seconded: bool) -> str:
    """The id of a motion that the first of them moved, and the next seconded or not."""
    from frombelow_site.decide.actions import words as words_of
    from frombelow_site.door import new_id

    polity, motion, (mover, *others) = door.polity(), new_id(), people
    words = words_of(motion, f"That we meet on day {len(polity.motions)}", "B")
    door.perform(Move(by=mover, motion=motion, branch=polity.root, text=words.commitment), words)
    for person in others[: polity.motions[motion].needed if seconded else 0]:
        door.perform(Second(by=person, motion=motion))
    return motion


def put_to_vote(door: Door, people: list[str], clock: list[int]) -> str:
    """The id of a motion that the first moved and the next seconded; its vote is open, the clock was turned for it."""
    motion = move(door, people, seconded=True)
    while door.polity().motions[motion].stage != "voting":
        clock[0] += 86_400
        door.tick()
    return motion


class Voters:
    """So many can vote on an open motion, each once. ``size``: how many bytes the entry of a vote has. ``sealed``: each
    by a key of their own, which is bound."""

    def __init__(self, data: Path, count: int, *, sealed: bool = False) -> None:
        clock = [1_700_000_000]
        self.door = founded(data, 2, clock=lambda: clock[0])
        from frombelow_site.door import new_id
        from frombelow_site.door.writer import Asked

        polity = self.door.polity()
        mandate, (mover, *_) = admitting(polity), polity.people
        people = [new_id() for _ in range(count)]
        for n in range(0, count, 800):
            part = tuple((person, "A" * 43) for person in people[n : n + 800])
            self.door.perform(Admit(by=mandate.person, under=mandate.id, people=part, branch=polity.root))
        motion = put_to_vote(self.door, [mover, *people], clock)
        votes = [CastVote(by=person, poll=motion, choice="yes", nonce=Nonce(new_id())) for person in people]
        self.asked = sealed_by(self.door, votes, clock[0]) if sealed else [Asked(vote) for vote in votes]
        self.size = vote_bytes(polity)

    def take(self, first: int, last: int) -> None:
        """These vote, in one batch at the writer."""
        from frombelow_site.door import Receipt

        assert self.door.writer is not None
        for answer in self.door.writer.take(self.asked[first:last]):
            if not isinstance(answer, Receipt):
                raise SystemExit(f"a vote was answered with {answer}")

    def serve(self) -> None:
        """A thread takes acts in from now on, as where pages are served."""
        self.door.inline = False
        self.door.start()

    def perform(self, n: int) -> None:
        """This one votes, and waits for the answer."""
        self.door.perform(self.asked[n].act, seal=self.asked[n].seal)


def sealed_by(door: Door, acts: Sequence[Act], at: int) -> list[Asked]:
    """Each act sealed by a device of its author, in their order; the keys are bound first."""
    from frombelow.keys import Ed25519Key
    from frombelow.polity.keys.acts import BindKey
    from frombelow.polity.keys.making import new_key, seal
    from frombelow_site.door.writer import Asked

    assert door.writer is not None
    origin, keys = door.polity().origin, {act.by: Ed25519Key.generate() for act in acts}
    binds = [
        Asked(BindKey(by=by, key=new_key(key, "device", origin=origin, person=PersonId(by))))
        for by, key in keys.items()
    ]
    for n in range(0, len(binds), 500):
        door.writer.take(binds[n : n + 500])
    size, root, counts = door.replica.tree.size, door.replica.tree.root(), dict.fromkeys(keys, 0)
    found = []
    for act in acts:
        counts[act.by] += 1
        made = seal(keys[act.by], act, origin=origin, n=counts[act.by], until=at + 12 * 3600, size=size, root=root)
        found.append(Asked(act, (), made))
    return found


def vote_bytes(polity: Polity) -> int:
    """How many bytes the entry of a vote has."""
    from frombelow.polity import encode, stamp
    from frombelow_site.door import new_id

    motion = next(iter(polity.motions))
    vote = CastVote(by=admitting(polity).person, poll=motion, choice="yes", nonce=new_id())
    return len(encode(stamp(vote, polity.at)))


# --- verbs ---


def serve(port: str, application: str) -> None:
    """Becomes the server that ``frombelow serve`` becomes, for this application."""
    from frombelow_site.commands import serving

    arguments = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers", "1"]
    arguments += ["--blocking-threads", str(serving.THREADS), "--no-ws", "--log-level", "warning"]
    os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments, application])


def voting(members: str, motions: str = "1") -> None:
    """An organization of so many members with so many motions: one whose vote is open now, the others are debated or
    look for seconders; prints the first."""
    ready()
    from script.make_roll import make_roll

    from frombelow_site.roll.actions import import_roll

    clock = [int(time.time()) - 23 * 86_400]
    door = founded(Path(os.environ["FROMBELOW_DATA"]), clock=lambda: clock[0])
    polity = door.polity()
    mandate = admitting(polity)
    import_roll(make_roll(int(members), 7), mandate.person, mandate.id, polity.root)
    people = list(polity.people)
    found = put_to_vote(door, people, clock)
    for n in range(1, int(motions)):
        move(door, people[n:], seconded=n % 2 == 1)
    print(json.dumps({"motion": found}))


def draw(members: str) -> None:
    """An organization of so many members with a draw of all of them, to which they contribute now; prints it."""
    ready()
    from .drawing import hold

    print(json.dumps({"draw": hold(int(members))}))


def entry() -> None:
    """Prints how many bytes the entry of a vote has."""
    ready()
    from frombelow_site.door import polity

    print(json.dumps({"bytes": vote_bytes(polity())}))


def sessions(count: str) -> None:
    """So many members are signed in; prints their ids and sessions."""
    ready()
    people, keys = _signed_in(int(count))
    print(json.dumps({"people": people, "sessions": keys}))


def _signed_in(count: int) -> tuple[list[PersonId], list[str]]:
    from datetime import timedelta

    from django.utils import timezone

    from frombelow_site.accounts.models import Session
    from frombelow_site.accounts.sessions import SessionStore, place
    from frombelow_site.door import polity

    found = polity()
    people = [name for name, person in found.people.items() if person.standing == "member"][:count]
    store, rows, keys = SessionStore(), [], []
    for person in people:
        key = store._get_new_session_key()
        data, now = store.encode({"person": person}), timezone.now()
        rows.append(Session(place(key), data, now + timedelta(days=60), person=person, since=now, last=now))
        keys.append(key)
    Session.objects.bulk_create(rows, 500)
    return people, keys


def sealed(motion: str, count: str, times: str) -> None:
    """So many members are signed in and have a bound key; prints their sessions and, session by session in rounds of a
    third, so many sealed answers of each, as they are handed in."""
    ready()
    from frombelow.polity import encode_act
    from frombelow_site.door import new_id, the_door
    from frombelow_site.mail.sending import kept_back

    people, keys = _signed_in(int(count))
    door = the_door()
    door.tick()
    third = len(people) // 3
    votes = [
        CastVote(by=person, poll=MotionId(motion), choice="yes" if n % 3 else "no", nonce=Nonce(new_id()))
        for part in range(3)
        for n in range(int(times))
        for person in people[part * third : (part + 1) * third]
    ]
    session = dict(zip(people, keys, strict=True))
    lines = []
    with kept_back():  # letters about keys would stand among what is printed
        asked = sealed_by(door, votes, int(time.time()))
    for each in asked:
        sent = {"act": encode_act(each.act).decode(), "seal": msgspec.to_builtins(each.seal)}
        lines.append(f"{session[each.act.by]}\t{json.dumps(sent)}")
    print(json.dumps({"sessions": keys, "votes": lines}))


def letters() -> None:
    """The letters that the open vote owes are in the queue, then the week's; prints how many seconds each took. Those
    of the week are taken out again."""
    ready()
    from frombelow_site.door import the_door
    from frombelow_site.mail.models import Letter, Round
    from frombelow_site.mail.queue import write_round
    from frombelow_site.mail.writing import Writing

    the_door().tick()
    at, taken = the_door().now(), []
    write_round("digest", "a week", since=at - 30 * 86_400)
    for kind in ("vote", "digest"):
        start, writing = time.monotonic(), Writing(Round.objects.get(kind=kind))
        while writing.part(at):
            pass
        taken.append(time.monotonic() - start)
        print(kind, f"{taken[-1]:.1f} s", Letter.objects.filter(kind=kind).count(), file=sys.stderr)
    Letter.objects.filter(kind="digest").delete()
    Round.objects.exclude(kind="vote").delete()
    print(json.dumps({"queued": taken[0], "week": taken[1]}))


def queries(session: str, *paths: str) -> None:
    """How often each page asks the database, opened for the second time by whoever is signed in so."""
    ready()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session
    found = {}
    for path in paths:
        asked: list[str] = []

        def note(execute: Any, sql: str, *rest: Any, asked: list[str] = asked) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        for answers in range(2):
            asked.clear()
            with connection.execute_wrapper(note):
                if browser.get(path).status_code != 200:
                    raise SystemExit(f"{path} does not open ({answers})")
        found[path] = len(asked)
    print(json.dumps(found))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
