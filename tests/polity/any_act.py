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
HEX, SALT = st.sampled_from(["0" * 64, "ab" * 32]), st.sampled_from(["0" * 32, "ab" * 16])
PLACES = st.lists(st.integers(0, 30), max_size=4).map(tuple)
SOME = [derive_id("any", "id", n) for n in range(4)]
BY_KIND = {
    a.BindKey: {"key": NEW_KEYS}, a.AddKey: {"key": NEW_KEYS}, a.AskKey: {"key": NEW_KEYS},
    a.BindBallotKey: {"proof": st.just("A" * 86)},
    a.ImportRoll: {"updates": st.just(msgspec.UNSET) | st.integers(1, 50), "updates_root": st.just(msgspec.UNSET) | st.just(TEXT)},
    EnterCount: {
        "rule": st.sampled_from(["scottish", "irv"]), "seats": st.integers(1, 50), "winners": st.just((0,)),
        "seed": st.just(msgspec.UNSET) | st.just("the lottery of May"), "result": st.just(TEXT),
    },
    a.SpecifyDraw: {
        "people": st.integers(0, 30), "root": HEX, "excluded": st.just(()) | st.just((("holds an office", "4.1", 1, "0" * 64),)),
        "witnesses": st.lists(st.sampled_from(SOME), max_size=4).map(tuple),
    },
    a.AddRows: {"rows": st.just((((0,), "0" * 64),)) | st.just((((), "1" * 64), ((), "2" * 64)))},
    a.ObjectToPool: {"why": st.sampled_from(["missing", "wrong-row", "excluded"])},
    a.FreezePool: {"specification": HEX},
    a.ListPanels: {"part": st.integers(0, 2), "parts": st.integers(1, 3), "text": st.sampled_from(["{}", "[]", "x"])},
    a.Contribute: {"value": HEX}, a.CloseGiving: {"given": st.integers(0, 9), "closing": HEX},
    a.SeeDice: {"shown": st.lists(st.integers(0, 7), max_size=17).map(tuple)},
    a.EnterRound: {"round": st.integers(0, 2**31), "signature": st.just("a" * 96)},
    a.DrawPanel: {"seed": HEX, "panel": PLACES, "reserves": PLACES},
    a.AcceptSeat: {"row": st.integers(0, 30), "salt": SALT}, a.DeclineSeat: {"row": st.integers(0, 30), "salt": SALT},
    a.FindAsked: {
        "row": st.integers(0, 30), "found": st.sampled_from(["true", "false"]), "own": st.integers(0, 30), "salt": SALT,
    },
    a.EndAudit: dict.fromkeys(("people", "asked", "true", "false", "unreached", "most"), st.integers(0, 30)),
    a.PassOver: {"row": st.integers(0, 30)}, a.AbandonDraw: {"why": st.sampled_from(["no-panel", "mistake", "not-needed"])},
    a.LapseDraw: {"why": st.sampled_from(["no-list", "no-chance"])},
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
        st.builds(
            a.HoldDraw, st.sampled_from(["panel", "registrars", "askers", "audit"]), st.sampled_from(["the fund", "the roof"]),
            st.integers(1, 9), st.integers(0, 3), st.sampled_from(["dice", "drand"]), st.integers(1, 3_287_182),
            st.just(()) | st.just((("floor", "upper", 0, 9), ("floor", "lower", 0, 9))),
        ),
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


EVERY_ID = SOME
ACTS = st.sampled_from(list(registry.by_act)).flatmap(lambda kind: drawn(kind, EVERY_ID))
