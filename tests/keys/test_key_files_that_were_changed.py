"""Key files and passphrases that are none."""

import pytest

from frombelow.keys.files import KeyFile, KeyFileError, read, write

WORDS = "correct horse battery staple"


@pytest.mark.parametrize("work", [b"0", b"00", b"1"])
def test_a_key_file_whose_work_factor_was_changed_is_told_in_a_sentence(tmp_path, work):
    place = tmp_path / "a.key"
    write(place, KeyFile.generate(), lambda: WORDS, work=10)
    head, rest = place.read_bytes().split(b" 10\n", 1)
    place.write_bytes(head + b" " + work + b"\n" + rest)
    with pytest.raises(KeyFileError):
        read(place, lambda: WORDS)


def test_a_passphrase_that_is_no_text_is_told_in_a_sentence(tmp_path):
    """As os.environ gives it where FROMBELOW_KEY_PASSPHRASE holds bytes that are no UTF-8."""
    place = tmp_path / "a.key"
    write(place, KeyFile.generate(), lambda: WORDS, work=10)
    with pytest.raises(KeyFileError):
        read(place, lambda: "\udcff\udcfe abcdefghijkl")
    with pytest.raises(KeyFileError):
        write(tmp_path / "b.key", KeyFile.generate(), lambda: "\udcff\udcfe abcdefghijkl", work=10)
