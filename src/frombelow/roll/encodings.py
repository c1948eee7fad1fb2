"""From bytes to text: what people's spreadsheets write, and a plain refusal of what is not text."""

import codecs
import re

from .sentences import RollError

UTF8 = "UTF-8"
DAMAGED_UTF8 = "UTF-8 with damaged letters"
UTF16_LE = "UTF-16 LE"
UTF16_BE = "UTF-16 BE"
WINDOWS_1252 = "Windows-1252"

SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"SQLite format 3\x00", b"\x7fELF")
SAMPLE = 65_536
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(raw: bytes) -> str:
    """The text of the file, without a byte order mark.

    Raises RollError if the file is empty, is not text, or breaks the encoding that its first bytes announce.
    """
    return decode_and_name(raw)[0]


def decode_and_name(raw: bytes) -> tuple[str, str]:
    """The text of the file, and the name of the encoding it was read as, so that a page can show it."""
    if raw.startswith(SPREADSHEETS):
        raise RollError("file is a spreadsheet")
    if raw.startswith(BINARY):
        raise RollError("file is binary")
    text, encoding = _announced(raw) or _guessed(raw)
    if not text.strip():
        raise RollError("file empty")
    sample = text[:SAMPLE]
    controls = len(CONTROLS.findall(sample))
    # A stray NUL is for the verdict on its row; a file full of control characters is not a list of people.
    if controls > 3 and controls * 20 > len(sample):
        raise RollError("file is binary")
    return text, encoding


def _announced(raw: bytes) -> tuple[str, str] | None:
    """What the byte order mark says, or None without one."""
    for mark, codec, name in (
        (codecs.BOM_UTF8, "utf-8", UTF8),
        (codecs.BOM_UTF16_LE, "utf-16-le", UTF16_LE),
        (codecs.BOM_UTF16_BE, "utf-16-be", UTF16_BE),
    ):
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(codec), name
            except UnicodeDecodeError as error:
                raise RollError("file breaks its encoding", encoding=name) from error
    return None


def _guessed(raw: bytes) -> tuple[str, str]:
    """UTF-16 if every second byte is mostly NUL, else UTF-8, else Windows-1252, which cannot fail."""
    wide = _wide(raw[:4096])
    try:
        if wide:
            return raw.decode("utf-16-le" if wide == UTF16_LE else "utf-16-be"), wide
        return raw.decode("utf-8"), UTF8
    except UnicodeDecodeError as error:
        if b"\x00" in raw:
            raise RollError("file is binary") from error
    # One broken byte must not turn every accent in a UTF-8 file into two wrong letters.
    text = raw.decode("utf-8", "replace")
    lost = text.count("�")
    kept = sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", text))
    if kept > 10 * lost:
        return text, DAMAGED_UTF8
    return raw.decode("cp1252", "replace"), WINDOWS_1252


def _wide(sample: bytes) -> str:
    """The UTF-16 that the pattern of NUL bytes shows, or an empty text."""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.3 * half and even <= 0.02 * half:
        return UTF16_LE
    if even > 0.3 * half and odd <= 0.02 * half:
        return UTF16_BE
    return ""
