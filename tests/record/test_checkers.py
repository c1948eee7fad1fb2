"""Programs that others wrote accept the record, and reject one flipped byte."""

import shutil
import subprocess
from pathlib import Path

import pytest

from frombelow.record import (
    Tile,
    cosign_note,
    entry_bundle,
    leaf_hash,
    parse_note,
    tile_bytes,
    tiles_for,
    verify_consistency,
    verify_cosignature,
    verify_inclusion,
)
from tests.record.cast import (
    BAKERS,
    NOON,
    ORIGIN,
    PORTERS_2,
    UNION,
    entries_of,
    export_to,
    flipped,
    head_of,
    tree_of,
    unpack,
)

pytestmark = pytest.mark.checker
GO_PROGRAM = Path(__file__).parents[2] / "script/check_record_go/main.go"


def test_tlog_scales_accepts_our_proofs_and_makes_the_same():
    tlog = pytest.importorskip("tlog_scales.tlog")
    tree, entries = tree_of(70), entries_of(70)
    for size in range(1, 71):
        root = tree.root(size)
        for index in range(0, size, 7):
            proof = tree.inclusion(index, size)
            tlog.InclusionProof(index, size, proof).check(leaf_hash(entries[index]), root)
            with pytest.raises(tlog.InclusionProofInvalid):
                tlog.InclusionProof(index, size, proof).check(leaf_hash(b"other"), root)
        for old in range(1, size):
            tlog.ConsistencyProof(old, size, tree.consistency(old, size)).check(tree.root(old), root)


def test_tlog_scales_reads_our_tiles_and_proves_from_them(tmp_path):
    reader_of = pytest.importorskip("tlog_scales.reader").TilesReader
    backend = pytest.importorskip("tlog_scales.backend").LocalBackend
    tree, entries = tree_of(1500), entries_of(1500)
    folder = unpack(export_to(tmp_path / "export.zip", 1500), tmp_path / "record")
    reader = reader_of(backend(folder))
    assert reader.get_checkpoint().size == 1500
    assert reader.calculate_root_hash() == tree.root()
    for index in (0, 255, 256, 1023, 1499):
        theirs = reader.get_inclusion_proof(index, 1500).node_hashes
        assert theirs == tree.inclusion(index)
        assert reader.get_entry(index) == entries[index]
        verify_inclusion(leaf_hash(entries[index]), index, 1500, theirs, tree.root())
    for old in (1, 255, 256, 1024, 1499):
        theirs = reader.get_consistency_proof(old, 1500).node_hashes
        assert theirs == tree.consistency(old)
        verify_consistency(old, tree.root(old), 1500, tree.root(), theirs)


def test_our_tiles_are_the_bytes_that_tlog_scales_writes(tmp_path):
    writer_of = pytest.importorskip("tlog_scales.writer").TilesWriter
    signing = pytest.importorskip("tlog_scales.signing")
    tree, entries = tree_of(600), entries_of(600)
    writer = writer_of.create(tmp_path / "log", ORIGIN)
    for entry in entries:
        writer.add_leaf(entry)
    for folder in ("entries", "0", "1"):
        (tmp_path / "log/tile" / folder).mkdir(parents=True)
    writer.commit([signing.PlainEd25519Signer(ORIGIN, bytes([1]) * 32)])
    assert (tmp_path / "log/checkpoint").read_bytes() == head_of(tree)
    for tile in tiles_for(0, 600):
        assert (tmp_path / "log" / tile.path).read_bytes() == bytes_of(tree, entries, tile)


def bytes_of(tree, entries, tile):
    if tile.level < 0:
        return entry_bundle(entries[tile.n * 256 : tile.n * 256 + tile.width])
    return tile_bytes(tree, tile.level, tile.n, tile.width)


