"""The browser's own check, run by Node: the same proofs hold as in the library, and one flipped byte is refused."""

import base64
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import frombelow_site.records
from frombelow.record import (
    Checkpoint,
    Fork,
    Signer,
    Tree,
    Verifier,
    follow,
    make_receipt,
    open_evidence,
    sign_checkpoint,
)

SCRIPTS = Path(frombelow_site.records.__file__).parent / "static/records"
SIGNER = Signer.from_seed("tenants.example/record", bytes(range(32)))
BOTH_SIZES = 70
PROGRAM = """
import { readFileSync, writeFileSync } from "node:fs";
const { continues } = await import(process.argv[2]);
const { key, open, read } = await import(process.argv[3]);
const { evidence } = await import(process.argv[4]);
const { included, receipt } = await import(process.argv[5]);
const { vkey, cases, notes, forks, receipts } = JSON.parse(readFileSync(0, "utf8"));
const found = { cases: [], notes: [], forks: [], receipts: [] };
const holds = async ({ entry, index, proof, note }) => included(entry, index, read(note), proof);
for (const text of receipts) found.receipts.push(await (async () => holds(receipt(text)))().catch(() => false));
for (const { old, head, proof } of cases) found.cases.push(await continues(old, head, proof).catch(() => false));
const by = await key(vkey);
for (const note of notes) found.notes.push(await open(note, by).then((head) => head.size, () => null));
for (const fork of forks) found.forks.push(evidence(fork));
process.stdout.write(JSON.stringify({ ...found, ed25519: by.ed25519 !== null }));
"""
pytestmark = [
    pytest.mark.checker,
    pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here"),
]


def b64(data):
    return base64.b64encode(data).decode()


