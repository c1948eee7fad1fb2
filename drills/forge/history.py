"""Another history, signed again with the record's own key."""

import msgspec
from msgspec import UNSET
from tests import acts as a

from frombelow.polity import decode, encode
from frombelow.polity.kernel.commitments import check_commitment, commit
from frombelow.polity.keys.making import id_of
from frombelow.record import Tree, make_request, read_checkpoint

from . import DEVICE, NOTHING, WITNESS, forgery
from .seals import no
from .witnesses import witness_for
from .world import SIGNER, World


def altered(world: World, index: int, **fields: object) -> list[bytes]:
    """The record with one act said otherwise, and everything that follows by time made anew."""
    acts = world.told()
    act, at, seal = acts[index]
    acts[index] = (msgspec.structs.replace(act, **fields), at, seal)
    return world.retold(acts)


def of(world: World, person: str) -> int:
    """Where the person's answer in the closed vote stands."""
    return world.index(a.CastVote, person, world.closed)


@forgery("a sealed vote changed together with its count", "not by this key")
def vote_changed(world: World) -> None:
    world.verified(altered(world, of(world, world.friends[0]), choice="no"))


@forgery("an unsealed vote changed together with its count, below a seal", "other entries than the first")
def below_a_seal(world: World) -> None:
    act = a.StepBack(by=world.bo)
    world.hand_in(act, world.sealed(world.bo, act))
    world.verified(altered(world, of(world, world.nil), choice="no"))


@forgery("the last unsealed vote changed, which no seal covers yet", "was signed for others", DEVICE)
def not_covered(world: World) -> None:
    world.verified(altered(world, world.index(a.CastVote, world.nil, world.running), choice="no"), world.kept)


@forgery("the same, before anybody kept a checkpoint", "", NOTHING)
def before_anybody(world: World) -> None:
    world.verified(altered(world, world.index(a.CastVote, world.nil, world.running), choice="no"))


@forgery("the seal stripped from a bound member's entry", "only with my keys")
def stripped(world: World) -> None:
    acts = world.told()
    index = of(world, world.bo)
    acts[index] = (*acts[index][:2], UNSET)
    world.verified(world.retold(acts))


@forgery("the seal stripped from an entry of who is not bound, in the middle", "the seal covers")
def stripped_light(world: World) -> None:
    acts = world.told()
    index = of(world, world.dan)
    acts[index] = (*acts[index][:2], UNSET)
    world.verified(world.retold(acts))


@forgery("the middle dropped, all later seals kept", "the seal covers")
def middle_dropped(world: World) -> None:
    acts = world.told()
    del acts[of(world, world.friends[0])]
    world.verified(world.retold(acts))


@forgery("entries swapped around an anchor", "the seal covers")
def swapped(world: World) -> None:
    acts = world.told()
    first = of(world, world.pia)
    acts[first], acts[first + 1] = acts[first + 1], acts[first]
    world.verified(world.retold(acts))


def _ended(world: World) -> tuple[int, int]:
    """Dan acts, then ends his phone; where both stand."""
    step = a.StepBack(by=world.dan)
    world.hand_in(step, world.sealed(world.dan, step))
    end = a.EndKey(by=world.dan, key=id_of(world.keys[world.dan]))
    world.hand_in(end, world.sealed(world.dan, end))
    return len(world.org.record) - 2, len(world.org.record) - 1


@forgery("a key's end put before its last use", "this key’s next seal")
def end_before_use(world: World) -> None:
    use, end = _ended(world)
    acts = world.told()
    acts[use], acts[end] = acts[end], acts[use]
    world.verified(world.retold(acts))


@forgery("a key's use put before its end, by a thief who has the phone", "seal-ended")
def use_after_end(world: World) -> None:
    _ended(world)
    act = a.Return(by=world.dan)
    world.hand_in(act, world.sealed(world.dan, act))


@forgery("the end of the record dropped, which nobody covers", "shorter than the one you saw", DEVICE)
def end_dropped(world: World) -> None:
    world.verified(world.org.record[:-1], world.kept)


@forgery("a mandate slipped in", "time does only what is due")
def mandate(world: World) -> None:
    org = world.org
    grant = a.TakeEffect(
        by="decision", under=org.new(), motion=org.new(), n=0,
        effect=a.GrantMandate(org.office("chair").id, world.dee),
    )  # fmt: skip
    world.verified([*org.record, encode(a.stamp(grant, org.clock))])


