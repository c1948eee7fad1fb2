"""The tree and its proofs, beside RFC 6962 as it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frombelow.record import (
    EMPTY_ROOT,
    Frontier,
    ProofError,
    Tree,
    TreeError,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from tests.record.cast import entries_of, flipped, naive_root, rewritten, tree_of

# The eight leaves and roots with which Certificate Transparency's own tests begin.
CT_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

sizes = st.integers(1, 600)
TREE = tree_of(600)
ENTRIES = entries_of(600)


def test_the_roots_are_those_of_the_ct_vectors():
    tree, edge = Tree(), Frontier()
    for leaf, root in zip(CT_LEAVES, CT_ROOTS, strict=True):
        tree.append(leaf)
        edge.append(leaf)
        assert tree.root().hex() == edge.root().hex() == root


def test_an_empty_tree_has_the_hash_of_nothing():
    assert Tree().root() == Frontier().root() == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_every_way_to_build_a_tree_gives_the_naive_root(entries):
    one_by_one, at_once, edge, hashed = Tree(), Tree(), Frontier(), Tree()
    for entry in entries:
        assert one_by_one.append(entry) == edge.append(entry) == hashed.append_hash(leaf_hash(entry))
    at_once.extend(entries[: len(entries) // 3])
    assert at_once.extend(entries[len(entries) // 3 :]) == len(entries) == edge.size
    again = Tree.from_leaf_hashes(at_once.level(0))
    roots = {tree.root() for tree in (one_by_one, at_once, edge, hashed, again, again.frontier())}
    assert roots == {naive_root(entries)}


@given(sizes)
def test_a_tree_still_knows_the_root_at_each_earlier_size(size):
    assert TREE.root(size) == naive_root(ENTRIES[:size])


@given(st.data())
def test_every_inclusion_proof_verifies_and_no_flipped_byte_does(data):
    size = data.draw(sizes)
    index = data.draw(st.integers(0, size - 1))
    proof, root, leaf = TREE.inclusion(index, size), TREE.root(size), leaf_hash(ENTRIES[index])
    verify_inclusion(leaf, index, size, proof, root)
    at, mask = data.draw(st.integers(0, 31)), data.draw(st.integers(1, 255))
    with pytest.raises(ProofError):
        verify_inclusion(flipped(leaf, at, mask), index, size, proof, root)
    with pytest.raises(ProofError):
        verify_inclusion(leaf, index, size, proof, flipped(root, at, mask))
    if proof:
        which = data.draw(st.integers(0, len(proof) - 1))
        proof[which] = flipped(proof[which], at, mask)
        with pytest.raises(ProofError):
            verify_inclusion(leaf, index, size, proof, root)


@given(st.data())
def test_every_consistency_proof_verifies_and_no_flipped_byte_does(data):
    new = data.draw(sizes)
    old = data.draw(st.integers(0, new))
    proof, roots = TREE.consistency(old, new), (TREE.root(old), TREE.root(new))
    verify_consistency(old, roots[0], new, roots[1], proof)
    at, mask = data.draw(st.integers(0, 31)), data.draw(st.integers(1, 255))
    with pytest.raises(ProofError):
        verify_consistency(old, flipped(roots[0], at, mask), new, roots[1], proof)
    if old:
        with pytest.raises(ProofError):
            verify_consistency(old, roots[0], new, flipped(roots[1], at, mask), proof)
    if proof:
        which = data.draw(st.integers(0, len(proof) - 1))
        proof[which] = flipped(proof[which], at, mask)
        with pytest.raises(ProofError):
            verify_consistency(old, roots[0], new, roots[1], proof)


@given(st.data())
def test_no_consistency_proof_covers_a_rewritten_entry(data):
    new = data.draw(st.integers(2, 100))
    old = data.draw(st.integers(1, new - 1))
    other = rewritten(new, data.draw(st.integers(0, old - 1)))
    with pytest.raises(ProofError):
        verify_consistency(old, TREE.root(old), new, other.root(), other.consistency(old))


@pytest.mark.parametrize(
    ("index", "size", "change"),
    [
        (-1, 5, None),
        (5, 5, None),
        (0, 0, None),
        (0, -1, None),
        (0, 2**63, None),
        (2, 5, lambda proof: proof[:-1]),
        (2, 5, lambda proof: [*proof, proof[0]]),
        (2, 5, lambda proof: [proof[0][:-1], *proof[1:]]),
        (2, 5, lambda proof: []),
        (3, 5, None),
        (2, 4, None),
    ],
)
def test_an_inclusion_proof_out_of_bounds_or_shape_is_refused(index, size, change):
    proof = TREE.inclusion(2, 5)
    with pytest.raises(ProofError):
        verify_inclusion(leaf_hash(ENTRIES[2]), index, size, change(proof) if change else proof, TREE.root(5))


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (-1, 7, None),
        (8, 7, None),
        (3, 2**63, None),
        (0, 7, None),
        (7, 7, None),
        (3, 7, lambda proof: proof[:-1]),
        (3, 7, lambda proof: [*proof, proof[0]]),
        (3, 7, lambda proof: []),
        (3, 7, lambda proof: [b"short", *proof[1:]]),
        (3, 9, None),
    ],
)
def test_a_consistency_proof_out_of_bounds_or_shape_is_refused(old, new, change):
    proof = TREE.consistency(3, 7)
    with pytest.raises(ProofError):
        verify_consistency(old, TREE.root(3), new, TREE.root(7), change(proof) if change else proof)


def test_a_huge_claimed_size_is_answered_at_once():
    with pytest.raises(ProofError):
        verify_inclusion(leaf_hash(b""), 2**62, 2**63 - 1, [EMPTY_ROOT] * 63, EMPTY_ROOT)


@pytest.mark.parametrize(
    "ask",
    [
        lambda tree: tree.inclusion(5),
        lambda tree: tree.inclusion(-1),
        lambda tree: tree.inclusion(0, 6),
        lambda tree: tree.consistency(6),
        lambda tree: tree.consistency(-1),
        lambda tree: tree.root(6),
        lambda tree: tree.root(-1),
        lambda tree: tree.level(-1),
        lambda tree: tree.hashes(0, 3, 6),
        lambda tree: tree.hashes(2, 0, 2),
        lambda tree: tree.append_hash(b"short"),
        lambda tree: tree.frontier().append_hash(b"short"),
        lambda tree: Frontier(3, [EMPTY_ROOT]),
        lambda tree: Tree.from_leaf_hashes(b"short"),
    ],
)
def test_a_tree_refuses_what_it_cannot_have(ask):
    with pytest.raises(TreeError):
        ask(tree_of(5))


def test_a_frontier_is_restored_from_its_size_and_peaks():
    edge = TREE.frontier()
    kept = Frontier(edge.size, edge.peaks)
    other = edge.copy()
    other.append(b"elsewhere")
    assert edge.root() == kept.root() == TREE.root()
    assert other.root() == naive_root([*ENTRIES, b"elsewhere"])
