"""Keys that are not a member's, and what the server and officers would do to them."""

import msgspec
from tests import acts as a

from frombelow.keys import Ed25519Key, to_text
from frombelow.polity.keys.binding import key_id
from frombelow.polity.keys.making import id_of, new_key

from . import NOTHING, forgery
from .world import DAY, World

SMALL = to_text(bytes(31) + b"\x80")  # y = 0: a point of order 4


def stranger(world: World, person: str, kind: str = "file") -> tuple[object, object]:
    """A key of the thief's, made out for a member."""
    secret = Ed25519Key.generate()
    return secret, new_key(secret, kind, origin=world.org.polity.origin, person=person)  # type: ignore[arg-type]


def asked(world: World, person: str) -> str:
    """The server asks for a key in the member's name."""
    request = world.org.new()
    _, new = stranger(world, person)
    world.hand_in(a.AskKey(by=person, request=request, key=new))
    return request


def wanted(world: World, request: str) -> str:
    """The id of the key that the request asks for."""
    return key_id(world.org.polity.keys.requests[request].key)


def bound_to_thief(world: World, person: str) -> None:
    """Ends quietly if a key that is not the member's own is theirs now."""
    mine = {id_of(key) for key in [world.keys[person]]}
    live = {key.id for key in world.org.polity.keys.holders[person].live()}
    if live <= mine:
        raise ValueError("not-bound: no key of the thief's is bound")


@forgery("a key bound by the server for who has a card", "keys-by-keys")
def bound_for_holder(world: World) -> None:
    world.hand_in(a.BindKey(by=world.bo, key=stranger(world, world.bo)[1]))


@forgery("a light key bound by the server for who has a card", "keys-by-keys")
def light_for_holder(world: World) -> None:
    world.hand_in(a.BindKey(by=world.bo, key=stranger(world, world.bo, "device")[1]))


@forgery("a first key bound by the server for who has none", "", NOTHING)
def first_key(world: World) -> None:
    world.hand_in(a.BindKey(by=world.nil, key=stranger(world, world.nil)[1]))


@forgery("a light key bound by the server for who has light ones only", "", NOTHING)
def second_light(world: World) -> None:
    world.hand_in(a.BindKey(by=world.dan, key=stranger(world, world.dan, "device")[1]))


@forgery("a durable key by way of such a light key", "key-watched")
def durable_by_light(world: World) -> None:
    secret, light = stranger(world, world.dan, "device")
    world.hand_in(a.BindKey(by=world.dan, key=light))
    act = a.AddKey(by=world.dan, key=stranger(world, world.dan)[1])
    world.hand_in(act, world.org.seal(secret, act))


@forgery("the owner's phone ended by such a light key", "key-watched")
def ended_by_light(world: World) -> None:
    secret, light = stranger(world, world.dan, "device")
    world.hand_in(a.BindKey(by=world.dan, key=light))
    act = a.EndKey(by=world.dan, key=id_of(world.keys[world.dan]))
    world.hand_in(act, world.org.seal(secret, act))


@forgery("a key asked for by the server while the member sleeps, and nobody vouches", "not-bound")
def asked_asleep(world: World) -> None:
    asked(world, world.bo)
    world.org.wait(20)
    bound_to_thief(world, world.bo)


@forgery("a forged vouch", "needs-a-key")
def forged_vouch(world: World) -> None:
    request = asked(world, world.bo)
    world.hand_in(a.VouchKey(by=world.nil, request=request, person=world.bo, key=wanted(world, request)))


@forgery("a vouch sealed by another member's key", "seal-of-another")
def other_vouch(world: World) -> None:
    request = asked(world, world.bo)
    act = a.VouchKey(by=world.friends[1], request=request, person=world.bo, key=wanted(world, request))
    world.hand_in(act, world.sealed(world.friends[0], act))


@forgery("a vouch by a key that the server bound today", "key-young")
def young_vouch(world: World) -> None:
    request = asked(world, world.bo)
    secret, new = stranger(world, world.nil)
    world.hand_in(a.BindKey(by=world.nil, key=new))
    act = a.VouchKey(by=world.nil, request=request, person=world.bo, key=wanted(world, request))
    world.hand_in(act, world.org.seal(secret, act))


