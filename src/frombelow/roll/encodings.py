"""From bytes to text: what people's spreadsheets write, and a plain refusal of what is not text."""

import codecs
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import BinaryIO, NamedTuple, TextIO

from ..spreadsheets import OLE
from .bounds import BYTES
from .sentences import RollError

Opener = Callable[[], BinaryIO]
"""Opens the file anew, at its beginning."""

UTF8 = "UTF-8"
DAMAGED_UTF8 = "UTF-8 with damaged letters"
UTF16_LE = "UTF-16 LE"
UTF16_BE = "UTF-16 BE"
WINDOWS_1252 = "Windows-1252"

# What people's spreadsheets save lists in; in this order a page offers them.
CODECS = {
    UTF8: "utf-8-sig", WINDOWS_1252: "cp1252", "Windows-1250": "cp1250", "Windows-1251": "cp1251",
    "Windows-1253": "cp1253", "Windows-1254": "cp1254", "Windows-1256": "cp1256", "Mac Roman": "mac_roman",
    "ISO 8859-15": "iso8859-15", "GB 18030": "gb18030", "Big5": "big5", "Shift JIS": "cp932", "EUC-KR": "cp949",
    UTF16_LE: "utf-16-le", UTF16_BE: "utf-16-be",
}  # fmt: skip
_LETTER = r"[^\W\d_]"
_WRONG = re.compile(
    # UTF-8 read as Windows-1252; signs within words; letters that no language has so many of in a row.
    r"[ÂÃÄÅÐÑ][\x80-\xbf€‚„…†‡ˆ‰‹‘’“”•–—˜™›œžŸ]"
    rf"|{_LETTER}[ƒ£¤¥¦§¨©¬®¯°±²³µ¶¸¹»¼½¾¿¡¢×÷‰†‡•™€„…ˆ˜‹›]|(?<!\w)[ƒ£¤¥¦§©¬®°±²³¹¼½¾×÷‰†‡™€ˆ˜]{_LETTER}"
    r"|[À-ÖØ-öø-ÿ]{3}|[a-zà-ÿ]Ÿ|Ÿ[a-z]"
)
_MAC = re.compile(rf"{_LETTER}[ŠŽšž]|[ŠŽšž]{_LETTER}")  # ö, é as a Mac writes them, read as Windows-1252
_LOST = re.compile(rf"{_LETTER}\?{_LETTER}|(?<!\S)\?{_LETTER}{{2}}")

BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"SQLite format 3\x00", b"\x7fELF")
HEAD = 4_096  # bytes
_WORDS = re.compile(rb"[A-Za-z]{0,20}[\x80-\xff][A-Za-z\x80-\xff]{1,20}")
SAMPLE, PART = 65_536, 1 << 20  # characters
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class Text(NamedTuple):
    """A file that can be read as text, from its beginning and as often as one likes, never the whole of it at once."""

    opened: Opener
    encoding: str  # as a page shows it
    codec: str
    errors: str = "strict"
    mark: int = 0  # bytes before the text

    def read(self) -> TextIO:
        """The text from its beginning, with its line ends as they are. Close it."""
        file = self.opened()
        file.seek(self.mark)
        return io.TextIOWrapper(file, self.codec, self.errors, newline="")


def decode(raw: bytes) -> str:
    """The text of the file, without a byte order mark.

    Raises RollError if the file is empty, is not text, or breaks the encoding that its first bytes announce.
    """
    return decode_and_name(raw)[0]


def decode_and_name(raw: bytes) -> tuple[str, str]:
    """The text of the file, and the name of the encoding it was read as, so that a page can show it."""
    text = text_of(lambda: io.BytesIO(raw))
    with text.read() as stream:
        return stream.read(), text.encoding


def looks_wrong(text: str, encoding: str) -> str:
    """What is to be said of these letters, as a key of SENTENCES; "" where nothing is."""
    if text.isascii():
        return "letter looks lost" if "?" in text and _LOST.search(text) else ""
    if _WRONG.search(text) or (encoding == WINDOWS_1252 and _MAC.search(text) and not re.search("[À-ÿ]", text)):
        return "letters look wrong"
    return "letter looks lost" if "?" in text and _LOST.search(text) else ""


