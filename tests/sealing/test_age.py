"""The age format: what goes in comes out, and nothing that was changed does. pyrage reads and writes the same."""

import io

import pytest

from frombelow.sealing import age

PHRASE = "four words are enough"


def sealed(data, work=4):
    sink = io.BytesIO()
    writer = age.Writer(sink, PHRASE, work)
    for start in range(0, len(data), 50_000):
        writer.write(data[start : start + 50_000])
    writer.finish()
    return sink.getvalue()


def opened(raw, phrase=PHRASE):
    reader = age.Reader(io.BytesIO(raw), phrase)
    return b"".join(iter(lambda: reader.read(10_000), b""))


@pytest.mark.parametrize("size", [0, 1, age.CHUNK - 1, age.CHUNK, age.CHUNK + 1, 2 * age.CHUNK, 200_000])
def test_what_goes_in_comes_out(size):
    data = bytes(n % 251 for n in range(size))
    assert opened(sealed(data)) == data


@pytest.mark.checker
@pytest.mark.parametrize("size", [0, 1, age.CHUNK, 200_000])
def test_another_age_program_opens_what_is_written_here_and_the_reverse(size):
    pyrage = pytest.importorskip("pyrage")
    data = bytes(n % 251 for n in range(size))
    assert pyrage.passphrase.decrypt(sealed(data), PHRASE) == data
    assert opened(pyrage.passphrase.encrypt(data, PHRASE)) == data


def test_another_passphrase_does_not_open_it():
    with pytest.raises(age.WrongPassphraseError):
        opened(sealed(b"names"), "four words are Enough")


@pytest.mark.parametrize("data", [b"", b"short", b"x" * age.CHUNK, b"x" * (2 * age.CHUNK + 7)])
def test_no_bit_of_it_can_be_changed(data):
    raw = sealed(data)
    for place in {*range(len(raw) - 300, len(raw), 17), *range(0, 250, 3), len(raw) // 2} & set(range(len(raw))):
        changed = bytearray(raw)
        changed[place] ^= 1
        with pytest.raises(age.SealError):
            opened(bytes(changed))


@pytest.mark.parametrize("rest", [0, 1, 30, 100, 160, 200, 70_000, age.CHUNK + 16 + 200])
def test_a_file_that_was_cut_off_is_told(rest):
    raw = sealed(b"x" * (2 * age.CHUNK + 7))
    with pytest.raises(age.SealError):
        opened(raw[:rest])


def test_a_file_cut_between_two_chunks_is_told_as_cut():
    raw = sealed(b"x" * (2 * age.CHUNK + 7))
    with pytest.raises(age.CutOffError):
        opened(raw[: len(raw) - 7 - 16])


def test_nothing_can_be_put_behind_it():
    with pytest.raises(age.DamagedError):
        opened(sealed(b"names") + b"more")


@pytest.mark.parametrize("work", [b"21", b"30", b"99", b"-1", b"1000000000"])
def test_a_file_that_asks_for_all_the_memory_is_not_tried(work):
    with pytest.raises(age.DamagedError):
        opened(sealed(b"names").replace(b" 4\n", b" " + work + b"\n", 1))


def test_a_file_for_a_key_instead_of_a_passphrase_is_told():
    raw = b"age-encryption.org/v1\n-> X25519 AAAA\nBBBB\n--- CCCC\n"
    with pytest.raises(age.NotSealedError):
        opened(raw)


def test_two_files_of_the_same_have_nothing_in_common():
    assert sealed(b"names")[-30:] != sealed(b"names")[-30:]
