"""Public randomness of drand: a value that a group of organizations signs together every few seconds, and that nobody
knows before. Checked against the chain's public key, without asking anybody.

Scheme: bls-unchained-g1-rfc9380, BLS signatures on G1 of BLS12-381 over the SHA-256 of the round.
"""

from dataclasses import dataclass
from hashlib import sha256

import msgspec

from .formats import Drand, Round
from .hashing import eight
from .sentences import DrawError

SIGNATURE = 96  # letters
_DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of the beacon: its hash, its key, when its first round was, and how many seconds lie between two."""

    name: str
    hash: str
    public: str
    genesis: int
    period: int


QUICKNET = Chain(
    "quicknet",
    "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
    1_692_803_367,
    3,
)


def time_of(round_number: int, chain: Chain = QUICKNET) -> int:
    """The second at which this round is there."""
    return chain.genesis + (round_number - 1) * chain.period


def round_after(moment: int, chain: Chain = QUICKNET) -> int:
    """The first round that is there after this second, and not at it."""
    return max(0, moment - chain.genesis) // chain.period + 2 if moment >= chain.genesis else 1


class Published(msgspec.Struct):
    """A round as drand's servers publish it."""

    round: int
    signature: str
    previous_signature: str | None = None
    chain_hash: str = ""

    @property
    def chain(self) -> str:
        """The chain that it is of, as far as it shows; "" for another one than quicknet, which signs without the
        signature before, and in so many letters."""
        if self.chain_hash:
            return self.chain_hash
        return "" if self.previous_signature is not None or len(self.signature) != SIGNATURE else QUICKNET.hash


def read_published(text: str | bytes) -> Published:
    """The round in this JSON. Raises ValueError where it is none."""
    try:
        return msgspec.json.decode(text, type=Published)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None


def check_round(source: Drand, value: Round, where: str, chain: Chain = QUICKNET) -> None:
    """The value is what the chain said in the very round that was fixed. Raises DrawError where it is not."""
    if source.chain != chain.hash:
        raise DrawError("beacon-unknown", where, chain=source.chain[:16])
    if value.chain != source.chain:
        raise DrawError("beacon-other-chain", where, chain=value.chain[:16])
    if value.round != source.round:
        raise DrawError("beacon-other-round", where, wanted=source.round, found=value.round)
    if not _signed(chain, value):
        raise DrawError("beacon-signature", where, round=value.round)


def _signed(chain: Chain, value: Round) -> bool:
    """Whether the chain's key made this signature, in its one spelling, over this round."""
    from py_arkworks_bls12381 import GT, G1Point, G2Point  # for a draw by a beacon alone

    spelled = bytes.fromhex(value.signature)
    try:
        signature = G1Point.from_compressed_bytes(spelled)
        public = G2Point.from_compressed_bytes(bytes.fromhex(chain.public))
    except ValueError:
        return False
    # The library takes several spellings of the point at infinity, which signs nothing.
    if signature == G1Point.identity() or signature.to_compressed_bytes() != spelled:
        return False
    over = G1Point.hash_to_curve(sha256(eight(value.round)).digest(), _DOMAIN)
    return GT.pairing_check([signature, -over], [G2Point(), public])
