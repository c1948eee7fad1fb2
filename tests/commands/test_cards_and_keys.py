"""A card and a key file are made and read on one's own machine; nothing of their secrets is shown but a new card's."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest
import segno

from frombelow.cli.card_sentences import SAID
from frombelow.cli.card_sheet import sheet
from frombelow.keys.card_words import LANGUAGES
from frombelow.keys.cards import Card
from frombelow.keys.files import KeyFile, write
from tests import ready
from tests.architecture.test_library_alone import WITHOUT_DJANGO
from tests.terminal import at_a_terminal

PHRASE = "five words are easy to keep"
ADA = json.loads((Path(__file__).parents[1] / "vectors/cards.json").read_text())[4]
ID = re.compile(r"[a-z2-7]{26}")


@pytest.fixture
def run(tmp_path):
    """Runs ``frombelow ...`` with this standard input; gives what it said, on both ways. ``ends`` is its exit status."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FROMBELOW_")}

    def run(*arguments, typed=b"", ends=0, **environment):
        environment = {**kept, "COLUMNS": "200", **environment}
        done = ready.run("-m", "frombelow", *arguments, env=environment, cwd=tmp_path, input=typed)
        said = done.stdout + done.stderr
        assert done.returncode == ends, said
        return said

    return run


def words_in(said):
    """The twelve words that a new card shows."""
    found = dict(re.findall(r"(?<!\S)(\d\d?) ([^\W\d_]+)", said))
    return [found[str(n)] for n in range(1, 13)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_cards_words_are_read_again_as_the_same_card(run, language):
    said = run("card", "new", "--language", language)
    shown = json.loads(run("card", "show", "--json", typed=" ".join(words_in(said)).encode()))
    assert f"{SAID[language].key}: {shown['id']}" in said
    for sentence in (*SAID[language].what, *SAID[language].how, SAID[language].shown):
        assert sentence in said


def test_two_new_cards_are_not_the_same(run):
    assert words_in(run("card", "new")) != words_in(run("card", "new"))


def test_a_new_card_stores_nothing(run, tmp_path):
    run("card", "new")
    assert list(tmp_path.iterdir()) == []


def test_a_card_needs_no_network_and_no_site(tmp_path):
    alone = WITHOUT_DJANGO + "def none(event, _):\n    assert not event.startswith('socket')\nsys.addaudithook(none)\n"
    call = "sys.argv = ['frombelow', 'card', 'new', '--pdf', 'card.pdf']\nfrom frombelow.cli import main\nmain()\n"
    done = subprocess.run(
        [sys.executable, "-c", alone + call], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    assert Card.read(" ".join(words_in(done.stdout)))
    assert (tmp_path / "card.pdf").stat().st_size > 1000


def test_a_card_is_shown_by_its_public_halves(run):
    for typed in (ADA["en"], ADA["es"].upper(), ADA["line"] + "\n"):
        shown = json.loads(run("card", "show", "--json", typed=typed.encode()))
        assert shown == {
            "kind": "card", "id": shown["id"], "algorithm": "ed25519", "public": ADA["signing"],
            "recipient": ADA["recipient"], "ballot": ADA["ballot"],
        }  # fmt: skip
        assert ID.fullmatch(shown["id"])
    plain = run("card", "show", typed=ADA["en"].encode())
    assert [value for value in shown.values() if value not in ("card",) and value not in plain] == []


def test_showing_a_card_shows_none_of_its_secrets(run):
    typed = ADA["en"].encode()
    said = run("card", "show", typed=typed) + run("card", "show", "--json", typed=typed)
    secret = Card.read(ADA["en"])
    for each in (secret.line[17:], secret.receiving, secret.seed.hex(), *secret.words()):
        assert each not in said.split()
        assert each not in re.findall(r"\w+", said)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (b"", "A card has 12 words; here are 0."),
        (b"\xff\xfe", "no text in UTF-8"),
        (b"abandon " * 12, "all twelve do not fit together"),
        (b"abandon " * 11 + b"sesame", "Word 12 is not in the English list"),
        (b"a" * 5000, "longer than the twelve words"),
        (b"frombelow-card-1:abc", "is not whole"),
    ],
)
def test_what_is_no_card_ends_with_2_and_a_sentence(run, typed, words):
    said = run("card", "show", typed=typed, ends=2)
    assert words in said
    assert "sesame" not in said
    assert "Traceback" not in said


def test_at_a_terminal_the_words_are_asked_for_and_not_shown(tmp_path):
    ends, shown = at_a_terminal(tmp_path, [ADA["en"]], "card", "show")
    assert ends == 0, shown
    assert "The twelve words" in shown
    assert ADA["signing"] in shown
    assert not {*ADA["en"].split()} & {*re.findall(r"\w+", shown)}


