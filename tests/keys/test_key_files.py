"""A key file: nobody but its owner reads it, nothing overwrites it, and whatever is wrong with it is said in a sentence."""

import io
import json
import os
import stat

import pytest

from frombelow.keys import check_public, to_text
from frombelow.keys.files import MOST, KeyFile, KeyFileError, read, write
from frombelow.sealing import age

PHRASE = "five words are easy to keep"
KEY = KeyFile(bytes(range(32)), bytes(range(32, 64)), "union.example", "aeaqcaibaeaqcaibaeaqcaibae")
INSIDE = {
    "v": 1, "kind": "file", "algorithm": "ed25519", "origin": "union.example", "person": "aeaqcaibaeaqcaibaeaqcaibae",
    "seed": to_text(bytes(range(32))), "receiving": to_text(bytes(range(32, 64))),
}  # fmt: skip


def sealed(data, phrase=PHRASE):
    sink = io.BytesIO()
    writer = age.Writer(sink, phrase, 4)
    writer.write(data)
    writer.finish()
    return sink.getvalue()


def never():
    pytest.fail("nobody is asked for a passphrase in vain")


def phrase():
    return PHRASE


@pytest.fixture
def place(tmp_path):
    return tmp_path / "ada.key"


@pytest.fixture
def laid(place):
    """A file with these bytes in it, that only its owner can read."""

    def lay(data):
        place.touch(mode=0o600)
        place.write_bytes(data)
        return place

    return lay


def why_not(place, ask=phrase):
    with pytest.raises(KeyFileError) as told:
        read(place, ask)
    assert str(place) in str(told.value)
    assert str(told.value).endswith(".")
    return str(told.value)


def test_what_was_written_is_read(place):
    write(place, KEY, phrase, work=4)
    assert read(place, phrase) == KEY


def test_it_is_as_hard_to_guess_as_a_backup(place):
    write(place, KEY, phrase)
    assert place.read_bytes().split(b"\n")[1].split()[-1] == b"%d" % age.WORK


@pytest.mark.checker
def test_another_age_program_finds_the_json_in_it(place):
    pyrage = pytest.importorskip("pyrage")
    write(place, KEY, phrase, work=4)
    assert json.loads(pyrage.passphrase.decrypt(place.read_bytes(), PHRASE)) == INSIDE


def test_a_new_key_can_be_bound_and_is_like_no_other():
    one, other = KeyFile.generate(), KeyFile.generate()
    check_public(one.signing.algorithm, one.signing.public)
    assert len({one.signing.public, other.signing.public}) == 2
    assert len({one.recipient, other.recipient}) == 2
    assert one.receiving.startswith("AGE-SECRET-KEY-1")


def test_it_shows_nothing_of_itself_in_a_log():
    assert repr(KEY) == "KeyFile(origin='union.example', person='aeaqcaibaeaqcaibaeaqcaibae')"


def test_only_its_owner_can_read_it_whatever_the_umask_says(place):
    before = os.umask(0)
    try:
        write(place, KEY, phrase, work=4)
    finally:
        os.umask(before)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_nothing_is_overwritten_and_nobody_is_asked_then(laid, tmp_path):
    place = laid(b"what was there")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for there in (place, tmp_path / "link", tmp_path):
        with pytest.raises(KeyFileError, match="is there already, and a key is never overwritten"):
            write(there, KEY, never)
    assert place.read_bytes() == b"what was there"
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_comes_while_the_passphrase_is_typed_is_not_overwritten(place):
    def slowly():
        place.write_bytes(b"came first")
        return PHRASE

    with pytest.raises(KeyFileError, match="is there already"):
        write(place, KEY, slowly, work=4)
    assert place.read_bytes() == b"came first"


def test_where_there_is_no_such_folder_there_is_no_key(tmp_path):
    with pytest.raises(KeyFileError, match=r"could not be written: No such file or directory\. There is no key\."):
        write(tmp_path / "none/ada.key", KEY, phrase, work=4)


