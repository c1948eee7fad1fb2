"""The page's own modules, run by Node, make of a card what the library makes of it."""

import hashlib
import json
import random
import shutil
import subprocess
from pathlib import Path
from unicodedata import normalize

import pytest
import segno

import frombelow_site.ui
from frombelow.cli.cards import key_id
from frombelow.keys import check_signature
from frombelow.keys.ballot_keys import check_ballot_key
from frombelow.keys.cards import LANGUAGES, Card, CardError
from frombelow.polity.kernel.ids import PersonId
from frombelow.polity.keys.making import new_key
from tests.keys.test_cards import LISTS

STATIC = Path(frombelow_site.ui.__file__).parent / "static/ui"
ORIGIN, PERSON = "hill-tenants/record", PersonId("aeaqcaibaeaqcaibaeaqcaibae")
PROGRAM = """
import { readFileSync } from "node:fs";
import { open } from "./ui/keys/card.js";
import { inALine, inWords, read } from "./ui/keys/card_words.js";
import encodeQR from "./ui/vendored/qr/index.js";
const { seeds, typed, origin, person, lists } = JSON.parse(readFileSync(0, "utf8"));
// What a page of this person in this record says.
const said = new Proxy({ person, vkey: `${origin}+key` }, { get: (of, name) => of[name] ?? "" });
globalThis.document = { getElementById: () => ({ dataset: said }), addEventListener() {} };
const { newKey } = await import("./ui/keys/signers.js");
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const made = [];
for (const text of seeds) {
  const seed = Uint8Array.from(Buffer.from(text, "hex"));
  const card = await open(seed);
  const ballot = await card.ballot();
  const lines = [await inALine(seed), await inALine(seed, origin)];
  const full = await inALine(seed, "o".repeat(34));
  made.push({
    key: card.key, public: card.public, recipient: card.recipient, bound: await newKey(card),
    sealed: await card.sign(new TextEncoder().encode("an act")),
    ballot: ballot.public, proof: await ballot.prove(origin, person), lines,
    words: await Promise.all(lists.map((list) => inWords(seed, list))),
    qr: encodeQR(full, "raw", { ecc: "medium", border: 4 }).map((row) => row.map(Number)),
  });
}
const found = [];
for (const text of typed)
  found.push(await read(text, lists, origin).then(hex, ({ why, named }) => [why, named]));
process.stdout.write(JSON.stringify({ made, found }));
"""
pytestmark = [pytest.mark.checker, pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here")]
CARDS = [Card(random.Random(n).randbytes(16)) for n in range(200)]
ADA, BEN = CARDS[:2]
WORDS = {language: normalize("NFC", (LISTS / f"{language}.txt").read_text("utf-8")).split() for language in LANGUAGES}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(STATIC, folder / "ui")
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "ask.js").write_text(PROGRAM)

    def ask(cards=(), typed=()):
        asked = {"seeds": [card.seed.hex() for card in cards], "typed": typed, "origin": ORIGIN, "person": PERSON}
        asked["lists"] = list(WORDS.values())
        done = subprocess.run(
            ["node", str(folder / "ask.js")], input=json.dumps(asked), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask


@pytest.fixture(scope="module")
def made(page):
    return list(zip(CARDS, page(CARDS)["made"], strict=True))


def test_a_card_has_the_same_words_and_lines_on_the_page_and_in_the_library(made):
    for card, theirs in made:
        assert theirs["lines"] == [card.line, card.line_for(ORIGIN)]
        assert theirs["words"] == [list(card.words(language)) for language in LANGUAGES]


def test_a_card_has_the_same_keys_on_the_page_and_in_the_library(made):
    for card, theirs in made:
        assert theirs["key"] == key_id(card)
        assert (theirs["public"], theirs["recipient"]) == (card.signing.public, card.recipient)
        assert (theirs["ballot"], theirs["proof"]) == (card.ballot.public, card.ballot.prove(ORIGIN, PERSON))
        check_ballot_key(ORIGIN, PERSON, theirs["ballot"], theirs["proof"])
        check_signature("ed25519", card.signing.public, b"an act", theirs["sealed"]["signature"])
        bound = new_key(card.signing, "card", origin=ORIGIN, person=PERSON)
        assert theirs["bound"] == {
            "kind": "card", "algorithm": "ed25519", "public": bound.public, "signature": bound.signature
        }  # fmt: skip


def test_a_card_has_the_qr_code_that_another_program_draws(made):
    for card, theirs in made[:40]:
        line = card.line_for("o" * 34)  # it fills the code: segno pads with other bits than the standard says
        drawn = [segno.make_qr(line, error="m", boost_error=False, mask=mask) for mask in range(8)]
        assert theirs["qr"] in [[list(row) for row in each.matrix_iter(border=4)] for each in drawn]


def library(typed):
    try:
        return Card.read(typed, ORIGIN).seed.hex()
    except CardError:
        return "refused"


def test_the_page_reads_what_the_library_reads(page):
    typed = [way for card in CARDS for way in (" ".join(card.words()), " ".join(card.words("es")), card.line)]
    typed += [card.line_for(ORIGIN).upper() for card in CARDS]
    line = ADA.line_for(ORIGIN)
    typed += [line[:place] + "b" + line[place + 1 :] for place in range(len(line))]
    typed += [line[:length] for length in range(len(line))]
    found = ["refused" if isinstance(each, list) else each for each in page(typed=typed)["found"]]
    assert found == [library(each) for each in typed]
    assert found[: 3 * len(CARDS)] == [card.seed.hex() for card in CARDS for _ in range(3)]


def test_the_card_of_another_organization_is_refused_by_its_origin(page):
    line = ADA.line_for("other-club/record")
    assert page(typed=[line])["found"] == [["origin", "other-club/record"]]
    with pytest.raises(CardError, match="This is a card of “other-club/record”; this organization’s record is called"):
        Card.read(line, ORIGIN)
    assert Card.read(line) == ADA
    assert Card.read(ADA.line_for("Other-Club/Record"), "Other-Club/Record") == ADA


def test_a_card_does_not_change_its_organization(page):
    line = ADA.line_for("other-club/record").replace("other-club/record", ORIGIN)
    assert page(typed=[line])["found"] == [["line", ""]]
    with pytest.raises(CardError, match="is not whole"):
        Card.read(line, ORIGIN)


def test_the_page_says_which_words_are_mistyped(page):
    words = list(ADA.words())
    wrong = [*words[:2], "tabel", *words[3:6], "xyz", *words[7:]]
    unfit = list(BEN.words())
    unfit[4] = next(word for word in WORDS["en"] if library(" ".join([*unfit[:4], word, *unfit[5:]])) == "refused")
    typed = [" ".join(wrong), " ".join(words[:11]), " ".join(unfit), "x" * 1001, ADA.line.replace("-1:", "-2:")]
    assert page(typed=typed)["found"] == [
        ["words", "3, 7"],
        ["count", "11"],
        ["unfit", ""],
        ["long", ""],
        ["newer", ""],
    ]


def test_the_programs_of_others_are_those_that_were_looked_at():
    folder = STATIC / "vendored"
    told = (folder / "README").read_text(encoding="utf-8")
    for program in folder.glob("*/*.js"):
        name, digest = program.relative_to(folder), hashlib.sha256(program.read_bytes()).hexdigest()
        assert f"sha256 {name} {digest}\n" in told
        assert "MIT License" in (program.parent / "LICENSE").read_text(encoding="utf-8")