def test_tlog_scales_verifies_our_notes_and_cosignatures_of_both_kinds():
    tlog = pytest.importorskip("tlog_scales.tlog")
    vkey = pytest.importorskip("tlog_scales.signing").Vkey
    note = cosign_note(cosign_note(head_of(tree_of(70)), BAKERS, NOON), PORTERS_2, NOON)
    for key in (UNION.vkey, BAKERS.vkey, PORTERS_2.vkey):
        theirs = vkey.from_string(key)
        assert theirs.serialize() == key
        tlog.Checkpoint.from_text(note.decode()).verify(theirs)
        changed = note.decode().replace("\n70\n", "\n71\n")
        with pytest.raises(Exception):  # noqa: B017, PT011
            tlog.Checkpoint.from_text(changed).verify(theirs)


def test_we_verify_an_ml_dsa_cosignature_of_tlog_scales():
    tlog = pytest.importorskip("tlog_scales.tlog")
    signing = pytest.importorskip("tlog_scales.signing")
    note = head_of(tree_of(70))
    checkpoint = tlog.Checkpoint.from_text(note.decode())
    line = signing.MLDSA44CosignatureSigner(PORTERS_2.name, bytes([5]) * 32).sign(checkpoint)
    cosigned = note + f"{line.serialize()}\n".encode()
    time = int.from_bytes(parse_note(cosigned)[1][1].signature[:8], "big")
    assert verify_cosignature(cosigned, PORTERS_2.verifier) == time


@pytest.fixture(scope="module")
def go_program(tmp_path_factory):
    go = shutil.which("go")
    if go is None or not Path("/usr/share/gocode/src/golang.org/x/mod").exists():
        pytest.skip("needs Go and Debian's golang-golang-x-mod-dev")
    folder = tmp_path_factory.mktemp("go")
    env = {
        "GO111MODULE": "off",
        "GOPATH": "/usr/share/gocode",
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
        "PATH": str(Path(go).parent) + ":/usr/bin:/bin",
        "HOME": str(folder),
    }
    if (shared := Path.home() / ".cache/go-build").exists():
        env["GOCACHE"] = str(shared)
    subprocess.run([go, "build", "-o", folder / "check", GO_PROGRAM], env=env, check=True, timeout=120)
    return folder / "check"


def ask_go(program, folder, vkey=UNION.vkey):
    return subprocess.run([program, folder, vkey], capture_output=True, text=True, timeout=60, check=False)


def test_go_accepts_an_export_and_rejects_any_flipped_byte(go_program, tmp_path):
    folder = unpack(export_to(tmp_path / "export.zip", 70_000, [1, 256, 40_000]), tmp_path / "record")
    answer = ask_go(go_program, folder)
    assert (answer.returncode, answer.stdout) == (
        0,
        f"{ORIGIN}: 70000 entries and 4 checkpoints are as signed\n",
    )
    for path in (
        "checkpoint",
        "checkpoints",
        "tile/entries/100",
        Tile(0, 100).path,
        Tile(1, 0).path,
        Tile(1, 1, 17).path,
    ):
        original = (folder / path).read_bytes()
        (folder / path).write_bytes(flipped(original, len(original) // 2))
        answer = ask_go(go_program, folder)
        assert answer.returncode == 1, path
        assert answer.stdout.startswith("refused: ")
        (folder / path).write_bytes(original)
    assert ask_go(go_program, folder, BAKERS.vkey).returncode == 1


def test_go_accepts_an_export_with_hidden_entries_and_rejects_any_flipped_byte(go_program, tmp_path):
    folder = unpack(export_to(tmp_path / "export.zip", 600, [1, 256], hidden=[3, 300, 301]), tmp_path / "record")
    assert not (folder / "tile/entries/000").exists()
    answer = ask_go(go_program, folder)
    said = f"{ORIGIN}: 600 entries and 3 checkpoints are as signed; of 3 hidden entries only hashes are here\n"
    assert (answer.returncode, answer.stdout) == (0, said)
    for path in ("hidden", "gapped/entries/000", "gapped/entries/001", "tile/entries/002.p/88", Tile(0, 1).path):
        original = (folder / path).read_bytes()
        (folder / path).write_bytes(flipped(original, len(original) // 2))
        answer = ask_go(go_program, folder)
        assert answer.returncode == 1, path
        assert answer.stdout.startswith("refused: ")
        (folder / path).write_bytes(original)