@pytest.mark.parametrize("trouble", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_no_half_of_a_key_stays_behind(place, monkeypatch, trouble):
    def full(_place):
        raise trouble

    monkeypatch.setattr("frombelow.files.os.fsync", full)
    with pytest.raises((KeyFileError, KeyboardInterrupt)) as told:
        write(place, KEY, phrase, work=4)
    assert isinstance(told.value, KeyboardInterrupt) or "No space left on device. There is no key." in str(told.value)
    assert not place.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o610, 0o777])
def test_a_key_that_others_may_read_is_not_taken(laid, mode):
    place = laid(sealed(json.dumps(INSIDE).encode()))
    place.chmod(mode)
    assert f"chmod 600 {place}" in why_not(place, never)


def test_a_key_without_the_right_to_write_it_is_taken(laid):
    place = laid(sealed(json.dumps(INSIDE).encode()))
    place.chmod(0o400)
    assert read(place, phrase) == KEY


def test_another_passphrase_does_not_open_it(laid):
    place = laid(sealed(json.dumps(INSIDE).encode(), "another one entirely"))
    assert "This passphrase does not open" in why_not(place)


def test_a_damaged_file_is_told(laid):
    raw = sealed(json.dumps(INSIDE).encode())
    for place in range(len(raw) - 200, len(raw), 23):
        laid(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        assert "is damaged" in why_not(laid(raw[:place]))
    assert "is damaged" in why_not(laid(raw + b"more"))


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", json.dumps(INSIDE).encode(), b"x" * (MOST + 1), b"age-encryption.org/v1\n" + b"x" * MOST, b"PK\3\4"],
)
def test_what_is_no_key_file_is_told_before_anybody_is_asked(laid, data):
    assert "is no key file" in why_not(laid(data), never)


def test_a_file_sealed_to_a_person_is_no_key_file(laid):
    assert "not with a passphrase" in why_not(laid(b"age-encryption.org/v1\n-> X25519 AAAA\nBBBB\n--- CCCC\n"))


def test_a_file_that_is_not_there_is_told(place, tmp_path):
    assert "could not be read: No such file or directory" in why_not(place, never)
    assert "no plain file" in why_not(tmp_path, never)
    os.mkfifo(place, 0o600)
    assert "no plain file" in why_not(place, never)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"v": 2}, "a key file of version 2; this program reads version 1"),
        ({"v": 2, "kind": "ring", "keys": []}, "a key file of version 2; this program reads version 1"),
        ({"v": "1"}, "Expected `int`, got `str` - at `$.v`"),
        ({"kind": "card"}, "Invalid enum value 'card' - at `$.kind`"),
        ({"algorithm": "p256"}, "Invalid enum value 'p256' - at `$.algorithm`"),
        ({"note": "for later"}, "unknown field `note`"),
        ({"seed": 7}, "Expected `str`, got `int` - at `$.seed`"),
        ({"seed": to_text(bytes(31))}, "not 32 bytes in base64url"),
        ({"receiving": to_text(bytes(33))}, "not 32 bytes in base64url"),
        ({"receiving": to_text(bytes(32)) + "="}, "not 32 bytes in base64url"),
        ({"person": None}, "Expected `str`, got `null` - at `$.person`"),
    ],
)
def test_a_file_that_opens_and_holds_something_else_is_told(laid, change, words):
    place = laid(sealed(json.dumps(INSIDE | change).encode()))
    assert words in why_not(place)
    assert INSIDE["seed"] not in why_not(place)


@pytest.mark.parametrize("field", INSIDE)
def test_a_file_without_one_of_its_fields_is_told(laid, field):
    place = laid(sealed(json.dumps({k: v for k, v in INSIDE.items() if k != field}).encode()))
    assert f"missing required field `{field}`" in why_not(place)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"\xff", b'{"v":1,"kind":"\xff"}', b'"\xff"', b'{"v":1,"x":' + b"[" * 3000]
)
def test_a_file_that_opens_and_holds_no_json_is_told(laid, data):
    assert "there is no key in it that this program knows" in why_not(laid(sealed(data)))
