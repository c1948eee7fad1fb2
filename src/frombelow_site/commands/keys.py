"""``frombelow key``: what needs the record. Keys are bound, asked for, vouched for, ended."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from frombelow.polity.access.acts import StopAccess, Vouch
from frombelow.polity.kernel.ids import KeyId, PersonId, RecoveryId, RequestId
from frombelow.polity.keys import acts
from frombelow.polity.keys.asking import WAITS
from frombelow.polity.keys.binding import key_id

from .acting import Actor, Held, Key, actor, open_key
from .folder import HERE, Data, stop, use_folder
from .telling import called, find_person, moment

if TYPE_CHECKING:
    from frombelow.polity import Act
    from frombelow.polity.keys.state import Key as KeyState
    from frombelow.polity.keys.state import KeyRequest
    from frombelow_site.door import Receipt

KeyPlace = Annotated[Path, typer.Argument(metavar="FILE", help="a key file, or “card”")]
Request = Annotated[
    str, typer.Argument(metavar="REQUEST", help="the id of a request for a key or a way in, as its page shows it")
]
Who = Annotated[str, typer.Option("--person", help="whose: an id, a mail address or a name")]


def bind(file: KeyPlace, data: Data = HERE, person: Who = "") -> None:
    """Bind a first key, on the word of the server; where a person has or had keys, ask that this one be bound. Says
    which of the two it was, and until when it waits. It stands in the record."""
    use_folder(data)
    from frombelow.polity import why_not
    from frombelow_site.door import new_id, polity, the_door

    held = open_key(file)
    who = _whose(held, person)
    new, here = held.new(who), polity()
    act = acts.BindKey(by=who, key=new)
    refused = why_not(here, act, max(the_door().now(), here.at))
    if refused is None or refused.message not in WAITS:
        receipt = _do(act)
        typer.echo(f"Key {held.id} is bound to {called(who)}, on the server’s word: entry {receipt.index:,}.")
        _tell_weak(held)
        return
    request = RequestId(new_id())
    _do(acts.AskKey(by=who, request=request, key=new))
    _tell_request(held, request, who)


def _whose(held: Held, person: str) -> PersonId:
    if not (person or held.person):
        stop("Whose key is this? Say it with --person: an id, a mail address or a name.")
    found = find_person(person or held.person)
    if held.person and held.person != found:
        stop(f"The file says that this key is for {called(PersonId(held.person))}, not for {called(found)}.")
    return found


def _tell_weak(held: Held) -> None:
    from frombelow_site.door import polity

    if until := polity().keys.keys[held.id].weak_until:
        typer.echo(f"Until {moment(until)} it counts as no more than that word.")


def _tell_request(held: Held, request: RequestId, who: PersonId) -> None:
    from frombelow_site.door import polity

    found = polity().keys.requests[request]
    typer.echo(f"Key {held.id} waits to be bound to {called(who)}: request {request}.")
    if found.needed:
        typer.echo(
            f"{found.needed} members have to vouch for it until {moment(found.lapses)}, each with a key of their own:\n"
            f"  frombelow key vouch {request} --for {held.id} --key FILE\n"
            f"Then it waits {found.seconds // 3600} hours more."
        )
    else:
        typer.echo(f"It is bound at {moment(found.opens)}.")
    typer.echo(f"Any key that {called(who)} has stops it until then: frombelow key stop {request} --key FILE")


def add(
    new: Annotated[Path, typer.Argument(metavar="NEWFILE", help="the key file to add, or “card”")],
    key: Key = None,
    data: Data = HERE,
) -> None:
    """Add a further key, sealed by one that the person has."""
    use_folder(data)
    who = actor(key)
    held = open_key(new)
    if held.person and held.person != who.person:
        stop(f"The file {new} says that this key is for {called(PersonId(held.person))}, not for {called(who.person)}.")
    receipt = _sealed(who, acts.AddKey(by=who.person, key=held.new(who.person)))
    typer.echo(f"Key {held.id} is one of {called(who.person)} now: entry {receipt.index:,}.")
    _tell_weak(held)


def end(
    name: Annotated[str, typer.Argument(metavar="KEYID", help="the id of the key to end; “key list” shows it")],
    key: Key = None,
    data: Data = HERE,
) -> None:
    """End a key, by any key of the same person. A lesser key suspends a durable one, which ends if it says nothing."""
    use_folder(data)
    from frombelow_site.door import polity

    who = actor(key)
    _sealed(who, acts.EndKey(by=who.person, key=KeyId(name)))
    if until := polity().keys.keys[KeyId(name)].suspended:
        typer.echo(f"Key {name} is suspended. It ends at {moment(until)}, unless it says itself that it goes on.")
    else:
        typer.echo(f"Key {name} has ended. Nothing that it seals from now on stands.")


def keep(key: Key = None, data: Data = HERE) -> None:
    """Say with a suspended key that it goes on."""
    use_folder(data)
    who = actor(key)
    _sealed(who, acts.KeepKey(by=who.person, key=who.key.id))
    typer.echo(f"Key {who.key.id} goes on.")


def receive(key: Key = None, data: Data = HERE) -> None:
    """Have what is sealed to the person sealed to this key file or card."""
    use_folder(data)
    who = actor(key)
    _sealed(who, acts.BindReceiving(by=who.person, recipient=who.key.recipient))
    typer.echo(f"What is sealed to {called(who.person)} goes to {who.key.recipient} from now on.")


def ballot(key: Key = None, data: Data = HERE) -> None:
    """Have this key file or card be the member's own part of what they vote in secret with."""
    use_folder(data)
    from frombelow_site.door import polity

    who = actor(key)
    mine = who.key.ballot
    proof = mine.prove(polity().origin, who.person)
    _sealed(who, acts.BindBallotKey(by=who.person, public=mine.public, proof=proof))
    typer.echo(f"In secret votes {called(who.person)} answers with this key from now on. Keep it.")


