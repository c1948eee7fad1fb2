"""Any act of any kind, with fields of the right types and random things in them."""

import msgspec
from hypothesis import strategies as st

from frombelow.keys import Ed25519Key
from frombelow.polity.counts.acts import EnterCount
from frombelow.polity.kernel.ids import derive_id
from frombelow.polity.kernel.subject import registry
from frombelow.polity.keys.acts import NewKey
from frombelow.polity.server.acts import Witness
from frombelow.record import Cosigner
from tests import acts as a
from tests.cast import TEXT

PUBLICS = [Ed25519Key.from_seed(bytes([n]) * 32).public for n in range(3)]
LETTERS = st.just(msgspec.UNSET) | st.just("A" * 60)
NEW_KEYS = st.builds(
    NewKey, st.sampled_from(["card", "passkey", "device", "file"]), st.sampled_from(["ed25519", "p256", "rs256"]),
    st.sampled_from([*PUBLICS, TEXT, "A" * 44]), st.just("A" * 86), LETTERS, LETTERS,
)  # fmt: skip
WITNESSES = st.builds(
    Witness, st.sampled_from([Cosigner.from_seed(name, name.encode() * 32).vkey for name in "xyz"] + ["w+00000000+AAAA"]),
    st.sampled_from(["https://w.example/", "http://w.example/", "http://localhost:8100"]),
)  # fmt: skip
BY_KIND = {
    a.BindKey: {"key": NEW_KEYS}, a.AddKey: {"key": NEW_KEYS}, a.AskKey: {"key": NEW_KEYS},
    a.BindBallotKey: {"proof": st.just("A" * 86)},
    a.ImportRoll: {"updates": st.just(msgspec.UNSET) | st.integers(1, 50), "updates_root": st.just(msgspec.UNSET) | st.just(TEXT)},
    EnterCount: {
        "rule": st.sampled_from(["scottish", "irv"]), "seats": st.integers(1, 50), "winners": st.just((0,)),
        "seed": st.just(msgspec.UNSET) | st.just("the lottery of May"), "result": st.just(TEXT),
    },
    a.SetWitnesses: {"witnesses": st.lists(WITNESSES, max_size=3).map(tuple), "enough": st.integers(0, 3)},
}  # fmt: skip


@st.composite
def drawn(draw, kind, some):
    """An act of this kind with fields of the right types and random things in them; ids among ``some``."""
    ids, counts = st.sampled_from(some), st.integers(0, 50)
    people = st.tuples(st.tuples(ids, st.just(TEXT)))
    effects = st.one_of(
        st.builds(a.GrantMandate, ids, ids), st.builds(a.EndMandate, ids), st.builds(a.ExpelMember, ids),
        st.builds(a.FormBranch, st.just("N"), ids), st.builds(a.DissolveBranch, ids),
        st.builds(a.CreateOffice, st.just("O"), st.just(("x",)), ids), st.builds(a.Dissolve),
        st.builds(a.ChangeRules, st.text(max_size=9)), st.builds(a.AdmitPeople, people, ids),
        st.builds(a.Charter, ids, st.integers(1, 3_287_182), st.integers(1, 9)), st.builds(a.LetListsVote, st.just((3,))),
    )  # fmt: skip
    special = {
        "effects": st.lists(effects, max_size=3).map(tuple), "effect": effects, "people": people, "founders": people,
        "mandates": st.just(()), "choice": st.sampled_from(["yes", "no", "abstain"]), "outcome": st.just("carried"),
        "text": st.just(TEXT), "file": st.just(TEXT), "reason": st.just(TEXT), "value": st.just(TEXT), "root": st.just(TEXT),
        "name": st.just(TEXT), "mail": st.just(TEXT), "article": st.sampled_from(["4.1", "9"]), "why": st.just("nobody-may-vote"),
        "until": st.integers(1, 3_287_182), "under": st.just(msgspec.UNSET) | ids, "n": st.integers(0, 3),
        "rulebook": st.text(max_size=9), "articles": st.text(max_size=9), "version": st.just("1"),
        "letter": st.sampled_from(["vote", "about-me"]), "ground": st.just("asked"),
        "branches": st.tuples(ids), "rows": st.tuples(st.tuples(ids, st.just(TEXT), st.integers(0, 1 if kind is a.ImportUpdates else 2))),
        "proof": st.just(()) | st.just((TEXT,)), "served": st.just(msgspec.UNSET) | st.integers(0, 2**31),
        "scripts": st.just(msgspec.UNSET) | st.just(TEXT),
        "pages": st.just(msgspec.UNSET) | st.integers(1, 50), "list": st.integers(1, 50), "founder_key": st.just(msgspec.UNSET) | NEW_KEYS,
        "hosts": st.sampled_from([(), ("tenants.example",), ("a.example", "localhost")]),
        "recipient": st.just("age13aqvttdk3ujkyjh9kg2w5an6dmy5mq5a84a4uxk3hfhnugfc9p0sy5p2wh"), "public": st.sampled_from([*PUBLICS, TEXT]),
        "hours": st.just(msgspec.UNSET) | st.integers(1, 24 * 366), "rests": st.just(msgspec.UNSET) | st.integers(0, 2**31),
        **dict.fromkeys(("bound", "known", "paper", "disowned"), st.just(msgspec.UNSET) | st.tuples(*[st.integers(0, 9)] * 3)),
    } | BY_KIND.get(kind, {})  # fmt: skip
    whole = {
        "index",
        "yes",
        "no",
        "abstain",
        "eligible",
        "size",
        "recovered",
        "start",
        "on",
        "held",
        "mailed",
        "bounced",
        "printed",
        "unreached",
    }
    fields = {name: draw(counts if name in whole else special.get(name, ids)) for name in kind.__struct_fields__}
    return kind(
        **fields | ({"count": draw(st.integers(1, 50))} if "count" in fields and kind is not EnterCount else {})
    )


EVERY_ID = [derive_id("any", "id", n) for n in range(4)]
ACTS = st.sampled_from(list(registry.by_act)).flatmap(lambda kind: drawn(kind, EVERY_ID))
