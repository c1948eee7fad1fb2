"""What a witness keeps of a fork shows a fork."""

from frombelow.cli.witness_server import WitnessFolder
from frombelow.cli.witnessed import Witnessed, witnessed
from frombelow.record import Checkpoint, Cosigner, Signer, Tree, Verifier, open_evidence, sign_checkpoint
from frombelow.record.witness import make_request

LOG = Signer.from_seed("union.example/record", bytes(32))


def note(tree, size):
    return sign_checkpoint(Checkpoint(LOG.name, size, tree.root(size)), LOG)


def tree_of(*entries):
    tree = Tree()
    tree.extend(entries)
    return tree


def test_what_a_witness_keeps_of_a_fork_shows_a_fork_whatever_was_sent_before(tmp_path):
    """witness_server.py: “The first two notes that contradict each other are kept, for good; more of them say no more.”
    One honest later checkpoint with a proof of rubbish, which anybody can send who has read one, takes that place; of the
    fork that comes then nothing is kept."""
    verifier = Verifier.from_vkey(LOG.vkey)
    folder = WitnessFolder(tmp_path / "w", Cosigner.from_seed("witness.example", bytes(32)), {LOG.name: verifier})
    honest = tree_of(b"a", b"b", b"c", b"d", b"e")
    other = tree_of(b"a", b"b", b"x", b"d", b"e")
    assert folder.answer(make_request(0, (), note(honest, 3))).status == 200
    assert folder.answer(make_request(3, (bytes(32),), note(honest, 5))).status == 422  # by anybody
    assert folder.answer(make_request(3, (), note(other, 3))).status == 409  # two records of three entries, both signed
    (kept,) = (tmp_path / "w").glob("*.fork")
    old, new = open_evidence(kept.read_bytes(), verifier)
    assert old.root != new.root


def test_what_anybody_can_send_is_a_doubt_until_the_record_goes_on_and_a_fork_is_one_for_good(tmp_path):
    verifier = Verifier.from_vkey(LOG.vkey)
    cosigner = Cosigner.from_seed("witness.example", bytes(32))
    folder = WitnessFolder(tmp_path, cosigner, {LOG.name: verifier}, lambda: 1_790_000_000)
    honest, other = (tree_of(*(each.encode() for each in letters)) for letters in ("abcdef", "abxdef"))

    def seen():
        (found,) = witnessed(tmp_path)
        return found

    folder.answer(make_request(0, (), note(honest, 3)))
    assert seen() == Witnessed(LOG.name, 3, 1_790_000_000, "")
    assert folder.answer(make_request(3, (bytes(32),), note(honest, 5))).status == 422  # by anybody
    assert seen().fork == "doubt"
    assert folder.answer(make_request(3, honest.consistency(3, 5), note(honest, 5))).status == 200
    assert seen().fork == ""
    assert folder.answer(make_request(5, other.consistency(5, 6), note(other, 6))).status == 422
    assert seen().fork == "doubt"
    folder.answer(make_request(5, (), note(other, 5)))
    assert seen().fork == "sure"
    assert folder.answer(make_request(5, honest.consistency(5, 6), note(honest, 6))).status == 200
    assert seen() == Witnessed(LOG.name, 6, 1_790_000_000, "sure")
    (tmp_path / "0.note").write_bytes(b"rubbish")
    assert len(witnessed(tmp_path)) == 1
    assert witnessed(tmp_path / "none") == []
