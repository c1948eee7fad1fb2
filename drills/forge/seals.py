"""Acts in a member's name, and seals that are not what they say."""

import msgspec
from tests import acts as a
from tests.cast import Organization

from frombelow.keys import SoftPasskey, act_bytes, challenge, sign_in_bytes, to_bytes, to_text
from frombelow.polity import encode, encode_act
from frombelow.polity.keys.making import id_of, seal
from frombelow.polity.keys.seals import sealed_so_far

from . import NOTHING, forgery
from .world import DAY, HOST, World

ORDER = 2**252 + 27742317777372353535851937790883648493  # of Ed25519


def no(world: World, by: str, poll: str = "") -> a.CastVote:
    return a.CastVote(by=by, poll=poll or world.running, choice="no", nonce=world.org.new())


@forgery("a vote forged for a bound member", "seal-needed")
def vote_for_bound(world: World) -> None:
    world.hand_in(no(world, world.bo))


@forgery("a vote without a seal for a member who is not bound", "", NOTHING)
def vote_for_light(world: World) -> None:
    world.hand_in(no(world, world.dan))


@forgery("a vote for a member who has no key", "", NOTHING)
def vote_for_none(world: World) -> None:
    world.hand_in(no(world, world.nil))


@forgery("a resignation forged for a bound member", "seal-needed")
def leave_for_bound(world: World) -> None:
    world.hand_in(a.Leave(by=world.bo))


@forgery("a seal moved to another act", "signature-wrong")
def seal_moved(world: World) -> None:
    world.hand_in(no(world, world.bo), world.sealed(world.bo, a.StepBack(by=world.bo)))


@forgery("a vote replayed in another motion", "signature-wrong")
def replayed_elsewhere(world: World) -> None:
    yes = msgspec.structs.replace(no(world, world.bo, world.closed), choice="yes")
    world.hand_in(msgspec.structs.replace(yes, poll=world.running), world.sealed(world.bo, yes, n=2))


@forgery("an act of one organization in another", "signature-wrong")
def other_organization(world: World) -> None:
    act = no(world, world.bo)
    world.hand_in(act, world.sealed(world.bo, act, origin="other.example/record"))


@forgery("a sealed act entered a second time", "seal-next")
def entered_twice(world: World) -> None:
    act = no(world, world.bo)
    sealed = world.sealed(world.bo, act)
    world.hand_in(act, sealed)
    world.hand_in(act, sealed)


@forgery("a held act after its day", "seal-late")
def held(world: World) -> None:
    act = a.Leave(by=world.bo)
    sealed = world.sealed(world.bo, act)
    world.org.clock += DAY
    world.hand_in(act, sealed)


@forgery("a held act within its day", "", NOTHING)
def held_a_little(world: World) -> None:
    act = a.Leave(by=world.bo)
    sealed = world.sealed(world.bo, act)
    world.org.clock += DAY // 4
    world.hand_in(act, sealed)


@forgery("two acts with one number", "seal-next")
def one_number(world: World) -> None:
    first, second = no(world, world.bo), no(world, world.bo)
    sealed = world.sealed(world.bo, second)
    world.hand_in(first, world.sealed(world.bo, first))
    world.hand_in(second, sealed)


@forgery("a burnt number", "seal-next")
def burnt(world: World) -> None:
    act = no(world, world.bo)
    n = sealed_so_far(world.org.polity, world.org.polity.keys.keys[id_of(world.keys[world.bo])], act)
    world.hand_in(act, world.sealed(world.bo, act, n=n + 2))


@forgery("an anchor ahead of the record", "anchor-ahead")
def anchor_ahead(world: World) -> None:
    act = no(world, world.bo)
    world.hand_in(act, world.sealed(world.bo, act, size=world.org.polity.size + 1, root=bytes(32)))


@forgery("an anchor moved back", "anchor-behind")
def anchor_back(world: World) -> None:
    act = no(world, world.bo)
    anchor = world.org.polity.keys.keys[id_of(world.keys[world.bo])].anchor
    world.hand_in(act, world.sealed(world.bo, act, size=anchor - 1))


@forgery("an anchor of another record", "anchor-other")
def anchor_other(world: World) -> None:
    act, other = no(world, world.bo), Organization(more=12, drawn="other")
    other.wait(40)
    size = world.org.polity.size
    root = other.tree.root(min(size, other.tree.size))
    world.hand_in(act, world.sealed(world.bo, act, root=root))


