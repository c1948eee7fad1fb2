"""A card: sixteen bytes drawn where the person is, printed or saved, never sent. All keys of the card follow from them,
so that twelve words are enough to have them again on any device, at any server.

What follows is HKDF-SHA-256 with the salt ``frombelow/card/1`` and the key's name as info: vectors stand in
``tests/vectors/cards.json``.
"""

from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ..sealing import age
from . import ballot_keys, card_words
from .ballot_keys import BallotKey
from .card_words import LANGUAGES, CardError
from .signing import Ed25519Key

__all__ = ["LANGUAGES", "SALT", "SEED", "Card", "CardError"]

SALT = b"frombelow/card/1"
SEED = card_words.SEED


@dataclass(frozen=True, slots=True)
class Card:
    """The card that is made of these sixteen bytes. Raises ValueError for any other length."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != SEED:
            raise ValueError(f"a card is made of {SEED} bytes, not {len(self.seed)}")

    @classmethod
    def read(cls, typed: str, origin: str = "") -> Self:
        """The card with these twelve words, or this line of text. Raises CardError, also where the line says that it is
        of another organization than the one whose record is called so."""
        return cls(card_words.read(typed, origin))

    def words(self, language: str = "en") -> tuple[str, ...]:
        """The card as twelve words. Raises ValueError where there is no list in this language."""
        return card_words.in_words(self.seed, language)

    @property
    def line(self) -> str:
        """The card as one line of text: what its QR code says."""
        return self.line_for("")

    def line_for(self, origin: str) -> str:
        """The card as one line of text that says for which organization's record it is."""
        return card_words.in_a_line(self.seed, origin)

    @property
    def signing(self) -> Ed25519Key:
        """The key that seals acts."""
        return Ed25519Key.from_seed(self._derived("signing", 32))

    @property
    def receiving(self) -> str:
        """The age identity that opens what is sealed to the person."""
        return age.identity(self._derived("receiving", 32))

    @property
    def recipient(self) -> str:
        """What is sealed to this age recipient the card opens."""
        return age.recipient(self._derived("receiving", 32))

    @property
    def ballot(self) -> BallotKey:
        """The key that is the member's own part of a credential to vote in secret."""
        seed = self._derived("ballot", ballot_keys.SEED)
        return BallotKey.from_seed(seed, self._derived("ballot-proof", 32))

    def _derived(self, name: str, length: int) -> bytes:
        return HKDF(hashes.SHA256(), length=length, salt=SALT, info=name.encode()).derive(self.seed)