def test_there_are_no_words_in_a_language_without_a_list(run):
    assert "'fr' is not one of 'en', 'es'" in run("card", "new", "--language", "fr", ends=2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_printed_card_has_the_words_the_key_and_the_line_as_qr(language):
    card = Card(bytes.fromhex(ADA["seed"]))
    printed = sheet(card, "k" * 26, language)
    assert printed.startswith(b"%PDF-1.7")
    assert printed.rstrip().endswith(b"%%EOF")
    texts = [text.decode("cp1252") for text in re.findall(rb"\(([^()]*)\) Tj", printed)]
    assert [text for text in texts if text in card.words(language)] == list(card.words(language))
    assert "k" * 26 in texts
    assert SAID[language].warning in texts
    assert qr_in(printed) == [list(row) for row in segno.make_qr(card.line, error="m").matrix]


def qr_in(printed):
    """The rows of dark and light squares in a sheet."""
    found = [tuple(map(float, each)) for each in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re", printed)]
    squares = [(x, y) for x, y, width, height in found if width == height]
    size = next(width for _, _, width, height in found if width == height)
    left, top = min(x for x, _ in squares), max(y for _, y in squares)
    dark = {(round((top - y) / size), round((x - left) / size)) for x, y in squares}
    side = max(max(place) for place in dark) + 1
    return [[int((row, column) in dark) for column in range(side)] for row in range(side)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_said_of_a_card_can_be_printed(language):
    words = " ".join(word for seed in range(256) for word in Card(bytes([seed]) * 16).words(language))
    for text in (*SAID[language].what, *SAID[language].how, words):
        assert text.encode("cp1252").decode("cp1252") == text


def test_only_its_owner_can_read_a_printed_card_and_none_is_overwritten(run, tmp_path):
    said = run("card", "new", "--pdf", "card.pdf")
    assert "card.pdf holds the same words; you alone can read it." in said
    place = tmp_path / "card.pdf"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    before = place.read_bytes()
    assert all(word.encode() in before for word in words_in(said))
    said = run("card", "new", "--pdf", "card.pdf", ends=2)
    assert said == "card.pdf is there already. Choose another name. There is no card.\n"
    assert place.read_bytes() == before
    said = run("card", "new", "--pdf", "none/card.pdf", ends=2)
    assert said == "none/card.pdf could not be written: No such file or directory. There is no card.\n"


def test_a_key_file_is_made_and_shown(run, tmp_path):
    person = "aeaqcaibaeaqcaibaeaqcaibae"
    named = ("--origin", "union.example/quayside", "--person", person)
    said = run("key", "new", "--out", "ada.key", *named, FROMBELOW_KEY_PASSPHRASE=PHRASE)
    place = tmp_path / "ada.key"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    shown = json.loads(run("key", "show", "ada.key", "--json", FROMBELOW_KEY_PASSPHRASE=PHRASE))
    assert f"ada.key holds key {shown['id']}." in said
    inside = json.loads(pyrage.passphrase.decrypt(place.read_bytes(), PHRASE))
    assert {name: shown[name] for name in ("origin", "person")} == {"origin": named[1], "person": person}
    assert {name: inside[name] for name in ("origin", "person")} == {"origin": named[1], "person": person}
    plain = run("key", "show", "ada.key", FROMBELOW_KEY_PASSPHRASE=PHRASE)
    assert [value for value in shown.values() if value not in ("file",) and value not in plain] == []
    assert [name for name in ("seed", "receiving") if inside[name] in plain + said + json.dumps(shown)] == []


def test_a_key_file_says_that_it_does_not_know_whose_it_is(run):
    run("key", "new", "--out", "ada.key", FROMBELOW_KEY_PASSPHRASE=PHRASE)
    assert run("key", "show", "ada.key", FROMBELOW_KEY_PASSPHRASE=PHRASE).count("not said") == 2


@pytest.mark.parametrize(
    ("arguments", "phrase", "words"),
    [
        ((), "short", "A passphrase has at least 12 characters"),
        ((), "", "A key file needs a passphrase: set FROMBELOW_KEY_PASSPHRASE"),
        (("--person", "Ada"), PHRASE, "A person’s id is 26 letters and digits"),
        (("--origin", "two\nlines"), PHRASE, "This is no name that an organization has"),
        (("--origin", "x" * 201), PHRASE, "This is no name that an organization has"),
    ],
)
def test_where_something_is_wrong_there_is_no_key(run, tmp_path, arguments, phrase, words):
    said = run("key", "new", "--out", "ada.key", *arguments, FROMBELOW_KEY_PASSPHRASE=phrase, ends=2)
    assert words in said
    assert list(tmp_path.iterdir()) == []


def test_what_is_wrong_with_a_key_file_ends_with_2_and_a_sentence(run, tmp_path):
    place = tmp_path / "ada.key"
    write(place, KeyFile.generate(), lambda: PHRASE, work=4)
    right = {"FROMBELOW_KEY_PASSPHRASE": PHRASE}
    assert "is there already, and a key is never overwritten" in run("key", "new", "--out", place, **right, ends=2)
    said = run("key", "show", place, FROMBELOW_KEY_PASSPHRASE="another one entirely", ends=2)
    assert said == f"This passphrase does not open {place}. Look for capital letters and spaces.\n"
    place.chmod(0o644)
    assert f"Say “chmod 600 {place}”" in run("key", "show", place, **right, ends=2)
    assert "none could not be read: No such file" in run("key", "show", "none", **right, ends=2)
    (tmp_path / "other").touch(mode=0o600)
    assert "other is no key file." in run("key", "show", "other", **right, ends=2)


def test_at_a_terminal_a_new_passphrase_is_asked_for_twice_and_not_shown(tmp_path):
    ends, shown = at_a_terminal(tmp_path, [PHRASE, PHRASE], "key", "new", "--out", "ada.key")
    assert ends == 0, shown
    assert "ada.key holds key" in shown
    assert shown.count("assphrase:") + shown.count("confirmation:") >= 2
    assert PHRASE not in shown
    ends, shown = at_a_terminal(tmp_path, [PHRASE], "key", "show", "ada.key")
    assert ends == 0, shown
    assert "a key file." in shown
    assert PHRASE not in shown