@forgery("the anchor in a seal altered", "signature-wrong")
def anchor_altered(world: World) -> None:
    act = no(world, world.bo)
    size = world.org.polity.size - 1
    sealed = world.sealed(world.bo, act)
    world.hand_in(act, msgspec.structs.replace(sealed, size=size, root=to_text(world.org.tree.root(size))))


@forgery("the day of a seal lengthened", "signature-wrong")
def day_altered(world: World) -> None:
    act = a.Leave(by=world.bo)
    sealed = world.sealed(world.bo, act)
    world.org.clock += DAY
    world.hand_in(act, msgspec.structs.replace(sealed, until=world.org.clock + 60))


@forgery("a seal by the key of another member", "seal-of-another")
def other_key(world: World) -> None:
    act = no(world, world.bo)
    world.hand_in(act, world.sealed(world.friends[0], act))


@forgery("a seal by a key that nobody bound", "seal-of-another")
def unknown_key(world: World) -> None:
    act = no(world, world.bo)
    secret, _ = world.org.drawn_key(world.bo)
    world.hand_in(act, world.org.seal(secret, act))


@forgery("a seal under what time does", "not-due")
def sealed_time(world: World) -> None:
    act = a.CloseVote(
        by=a.TIME, poll=world.running, outcome="carried", yes=1, no=0, abstain=0, eligible=1, article="5.1"
    )  # fmt: skip
    world.hand_in(act, world.sealed(world.bo, act))


@forgery("an officer's act with a member's key and no mandate", "no-mandate")
def no_mandate(world: World) -> None:
    act = a.Admit(by=world.bo, people=((world.org.new(), "A" * 43),), branch=world.org.id)
    world.hand_in(act, world.sealed(world.bo, act))


@forgery("an officer's act under another's mandate", "unknown-mandate")
def other_mandate(world: World) -> None:
    mandate = world.org.mandate(world.eve)
    act = a.Admit(by=world.bo, under=mandate, people=((world.org.new(), "A" * 43),), branch=world.org.id)
    world.hand_in(act, world.sealed(world.bo, act))


@forgery("an officer's act without a key", "seal-needed-office")
def office_without_key(world: World) -> None:
    act = a.Admit(
        by=world.eve, under=world.org.mandate(world.eve), people=((world.org.new(), "A" * 43),), branch=world.org.id
    )
    world.hand_in(act)


# --- signatures ---


@forgery("the second spelling of an Ed25519 signature (S + L)", "signature-range")
def s_plus_l(world: World) -> None:
    act = no(world, world.bo)
    sealed = world.sealed(world.bo, act)
    raw = to_bytes(sealed.signature) or b""
    s = int.from_bytes(raw[32:], "little") + ORDER
    world.hand_in(act, msgspec.structs.replace(sealed, signature=to_text(raw[:32] + s.to_bytes(32, "little"))))


@forgery("the second spelling of a P-256 signature (high S)", "signature-high")
def high_s(world: World) -> None:
    act = no(world, world.pia)
    sealed = world.sealed(world.pia, act)
    raw = to_bytes(sealed.signature) or b""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    s = order - int.from_bytes(raw[32:])
    world.hand_in(act, msgspec.structs.replace(sealed, signature=to_text(raw[:32] + s.to_bytes(32))))


@forgery("a signature in DER", "signature-length")
def der(world: World) -> None:
    act = no(world, world.pia)
    sealed = world.sealed(world.pia, act)
    raw = to_bytes(sealed.signature) or b""
    halves = [half.lstrip(b"\0") for half in (raw[:32], raw[32:])]
    halves = [b"\0" + half if half[0] & 0x80 else half for half in halves]
    body = b"".join(b"\x02" + bytes([len(half)]) + half for half in halves)
    spelled = to_text(b"\x30" + bytes([len(body)]) + body)
    world.hand_in(act, msgspec.structs.replace(sealed, signature=spelled))


# --- passkeys ---


@forgery("an act's hash as a sign-in nonce", "signature-wrong")
def sign_in_oracle(world: World) -> None:
    """The honest page hashes what the server calls a nonce with what it is for, so no nonce gives an act's hash."""
    act = no(world, world.pia)
    key, polity = world.keys[world.pia], world.org.polity
    wanted = seal(
        key, act, origin=polity.origin, n=sealed_so_far(polity, polity.keys.keys[id_of(key)], act) + 1,
        until=world.org.now + 60,
        size=polity.size, root=world.org.tree.root(),
    )  # fmt: skip
    message = act_bytes(
        polity.origin, wanted.key, wanted.n, wanted.until, wanted.size, wanted.root, encode_act(act)
    )  # fmt: skip
    nonce = to_text(challenge(message))
    client, authenticator, signature = key.assertion(sign_in_bytes(polity.origin, nonce))
    honest = to_text(challenge(sign_in_bytes(polity.origin, nonce)))
    altered = to_text((to_bytes(client) or b"").replace(honest.encode(), nonce.encode()))
    world.hand_in(
        act, msgspec.structs.replace(wanted, client=altered, authenticator=authenticator, signature=signature)
    )