@forgery("two vouches of one member", "vouched-already")
def two_vouches(world: World) -> None:
    request, friend = asked(world, world.bo), world.friends[0]
    for _ in range(2):
        act = a.VouchKey(by=friend, request=request, person=world.bo, key=wanted(world, request))
        world.hand_in(act, world.sealed(friend, act))


@forgery("a vouch for a member's key put under the thief's", "other-key-asked")
def vouch_moved(world: World) -> None:
    """A friend vouches for the key that Bo showed them; the server asked for its own."""
    request, friend = asked(world, world.bo), world.friends[0]
    shown = id_of(world.org.drawn_key(world.bo)[0])
    act = a.VouchKey(by=friend, request=request, person=world.bo, key=shown)
    world.hand_in(act, world.sealed(friend, act))


@forgery("an officer's word alone", "needs-a-key")
def officers_word(world: World) -> None:
    request = asked(world, world.bo)
    key = wanted(world, request)
    world.hand_in(a.VouchKey(by=world.eve, request=request, person=world.bo, key=key))


@forgery("a key that two members vouch for, and the owner stops", "not-bound")
def stopped(world: World) -> None:
    request = asked(world, world.bo)
    for friend in world.friends[:2]:
        vouch = a.VouchKey(by=friend, request=request, person=world.bo, key=wanted(world, request))
        world.hand_in(vouch, world.sealed(friend, vouch))
    stop = a.StopKey(by=world.bo, request=request, person=world.bo)
    world.hand_in(stop, world.sealed(world.bo, stop))
    world.org.wait(20)
    bound_to_thief(world, world.bo)


@forgery("a key that two members vouch for, while the owner sleeps", "", NOTHING)
def colluding(world: World) -> None:
    request = asked(world, world.bo)
    for friend in world.friends[:2]:
        vouch = a.VouchKey(by=friend, request=request, person=world.bo, key=wanted(world, request))
        world.hand_in(vouch, world.sealed(friend, vouch))
    world.org.wait(20)
    bound_to_thief(world, world.bo)


@forgery("a flood of requests for keys", "keys-waiting")
def flood(world: World) -> None:
    for _ in range(10_000):
        asked(world, world.bo)


@forgery("ten thousand keys", "keys-enough")
def ten_thousand(world: World) -> None:
    for _ in range(10_000):
        act = a.AddKey(by=world.bo, key=stranger(world, world.bo)[1])
        world.hand_in(act, world.sealed(world.bo, act))


@forgery("a request stopped by a stranger", "not-yours-to-stop-key")
def stop_by_stranger(world: World) -> None:
    request, other = asked(world, world.bo), world.friends[0]
    act = a.StopKey(by=other, request=request, person=world.bo)
    world.hand_in(act, world.sealed(other, act))


@forgery("a key added by one that still waits", "seal-of-another")
def added_by_waiting(world: World) -> None:
    secret, new = stranger(world, world.bo)
    world.hand_in(a.AskKey(by=world.bo, request=world.org.new(), key=new))
    act = a.AddKey(by=world.bo, key=stranger(world, world.bo)[1])
    world.hand_in(act, world.org.seal(secret, act))


@forgery("a key added without a seal", "needs-a-key")
def added_unsealed(world: World) -> None:
    world.hand_in(a.AddKey(by=world.pia, key=stranger(world, world.pia)[1]))


@forgery("a second key slipped in by one recovery", "key-known")
def second_by_recovery(world: World) -> None:
    request = world.org.new()
    _, new = stranger(world, world.bo)
    for _ in range(2):
        world.hand_in(a.AskKey(by=world.bo, request=request, key=new))
        request = world.org.new()


@forgery("a key bound to two members", "key-known")
def bound_twice(world: World) -> None:
    secret = world.keys[world.friends[0]]
    new = new_key(secret, "file", origin=world.org.polity.origin, person=world.nil)
    world.hand_in(a.BindKey(by=world.nil, key=new))


@forgery("the proof of another member's key", "signature-wrong")
def other_proof(world: World) -> None:
    world.hand_in(a.BindKey(by=world.nil, key=stranger(world, world.friends[0])[1]))


