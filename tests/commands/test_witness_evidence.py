"""What a witness keeps of a fork shows a fork."""

from frombelow.cli.witness_server import WitnessFolder
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
