"""Bech32 (BIP-173): bytes as text with a checksum, as the age format spells keys."""

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, raw: bytes) -> str:
    """The bytes after the prefix, a 1 between them, six letters of checksum behind. All in lower case."""
    digits = _in_fives(raw)
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    rest = _remainder([*spread, *digits, 0, 0, 0, 0, 0, 0]) ^ 1
    checksum = [rest >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(_LETTERS[digit] for digit in (*digits, *checksum))}"


def decode(prefix: str, text: str) -> bytes:
    """The bytes of a text in lower case that `encode` writes so. Raises ValueError for any other."""
    digits = [_LETTERS.find(letter) for letter in text[len(prefix) + 1 : -6]]
    number, filled = 0, 5 * len(digits) % 8
    for digit in digits:
        number = number << 5 | digit
    raw = (max(number, 0) >> filled).to_bytes(5 * len(digits) // 8)
    if encode(prefix, raw) != text:
        raise ValueError(f"“{text}” is not spelled as Bech32 after “{prefix}”")
    return raw


def _in_fives(raw: bytes) -> list[int]:
    """The bits in groups of five, the last filled up with zeros."""
    count = -(-8 * len(raw) // 5)
    number = int.from_bytes(raw) << 5 * count - 8 * len(raw)
    return [number >> 5 * (count - 1 - place) & 31 for place in range(count)]


def _remainder(digits: list[int]) -> int:
    found = 1
    for digit in digits:
        top = found >> 25
        found = (found & 0x1FFFFFF) << 5 ^ digit
        for place, term in enumerate(_GENERATOR):
            if top >> place & 1:
                found ^= term
    return found
