"""A card: twelve words from which all its keys follow, the same everywhere, and nothing else is read as a card."""

import hashlib
import json
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from frombelow.keys import check_public, check_signature
from frombelow.keys.ballot_keys import check_ballot_key
from frombelow.keys.card_words import in_a_line, in_words, read
from frombelow.keys.cards import LANGUAGES, Card, CardError

VECTORS = Path(__file__).parents[1] / "vectors"
CARDS = json.loads((VECTORS / "cards.json").read_text())
LISTS = Path(__file__).parents[2] / "src/frombelow/keys/wordlists"
SEEDS = st.binary(min_size=16, max_size=16)
ENGLISH = "abandon ability able about above absent absorb abstract absurd abuse access"
ADA = Card(bytes.fromhex("9e885d952ad362caeb4efe34a8e91bd2"))


def without_accents(text):
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))


@pytest.mark.parametrize("given", CARDS, ids=lambda given: given["seed"])
def test_a_card_gives_what_another_program_computed(given):
    card = Card(bytes.fromhex(given["seed"]))
    assert (" ".join(card.words()), " ".join(card.words("es")), card.line) == (given["en"], given["es"], given["line"])
    assert card.signing.public == given["signing"]
    assert (card.receiving, card.recipient) == (given["identity"], given["recipient"])
    assert card.ballot.public == given["ballot"]
    assert card.ballot.prove(given["origin"], given["person"]) == given["proof"]
    assert {Card.read(given[way]) for way in ("en", "es", "line")} == {card}


@pytest.mark.checker
def test_the_other_program_still_computes_these_vectors():
    if not shutil.which("node"):
        pytest.skip("there is no Node here")
    made = subprocess.run(["node", VECTORS / "cards.mjs"], capture_output=True, text=True, check=True)
    assert json.loads(made.stdout) == CARDS


@pytest.mark.checker
@pytest.mark.parametrize(("language", "name"), [("en", "english"), ("es", "spanish")])
@given(seed=SEEDS)
def test_another_program_for_bip_39_writes_the_same_words(language, name, seed):
    theirs = pytest.importorskip("mnemonic").Mnemonic(name)
    words = " ".join(in_words(seed, language))
    assert unicodedata.normalize("NFC", theirs.to_mnemonic(seed)) == words
    assert bytes(theirs.to_entropy(unicodedata.normalize("NFKD", words))) == seed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_are_those_of_bip_39(language):
    raw = (LISTS / f"{language}.txt").read_bytes()
    assert f"sha256 {language}.txt {hashlib.sha256(raw).hexdigest()}\n" in (LISTS / "LICENSE").read_text()
    words = without_accents(raw.decode()).split()
    assert len({word[:4] for word in words}) == len(words) == 2048


@pytest.mark.parametrize("language", LANGUAGES)
@given(seed=SEEDS)
@example(seed=bytes(16))
@example(seed=b"\xff" * 16)
def test_a_card_is_read_as_it_was_written(language, seed):
    assert read(" ".join(in_words(seed, language))) == seed
    assert read(in_a_line(seed)) == seed


@given(SEEDS)
def test_capitals_accents_and_spaces_do_not_matter(seed):
    words = in_words(seed, "es")
    assert read("  " + "\n\t ".join(words).upper() + " ") == seed
    assert read(without_accents(" ".join(words))) == seed
    assert read(unicodedata.normalize("NFD", " ".join(words))) == seed
    line = in_a_line(seed).upper()
    assert read(f" {line[:20]} {line[20:30]}\r\n{line[30:]}\n") == seed


@given(SEEDS, st.integers(0, 11), st.integers(1, 2047))
def test_a_card_with_another_word_is_told_or_is_another_card(seed, place, further):
    places = (LISTS / "en.txt").read_text().split()
    words = list(in_words(seed))
    words[place] = places[(places.index(words[place]) + further) % 2048]
    checked = sum(places.index(word) << 11 * (11 - n) for n, word in enumerate(words))
    other, check = (checked >> 4).to_bytes(16), checked & 15
    if hashlib.sha256(other).digest()[0] >> 4 == check:
        assert read(" ".join(words)) == other != seed
    else:
        with pytest.raises(CardError, match="do not fit together"):
            read(" ".join(words))