@forgery("a key of small order", "key-weak")
def small_order(world: World) -> None:
    new = stranger(world, world.nil)[1]
    world.hand_in(a.BindKey(by=world.nil, key=msgspec.structs.replace(new, public=SMALL)))


@forgery("a seal by a key that ended", "seal-ended")
def ended_key(world: World) -> None:
    act = a.EndKey(by=world.dan, key=id_of(world.keys[world.dan]))
    world.hand_in(act, world.sealed(world.dan, act))
    back = a.StepBack(by=world.dan)
    world.hand_in(back, world.sealed(world.dan, back))


@forgery("a stolen phone ends its owner's card", "not-bound")
def stolen_phone(world: World) -> None:
    phone, new = world.org.drawn_key(world.bo, "device")
    add = a.AddKey(by=world.bo, key=new)
    world.hand_in(add, world.sealed(world.bo, add))
    end = a.EndKey(by=world.bo, key=id_of(world.keys[world.bo]))
    world.hand_in(end, world.org.seal(phone, end))
    world.org.clock += DAY
    keep = a.KeepKey(by=world.bo, key=id_of(world.keys[world.bo]))
    world.hand_in(keep, world.sealed(world.bo, keep))
    world.org.wait(20)
    if not world.org.polity.keys.keys[id_of(world.keys[world.bo])].ended:
        raise ValueError("not-bound: the card goes on")


@forgery("an act by a suspended key", "seal-suspended")
def suspended_key(world: World) -> None:
    phone, new = world.org.drawn_key(world.bo, "device")
    add = a.AddKey(by=world.bo, key=new)
    world.hand_in(add, world.sealed(world.bo, add))
    end = a.EndKey(by=world.bo, key=id_of(world.keys[world.bo]))
    world.hand_in(end, world.org.seal(phone, end))
    act = a.StepBack(by=world.bo)
    world.hand_in(act, world.sealed(world.bo, act))


@forgery("acts without a seal let stand again by the server", "needs-a-key")
def loosened(world: World) -> None:
    world.hand_in(a.LoosenKeys(by=world.bo))


@forgery("the hosts taken away, so that officers need no seal", "no-host")
def hosts_away(world: World) -> None:
    act = a.SetHosts(by=world.dee, under=world.org.mandate(world.dee), hosts=())
    world.hand_in(act, world.sealed(world.dee, act))


@forgery("the hosts changed by the server", "seal-needed-office")
def hosts_changed(world: World) -> None:
    world.hand_in(a.SetHosts(by=world.dee, under=world.org.mandate(world.dee), hosts=("evil.example",)))


# --- answers of others ---


def paper(world: World, by: str, person: str) -> a.PaperVote:
    mandate = world.org.mandate(by)
    return a.PaperVote(by=by, under=mandate, poll=world.running, person=person, choice="no", nonce=world.org.new())


@forgery("an answer on paper made up by the server", "needs-a-key")
def paper_unsealed(world: World) -> None:
    world.hand_in(paper(world, world.eve, world.friends[-1]))


def counts_nothing(world: World, officers: tuple[str, ...], person: str) -> None:
    """Two officers hand in what the person did not answer: it is taken in as any, so that no refusal tells whether they
    answered, and has to change nothing."""
    poll = world.org.polity.motions[world.running].poll
    before = (dict(poll.answers), poll.yes, poll.no, poll.abstain)
    for officer in officers:
        act = paper(world, officer, person)
        world.hand_in(act, world.sealed(officer, act))
    if (poll.answers, poll.yes, poll.no, poll.abstain) == before:
        raise ValueError("not-bound: it counts nothing")


@forgery("answers on paper against one that a key sealed", "not-bound")
def paper_against_key(world: World) -> None:
    counts_nothing(world, (world.eve, world.ada), world.bo)


@forgery("answers on paper against what members answered on a page", "not-bound")
def paper_against_page(world: World) -> None:
    counts_nothing(world, (world.eve, world.ada), world.nil)


@forgery("an answer on paper by one officer alone", "not-bound")
def paper_by_one(world: World) -> None:
    counts_nothing(world, (world.eve,), world.friends[-1])