def only(
    key: Key = None,
    hours: Annotated[
        int | None, typer.Option(help="how many hours a new key waits that none of yours sealed", min=1, max=24 * 366)
    ] = None,
    data: Data = HERE,
) -> None:
    """From now on nothing stands in the person's name without a seal by a key of theirs."""
    use_folder(data)
    from msgspec import UNSET

    who = actor(key)
    _sealed(who, acts.OnlyWithKeys(by=who.person, hours=UNSET if hours is None else hours))
    typer.echo(f"From now on nothing stands in the name of {called(who.person)} without a key of theirs.")
    typer.echo("Keep a second one elsewhere: without any, the way back takes members who vouch, and a wait.")


def loosen(key: Key = None, data: Data = HERE) -> None:
    """Let acts without a seal stand again in the person's name; that waits."""
    use_folder(data)
    from frombelow_site.door import polity

    who = actor(key)
    _sealed(who, acts.LoosenKeys(by=who.person))
    frees = polity().keys.holders[who.person].frees
    typer.echo(f"From {moment(frees)} on acts without a seal stand again in the name of {called(who.person)}.")


def vouch(
    request: Request,
    key: Key = None,
    of: Annotated[
        str, typer.Option("--for", metavar="KEYID", help="the id of the key that they ask for, as they told it to you")
    ] = "",
    data: Data = HERE,
) -> None:
    """Say by one's own key that it is this person who asks, and for this key. See or hear them before: who vouches by
    what this machine shows alone vouches for whoever runs it."""
    use_folder(data)
    from frombelow_site.door import polity

    if request in polity().recoveries:
        _vouch_for_way_in(RecoveryId(request), actor(key))
        return
    who, asked = actor(key), _asked(request)
    name = key_id(asked.key)
    if not of and not typer.confirm(f"{called(asked.person)} asks for key {name}. Did they tell you this very id?"):
        stop("Ask them for it. Nothing was stored.", 1)
    if of and of != name:
        stop(f"They ask for key {name}, not for {of}. Ask them again before you vouch. Nothing was stored.")
    _sealed(who, acts.VouchKey(by=who.person, request=asked.id, person=asked.person, key=name))
    found = polity().keys.requests[asked.id]
    more = found.needed - len(found.vouchers)
    rest = f"It is bound at {moment(found.opens)}." if found.opens else f"{more} more have to."
    typer.echo(f"{called(who.person)} vouched for {called(asked.person)}. {rest}")