@given(SEEDS, st.integers(0, 31), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_a_line_with_another_letter_is_no_card(seed, place, letter):
    line = in_a_line(seed)
    place += len(line) - 32
    changed = line[:place] + letter + line[place + 1 :]
    if changed != line:
        with pytest.raises(CardError, match="not whole, or a letter in it is another one"):
            read(changed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "12 words; here are 0"),
        ("abandon", "12 words; here is 1"),
        (ENGLISH, "12 words; here are 11"),
        (f"{ENGLISH} access accident", "12 words; here are 13"),
        (f"{ENGLISH} aband", "Word 12 is not in the English list"),
        (f"abandon1 {ENGLISH}", "Word 1 is not in the English list"),
        (f"aban-don {ENGLISH}", "Word 1 is not"),
        (ENGLISH.replace("able", "table2").replace("about", "abou") + " access", "Words 3 and 4 are not in the English"),
        (f"{ENGLISH} ábaco", "Word 12 is not in the English list"),
        (" ".join(["ábaco"] * 11 + ["abandon"]), "Word 12 is not in the Spanish list"),
        (" ".join(["abandon"] * 12), "all twelve do not fit together"),
        (" ".join(["ábaco"] * 12), "all twelve do not fit together"),
        (", ".join(ADA.words()), "Words 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 11 are not"),
        ("x" * 1001, "longer than the twelve words"),
        (ADA.line[:-1], "is not whole"),
        (ADA.line + "a", "is not whole"),
        (ADA.line + "========", "is not whole"),
        (ADA.line.replace("-1:", "-1:a"), "is not whole"),
        ("frombelow-card-1:", "is not whole"),
        ("frombelow-card-1:ñ", "is not whole"),
        ("frombelow-card-1:" + "é" * 32, "is not whole"),
        ("frombelow-card-2:" + "a" * 32, "made by a newer program"),
        ("https://frombelow-card-1:" + "a" * 32, "12 words; here is 1"),
        (ADA.line.partition(":")[2], "12 words; here is 1"),
    ],
)  # fmt: skip
def test_what_is_no_card_is_told_in_a_sentence(typed, words):
    with pytest.raises(CardError, match=words):
        read(typed)


@given(st.text(max_size=200))
def test_nothing_else_is_read_as_a_card(typed):
    with pytest.raises(CardError) as told:
        read(typed)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("typed", [f"{ENGLISH} mistyped", f"{ENGLISH} abandon", f"{ENGLISH} zoo zone"])
def test_a_fault_shows_none_of_the_words(typed):
    with pytest.raises(CardError) as told:
        read(typed)
    assert not {"abandon", "absorb", "absurd", "mistyped", "zoo"} & {*str(told.value).replace(",", " ").split()}


def test_the_keys_of_a_card_are_good_to_bind():
    check_public("ed25519", ADA.signing.public)
    check_signature("ed25519", ADA.signing.public, b"an act", ADA.signing.sign(b"an act"))
    check_ballot_key("o.example", "ada", ADA.ballot.public, ADA.ballot.prove("o.example", "ada"))


@given(SEEDS, SEEDS)
def test_two_cards_have_no_key_in_common(one, other):
    keys = [{card.signing.public, card.recipient, card.ballot.public} for card in (Card(one), Card(other))]
    assert len(keys[0] | keys[1]) == (3 if one == other else 6)


@pytest.mark.parametrize("length", [0, 15, 17, 32])
def test_nothing_but_sixteen_bytes_is_a_card(length):
    with pytest.raises(ValueError, match=f"not {length}"):
        Card(bytes(length))


def test_a_card_has_words_in_its_languages_alone():
    with pytest.raises(ValueError, match="no list of words in “fr”"):
        ADA.words("fr")


def test_a_card_shows_nothing_of_itself_in_a_log():
    assert repr(ADA) == "Card()"
    assert repr(ADA.ballot) == f"BallotKey(public={ADA.ballot.public!r})"