@forgery("a passkey's answer to a sign-in under an act", "client-challenge")
def sign_in_answer(world: World) -> None:
    act = no(world, world.pia)
    client, authenticator, signature = world.keys[world.pia].assertion(
        sign_in_bytes(world.org.polity.origin, to_text(bytes(32)))
    )
    sealed = world.sealed(world.pia, act)
    world.hand_in(act, msgspec.structs.replace(sealed, client=client, authenticator=authenticator, signature=signature))


def _asserted(world: World, act: a.Act, key: SoftPasskey) -> None:
    world.hand_in(act, world.org.seal(key, act))


@forgery("a passkey used at another host", "client-host")
def other_host(world: World) -> None:
    key = world.keys[world.pia]
    _asserted(world, no(world, world.pia), SoftPasskey("evil.example", key.key))


@forgery("a passkey asked by a page of another host", "authenticator-host")
def other_page(world: World) -> None:
    key = world.keys[world.pia]
    _asserted(world, no(world, world.pia), SoftPasskey("evil.example", key.key, f"https://{HOST}"))


def _answer(world: World, change: object) -> None:
    """Pia's honest answer, but for what the browser or the passkey says; the passkey signs even that."""
    act, key = no(world, world.pia), world.keys[world.pia]
    sealed = world.sealed(world.pia, act)
    client, rest = change(to_bytes(sealed.client), b"\x1d" + bytes(4))  # type: ignore[operator]
    client, authenticator, signature = key.assertion_of(client, rest)
    world.hand_in(act, msgspec.structs.replace(sealed, client=client, authenticator=authenticator, signature=signature))


@forgery("a passkey without its owner verified", "user-unverified")
def unverified(world: World) -> None:
    _answer(world, lambda client, _rest: (client, b"\x01" + bytes(4)))


@forgery("a passkey that nobody touched", "user-absent")
def absent(world: World) -> None:
    _answer(world, lambda client, _rest: (client, b"\x04" + bytes(4)))


@forgery("a second challenge in what the browser says", "client-json")
def second_challenge(world: World) -> None:
    _answer(world, lambda client, rest: (client[:-1] + b',"challenge":"' + b"A" * 43 + b'"}', rest))


@forgery("the challenge of another act", "client-challenge")
def other_challenge(world: World) -> None:
    other = world.sealed(world.pia, a.StepBack(by=world.pia))
    _answer(world, lambda _client, rest: (to_bytes(other.client), rest))


@forgery("a passkey asked inside the page of another", "client-crossed")
def crossed(world: World) -> None:
    _answer(world, lambda client, rest: (client.replace(b'"crossOrigin":false', b'"crossOrigin":true'), rest))


@forgery("a passkey being made, taken for one that signs", "client-type")
def made_for_signed(world: World) -> None:
    _answer(world, lambda client, rest: (client.replace(b"webauthn.get", b"webauthn.create"), rest))


@forgery("what a passkey signs beside under the key of a device", "client-type")
def beside_device(world: World) -> None:
    act = no(world, world.bo)
    passkey = world.sealed(world.pia, no(world, world.pia))
    sealed = world.sealed(world.bo, act)
    world.hand_in(act, msgspec.structs.replace(sealed, client=passkey.client, authenticator=passkey.authenticator))


# --- spellings ---


@forgery("two spellings of one act", "not the one spelling")
def two_spellings(world: World) -> None:
    act = no(world, world.bo)
    entry = a.stamp(act, world.org.now, seal=world.sealed(world.bo, act))
    world.verified([*world.org.record, encode(entry).replace(b'"choice":"no"', b'"choice": "no"')])


@forgery("an act with an unknown field", "unknown field")
def unknown_field(world: World) -> None:
    act = no(world, world.bo)
    entry = a.stamp(act, world.org.now, seal=world.sealed(world.bo, act))
    world.verified([*world.org.record, encode(entry).replace(b'"choice":"no"', b'"choice":"no","weight":2')])