def flip(text, at=0):
    data = bytearray(base64.b64decode(text))
    data[at] ^= 1
    return b64(bytes(data))


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Asks the page's own modules, in Node."""
    folder = tmp_path_factory.mktemp("browser")
    for script in SCRIPTS.glob("*.js"):
        (folder / script.with_suffix(".mjs").name).write_text(script.read_text().replace('.js"', '.mjs"'))
    (folder / "ask.mjs").write_text(PROGRAM)

    def ask(cases=(), notes=(), forks=(), receipts=()):
        asked = {"vkey": SIGNER.vkey, "cases": list(cases), "notes": list(notes), "forks": list(forks)}
        asked["receipts"] = list(receipts)
        done = subprocess.run(
            ["node", folder / "ask.mjs", *(folder / f"{each}.mjs" for each in ("continues", "verify", "cover", "receipts"))],
            input=json.dumps(asked), capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


def tree_of(size, word=b"entry"):
    tree = Tree()
    tree.extend(word + b" %d" % n for n in range(size))
    return tree


def case(tree, old, new):
    heads = [{"size": size, "root": b64(tree.root(size))} for size in (old, new)]
    return {"old": heads[0], "head": heads[1], "proof": [b64(each) for each in tree.consistency(old, new)]}


def note_of(tree, size):
    return sign_checkpoint(Checkpoint(SIGNER.name, size, tree.root(size)), SIGNER)


def test_every_proof_of_the_library_holds_in_the_browser(browser):
    tree = tree_of(5000)
    cases = [case(tree, old, new) for new in range(BOTH_SIZES) for old in range(new + 1)]
    cases += [case(tree, old, 5000) for old in (1, 255, 256, 257, 1024, 2047, 4095, 4096, 4097, 4999)]
    assert set(browser(cases)["cases"]) == {True}


def test_one_flipped_byte_is_refused_in_the_browser(browser):
    tree, cases = tree_of(300), []
    for old, new in ((1, 2), (3, 7), (8, 13), (100, 300), (255, 300), (256, 257)):
        good = case(tree, old, new)
        for n in range(len(good["proof"])):
            cases.append({**good, "proof": [flip(h, n % 32) if i == n else h for i, h in enumerate(good["proof"])]})
        cases.append({**good, "old": {**good["old"], "root": flip(good["old"]["root"])}})
        cases.append({**good, "head": {**good["head"], "root": flip(good["head"]["root"], 31)}})
        cases.append({**good, "proof": good["proof"][:-1]})
        cases.append({**good, "proof": [*good["proof"], good["proof"][0]]})
    assert set(browser(cases)["cases"]) == {False}


def test_a_smaller_or_another_tree_is_no_continuation_in_the_browser(browser):
    mine, other = tree_of(20), tree_of(20, b"other")
    smaller = {
        **case(mine, 5, 9),
        "old": {"size": 9, "root": b64(mine.root(9))},
        "head": {"size": 5, "root": b64(mine.root(5))},
    }
    same_size = {
        "old": {"size": 20, "root": b64(mine.root())},
        "head": {"size": 20, "root": b64(other.root())},
        "proof": [],
    }
    rewritten = {**case(other, 11, 20), "old": {"size": 11, "root": b64(mine.root(11))}}
    assert browser([smaller, same_size, rewritten])["cases"] == [False, False, False]


def test_the_browser_opens_what_the_record_signed_and_nothing_else(browser):
    good = note_of(tree_of(9), 9).decode()
    stranger = Signer.from_seed(SIGNER.name, b"1" * 32)
    elsewhere = Signer.from_seed("bakers.example/record", bytes(range(32)))
    head = Checkpoint(SIGNER.name, 9, tree_of(9).root())
    notes = [
        good,
        sign_checkpoint(head, SIGNER, stranger).decode(),
        good.replace("\n9\n", "\n8\n"),
        sign_checkpoint(head, stranger).decode(),
        sign_checkpoint(Checkpoint(elsewhere.name, 9, tree_of(9).root()), elsewhere).decode(),
        good.replace("\n9\n", "\n09\n"),
        good[: len(good) // 2],
        "",
        "<!doctype html>",
    ]
    found = browser(notes=notes)
    assert found["ed25519"] is True
    assert found["notes"] == [9, 9, None, None, None, None, None, None, None]


def receipt_of(tree, index, entry):
    return make_receipt(tree, index, note_of(tree, tree.size), entry).decode()


def test_a_browser_finds_every_entry_in_trees_of_all_small_sizes(browser):
    trees = [tree_of(size) for size in range(1, BOTH_SIZES)]
    asked = [receipt_of(tree, n, b"entry %d" % n) for tree in trees for n in range(tree.size)]
    assert all(browser(receipts=asked)["receipts"])


def test_a_browser_finds_no_entry_that_is_another_or_at_another_place(browser):
    for size in (1, 2, 7, 8, 33):
        tree = tree_of(size)
        good = [receipt_of(tree, n, b"entry %d" % n) for n in range(size)]
        other = [receipt_of(tree, n, b"entry %d." % n) for n in range(size)]
        moved = [text.replace(f"\nindex {n}\n", f"\nindex {n + 1}\n") for n, text in enumerate(good)]
        hashes = [line for text in good for line in text.partition("\n\n")[0].split("\n")[3:]]
        flipped = [text.replace(line, flip(line)) for text in good for line in set(hashes) if line in text]
        longer = [text.replace("\n\n", f"\n{b64(bytes(32))}\n\n", 1) for text in good]
        shorter = [text.replace(f"\n{hashes[0]}\n", "\n") for text in good if hashes and hashes[0] in text]
        broken = [
            good[0][:20],
            "",
            good[0].replace("extra ", "extra*"),
            good[0].replace("tlog-proof@v1", "tlog-proof@v2"),
        ]
        assert not any(browser(receipts=[*other, *moved, *flipped, *longer, *shorter, *broken])["receipts"])


def test_the_browsers_file_of_evidence_is_the_librarys(browser):
    mine, other = tree_of(12), tree_of(5, b"other")
    old, new, proof = note_of(other, 5), note_of(mine, 12), mine.consistency(5)
    written = browser(forks=[{"old": old.decode(), "fresh": new.decode(), "proof": [b64(h) for h in proof]}])["forks"][
        0
    ]
    with pytest.raises(Fork) as fork:
        follow(old, new, proof, Verifier.from_vkey(SIGNER.vkey))
    assert written.encode() == fork.value.evidence()
    open_evidence(written.encode(), Verifier.from_vkey(SIGNER.vkey))


def test_what_every_page_loads_stays_small():
    loaded, waiting = {}, ["remember.js"]
    while waiting:
        text = (SCRIPTS / (name := waiting.pop())).read_text()
        loaded[name] = len(text.encode())
        waiting += [each for each in re.findall(r'^import .* from "./(.*)";$', text, re.M) if each not in loaded]
    assert set(loaded) == {"remember.js", "verify.js", "memory.js"}
    assert sum(loaded.values()) < 8_000