def readings(text: Text) -> dict[str, str]:
    """How a few words of the file read in each encoding of one byte a sign that they can have; of encodings that read
    them alike, the first. The one in which the file is read comes before the others, and then those in which all are
    words."""
    among = dict.fromkeys(chain.from_iterable(map(_WORDS.findall, islice(_parts(text.opened), 4))))
    words, found = list(islice(among, 3)), dict[str, str]()
    for name in (text.encoding, *CODECS):
        try:
            read = [word.decode(CODECS[name], text.errors if name == text.encoding else "strict") for word in words]
        except UnicodeDecodeError:
            continue
        if all(len(one) == len(word) and one.isprintable() for one, word in zip(read, words, strict=True)):
            found.setdefault(", ".join(read), name)
    told = [(name, read) for read, name in found.items() if read]
    return dict([*told[:1], *sorted(told[1:], key=lambda each: not _are_words(each[1]))])


def _are_words(read: str) -> bool:
    """Whether each of these is of letters, and of one alphabet."""
    words = read.split(", ")
    return all(
        word.isalpha() and len({unicodedata.name(sign, "").split(" ")[0] for sign in word}) == 1 for word in words
    )


def _parts(opened: Opener) -> Iterator[bytes]:
    with opened() as file:
        yield from iter(lambda: file.read(PART), b"")


def text_of(opened: Opener, encoding: str = "") -> Text:
    """The file as text, in this encoding if one is given; all of it was looked at, and none of it is held. Raises
    RollError as ``decode`` does."""
    with opened() as file:
        head = file.read(HEAD)
        if file.seek(0, io.SEEK_END) > BYTES:
            raise RollError("file too large", limit=BYTES // 1_000_000)
    refuse_binary(head)
    text = _chosen(opened, encoding) if encoding else _announced(opened, head) or _guessed(opened, head)
    with text.read() as stream:
        sample = stream.read(SAMPLE)
        if not sample.strip() and not any(part.strip() for part in iter(lambda: stream.read(PART), "")):
            raise RollError("file empty")
    controls = len(CONTROLS.findall(sample))
    # A stray NUL is for the verdict on its row; a file full of control characters is not a list of people.
    if controls > 3 and controls * 20 > len(sample):
        raise RollError("file is binary")
    return text


def refuse_binary(head: bytes) -> None:
    """Return if a file that begins so may be text. Raises RollError."""
    if head.startswith(OLE):
        raise RollError("spreadsheet old")
    if head.startswith(BINARY):
        raise RollError("file is binary")


def _chosen(opened: Opener, encoding: str) -> Text:
    """What somebody says that it is."""
    known = {name.casefold(): name for name in CODECS}
    name = known.get(encoding.strip().casefold(), "")
    if not name:
        raise RollError("encoding unknown", encoding=encoding, encodings=", ".join(CODECS))
    text = Text(opened, name, CODECS[name])
    if not _decodes(text):
        raise RollError("encoding does not fit", encoding=name)
    return text


def _announced(opened: Opener, head: bytes) -> Text | None:
    """What the byte order mark says, or None without one."""
    for mark, codec, name in (
        (codecs.BOM_UTF8, "utf-8", UTF8),
        (codecs.BOM_UTF16_LE, "utf-16-le", UTF16_LE),
        (codecs.BOM_UTF16_BE, "utf-16-be", UTF16_BE),
    ):
        if head.startswith(mark):
            text = Text(opened, name, codec, mark=len(mark))
            if not _decodes(text):
                raise RollError("file breaks its encoding", encoding=name)
            return text
    return None


def _guessed(opened: Opener, head: bytes) -> Text:
    """UTF-16 if every second byte is mostly NUL, else UTF-8, else Windows-1252, which cannot fail."""
    wide = _wide(head)
    codec = {UTF16_LE: "utf-16-le", UTF16_BE: "utf-16-be"}.get(wide, "utf-8")
    text = Text(opened, wide or UTF8, codec)
    if _decodes(text):
        return text
    with opened() as file:
        if any(b"\x00" in part for part in iter(lambda: file.read(PART), b"")):
            raise RollError("file is binary")
    # One broken byte must not turn every accent in a UTF-8 file into two wrong letters.
    damaged = Text(opened, DAMAGED_UTF8, "utf-8", "replace")
    lost = kept = 0
    with damaged.read() as stream:
        for part in iter(lambda: stream.read(PART), ""):
            lost += part.count("�")
            kept += sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", part))
    return damaged if kept > 10 * lost else Text(opened, WINDOWS_1252, "cp1252", "replace")


def _decodes(text: Text) -> bool:
    with text.read() as stream:
        try:
            return all(iter(lambda: stream.read(PART), ""))
        except UnicodeDecodeError:
            return False


def _wide(sample: bytes) -> str:
    """The UTF-16 that the pattern of NUL bytes shows, or an empty text."""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.3 * half and even <= 0.02 * half:
        return UTF16_LE
    if even > 0.3 * half and odd <= 0.02 * half:
        return UTF16_BE
    return ""