def _vouch_for_way_in(request: RecoveryId, who: Actor) -> None:
    from frombelow_site.door import polity

    found = polity().recoveries[request]
    if not typer.confirm(f"{called(found.person)} asks to come in again. Did they say so to you themselves?"):
        stop("Ask them. Nothing was stored.", 1)
    _sealed(who, Vouch(by=who.person, recovery=found.id, person=found.person))
    found = polity().recoveries[request]
    more = found.needed - len(found.vouchers)
    rest = f"The way opens at {moment(found.opens)}." if found.opens else f"{more} more have to."
    typer.echo(f"{called(who.person)} vouched for {called(found.person)}. {rest}")


def stop_request(request: Request, key: Key = None, data: Data = HERE) -> None:
    """Stop a request for a key, or for a way in: with a key of the person for whom it is, or of who vouched."""
    use_folder(data)
    from frombelow_site.door import polity

    who = actor(key)
    if (found := polity().recoveries.get(RecoveryId(request))) is not None:
        _sealed(who, StopAccess(by=who.person, recovery=found.id, person=found.person))
        typer.echo(f"The request to let {called(found.person)} in again is stopped.")
        return
    asked = _asked(request)
    _sealed(who, acts.StopKey(by=who.person, request=asked.id, person=asked.person))
    typer.echo(f"The request for a key of {called(asked.person)} is stopped.")


def _asked(request: str) -> "KeyRequest":
    from frombelow_site.door import polity

    found = polity().keys.requests.get(RequestId(request))
    if found is None:
        stop(f"There is no request “{request}” for a key.")
    return found


def list_keys(data: Data = HERE, person: Who = "") -> None:
    """Show whose keys stand in the record, and which wait; of one person, or of all who have any."""
    use_folder(data)
    from frombelow_site.door import polity

    here = polity().keys
    people = [find_person(person)] if person else list(here.holders | here.waiting)
    for who in people:
        holder = here.holders.get(who)
        rule = "nothing stands in their name without a key" if here.bound(who) else "acts without a seal stand too"
        typer.echo(f"{called(who)}: {rule}.")
        for key in holder.keys if holder else ():
            typer.echo(f"  {key.id}  {_state(key)}")
        for request in here.running(who):
            when = f"bound at {moment(request.opens)}" if request.opens else f"lapses at {moment(request.lapses)}"
            typer.echo(f"  request {request.id}  {request.key.kind} {key_id(request.key)}, {when}")
    if not people:
        typer.echo("Nobody has a key.")


def _state(key: "KeyState") -> str:
    if key.ended:
        return f"{key.kind}, ended at {moment(key.ended)}"
    suspended = f", suspended until {moment(key.suspended)}" if key.suspended else ""
    return f"{key.kind}, since {moment(key.at)}, {key.n:,} seals beside those in votes{suspended}"


def _sealed(who: Actor, act: "Act") -> "Receipt":
    from frombelow.polity import Refused
    from frombelow_site.door import Closed, perform

    try:
        return perform(act, seal=who.seal(act))
    except (Refused, Closed) as error:
        stop(str(error))


def _do(act: "Act") -> "Receipt":
    from frombelow.polity import Refused
    from frombelow_site.door import Closed, perform

    try:
        return perform(act)
    except (Refused, Closed) as error:
        stop(str(error))
