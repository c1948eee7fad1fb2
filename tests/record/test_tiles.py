"""Tiles, bundles (C2SP tlog-tiles) and receipts (C2SP tlog-proof)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frombelow.record import (
    ENTRIES,
    MAX_ENTRY,
    Policy,
    ProofError,
    QuorumMissing,
    ReceiptError,
    RecordError,
    Tile,
    TileError,
    TileHashes,
    TreeError,
    check_receipt,
    cosign_note,
    entries_path,
    entry_bundle,
    make_receipt,
    parse_bundle,
    parse_receipt,
    tile_bytes,
    tile_path,
    tiles_for,
)
from tests.record.cast import BAKERS, NOON, STRANGER, UNION, entries_of, flipped, head_of, rewritten, tree_of

TREE = tree_of(70_000)


def test_paths_are_those_of_the_specification():
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert tile_path(0, 273, 112) == "tile/0/273.p/112"
    assert tile_path(2, 0, 1) == "tile/2/000.p/1"
    assert entries_path(1000, 256) == "tile/entries/x001/000"
    assert Tile(ENTRIES, 5, 3).path == "tile/entries/005.p/3"


def test_the_tiles_of_70000_entries_are_those_of_the_specification():
    tiles = [tile for tile in tiles_for(0, 70_000) if tile.level >= 0]
    assert len([tile for tile in tiles if tile.level == 0]) == 274
    assert tiles[-3:] == [Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert tiles[273] == Tile(0, 273, 112)


def test_only_tiles_that_change_are_written():
    assert tiles_for(256, 256) == []
    assert tiles_for(0, 1) == [Tile(ENTRIES, 0, 1), Tile(0, 0, 1)]
    assert tiles_for(255, 257) == [Tile(ENTRIES, 0), Tile(ENTRIES, 1, 1), Tile(0, 0), Tile(0, 1, 1), Tile(1, 0, 1)]
    assert tiles_for(256, 300) == [Tile(ENTRIES, 1, 44), Tile(0, 1, 44)]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: tile_path(-1, 0),
        lambda: tile_path(8, 0),
        lambda: tile_path(0, -1),
        lambda: tile_path(0, 2**60),
        lambda: tile_path(0, 0, 0),
        lambda: tile_path(0, 0, 257),
        lambda: entries_path(0, -1),
        lambda: tiles_for(5, 4),
        lambda: tiles_for(-1, 4),
        lambda: tiles_for(0, 2**63),
        lambda: tile_bytes(TREE, 0, 273),
        lambda: tile_bytes(TREE, 3, 0, 1),
        lambda: TileHashes(-1, bytes),
        lambda: TileHashes(5, bytes).inclusion(5),
        lambda: TileHashes(5, bytes).consistency(6),
    ],
)
def test_tiles_that_cannot_be_are_refused(ask):
    with pytest.raises((TileError, TreeError)):
        ask()


def read_from(tree, size):
    files = {
        tile.path: tile_bytes(tree, tile.level, tile.n, tile.width) for tile in tiles_for(0, size) if tile.level >= 0
    }
    return files.__getitem__


@given(st.data())
@settings(max_examples=25)
def test_roots_and_proofs_are_read_back_from_tiles(data):
    size = data.draw(st.one_of(st.integers(1, 1500), st.integers(65_000, 66_600)))
    tiles = TileHashes(size, read_from(TREE, size), cached_tiles=3)
    assert tiles.root() == TREE.root(size)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    assert tiles.inclusion(index) == TREE.inclusion(index, size)
    assert tiles.consistency(old) == TREE.consistency(old, size)


def test_a_tile_of_the_wrong_length_is_refused():
    with pytest.raises(TileError):
        TileHashes(300, lambda path: bytes(31)).root()


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
@settings(max_examples=30)
def test_a_bundle_reads_back_as_written(entries):
    bundle = entry_bundle(entries)
    assert parse_bundle(bundle, len(entries)) == entries
    for damaged in (bundle[:-1], bundle + b"\0", bundle + b"\0\0"):
        with pytest.raises(TileError):
            parse_bundle(damaged, len(entries))


def test_an_entry_may_have_65535_bytes_and_no_more():
    assert parse_bundle(entry_bundle([bytes(MAX_ENTRY)]), 1) == [bytes(MAX_ENTRY)]
    for entries in ([bytes(MAX_ENTRY + 1)], [], [b""] * 257):
        with pytest.raises(TileError):
            entry_bundle(entries)


# Receipts

SMALL = tree_of(70)
HEAD = cosign_note(head_of(SMALL), BAKERS, NOON)
ENTRY = entries_of(70)[42]
RECEIPT = make_receipt(SMALL, 42, HEAD, extra=b"for Alice")


def test_a_receipt_shows_that_an_entry_is_in_the_record():
    assert check_receipt(RECEIPT, ENTRY, UNION.verifier).size == 70
    assert parse_receipt(RECEIPT).extra == b"for Alice"
    assert parse_receipt(RECEIPT).to_bytes() == RECEIPT
    plain = make_receipt(SMALL, 42, head_of(SMALL, 43))
    assert check_receipt(plain, ENTRY, UNION.verifier).size == 43


def test_a_receipt_can_ask_for_witnesses():
    policy = Policy.parse(f"witness bakers {BAKERS.vkey}\nquorum bakers")
    check_receipt(RECEIPT, ENTRY, UNION.verifier, policy)
    with pytest.raises(QuorumMissing):
        check_receipt(make_receipt(SMALL, 42, head_of(SMALL)), ENTRY, UNION.verifier, policy)


def test_a_receipt_is_for_one_entry_of_one_record():
    with pytest.raises(ProofError):
        check_receipt(RECEIPT, entries_of(70)[41], UNION.verifier)
    with pytest.raises(RecordError):
        check_receipt(RECEIPT, ENTRY, STRANGER.verifier)
    with pytest.raises(ReceiptError):
        make_receipt(rewritten(70, at=1), 42, HEAD)
    with pytest.raises(TreeError):
        make_receipt(SMALL, 70, HEAD)
    with pytest.raises(ReceiptError):
        make_receipt(SMALL, 42, HEAD, bytes(65536))


PLAIN = make_receipt(SMALL, 42, head_of(SMALL))


@given(at=st.integers(0, len(PLAIN) - 1), mask=st.integers(1, 255))
@settings(max_examples=300)
def test_any_flipped_byte_of_a_receipt_is_refused(at, mask):
    with pytest.raises(RecordError):
        check_receipt(flipped(PLAIN, at, mask), ENTRY, UNION.verifier)


@pytest.mark.parametrize(
    "change",
    [
        lambda receipt: b"",
        lambda receipt: receipt.replace(b"@v1", b"@v2"),
        lambda receipt: receipt.replace(b"index 42", b"index 042"),
        lambda receipt: receipt.replace(b"index 42\n", b""),
        lambda receipt: receipt.replace(b"extra ", b"extra  "),
        lambda receipt: receipt.replace(b"\nindex 42", b"\nextra AAAA\nindex 42"),
        lambda receipt: receipt.replace(b"index 42\n", b"index 42\nAAAA\n"),
        lambda receipt: receipt.replace(b"index 42\n", b"index 42\n" + b"A" * 43 + b"=\n"),
        lambda receipt: receipt.partition(b"\n\n")[0],
        lambda receipt: receipt + b" " * 2_000_000,
    ],
)
def test_a_malformed_receipt_is_refused(change):
    with pytest.raises(RecordError):
        check_receipt(change(RECEIPT), ENTRY, UNION.verifier)