@forgery("an act completed by the door with another electorate", "what stood before gives")
def other_electorate(world: World) -> None:
    index = world.index(a.OpenVote, "", world.closed)
    entry = decode(world.org.record[index])
    record = [*world.org.record]
    record[index] = encode(msgspec.structs.replace(entry, fixed={"eligible": 400}))
    world.verified(record)


@forgery("the count of a vote said otherwise", "by what stands in the record")
def other_count(world: World) -> None:
    index = world.index(a.CloseVote, "", world.closed)
    entry = decode(world.org.record[index])
    record = [*world.org.record]
    record[index] = encode(
        msgspec.structs.replace(entry, act=msgspec.structs.replace(entry.act, yes=1, outcome="lost"))
    )
    world.verified(record)


@forgery("a whole history retold, in which a member never sealed", "than the one you saw", DEVICE)
def whole_retold(world: World) -> None:
    acts = [(act, at, UNSET) for act, at, _ in world.told() if not isinstance(act, a.OnlyWithKeys | a.AddKey)]
    world.verified(world.retold(acts), world.kept)


@forgery("the record's key changed by the thief", "no-record-key")
def key_rotated(world: World) -> None:
    """There is no act that changes it: the founding names it, and the founding is under every seal."""
    index = 0
    acts = world.told()
    act, at, seal = acts[index]
    acts[index] = (msgspec.structs.replace(act, key="other"), at, seal)
    try:
        world.verified(world.retold(acts))
    except Exception as error:
        raise ValueError(f"no-record-key: {error}") from None


@forgery("an act of the past slipped in before a seal", "other entries than the first")
def slipped_in(world: World) -> None:
    acts = world.told()
    index = of(world, world.pia)
    at = acts[index][1]
    acts.insert(index, (a.StepBack(by=world.nil), at, UNSET))
    world.verified(world.retold(acts))


@forgery("an act dated back", "dated before the one")
def dated_back(world: World) -> None:
    entry = a.stamp(no(world, world.nil), world.org.polity.at - 60)
    world.verified([*world.org.record, encode(entry)])


@forgery("words swapped under an honest seal", "not what was committed to", DEVICE)
def words_swapped(world: World) -> None:
    """The mover drew the salt and the commitment stands under their seal; other words do not fit it."""
    salt, org = bytes(range(32)), world.org
    text = commit(salt, "We lower the rent.")
    act = a.Move(by=world.bo, motion=org.new(), branch=org.id, text=text)
    world.hand_in(act, world.sealed(world.bo, act))
    shown = decode(org.record[world.index(a.Move, world.bo)]).act
    check_commitment(shown.text, salt, "We raise the rent.")


@forgery("two histories, one shown to each of two members", "it kept both", WITNESS)
def two_histories(world: World) -> None:
    other = altered(world, world.index(a.CastVote, world.nil, world.running), choice="no")
    _cosigned(world.kept, 0, b"", ())
    _cosigned(world.signed(other), len(other), world.kept, ())


@forgery("a history cut short before the witness", "400", WITNESS)
def cut_short(world: World) -> None:
    _cosigned(world.signed(world.org.record[:-2]), len(world.org.record), world.kept, ())


@forgery("a longer history that does not go on from what the witness saw", "422", WITNESS)
def not_continued(world: World) -> None:
    other = altered(world, world.index(a.CastVote, world.nil, world.running), choice="no")
    other.append(encode(a.stamp(a.StepBack(by=world.nil), world.org.now)))
    tree = Tree()
    tree.extend(other)
    proof = tree.consistency(len(world.org.record))
    _cosigned(world.signed(other), len(world.org.record), world.kept, tuple(proof))


@forgery("entries said to be lost, without a seal of who runs the server", "resume-sealed")
def lost_on_nobodys_word(world: World) -> None:
    org = world.org
    act = a.Resume(by=world.dee, under=org.mandate(world.dee), held=len(org.record) + 5, root="A" * 43)
    world.hand_in(act)


class NotCosigned(Exception):  # noqa: N818
    """The witness does not sign this."""


def _cosigned(note: bytes, old: int, latest: bytes, proof: tuple[bytes, ...]) -> None:
    """A witness that runs (``frombelow witness serve``), and cosigned ``latest`` before, signs this head. Raises
    NotCosigned."""
    with witness_for(SIGNER.vkey) as ask:
        if latest and (first := ask(make_request(0, (), latest)))[0] != 200:
            raise RuntimeError(f"the witness did not cosign what was honest: {first}")
        status, said = ask(make_request(old, proof, note))
    if status != 200:
        raise NotCosigned(f"{status} {said}")
    assert read_checkpoint(note).size
