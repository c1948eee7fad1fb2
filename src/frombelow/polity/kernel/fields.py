"""What the fields of acts can hold."""

from typing import Annotated, Literal

from msgspec import Meta

from ...signs import LINE
from .ids import PersonId

# Each pattern ends so that no line break stands after what it allows, as "$" alone would let one.
# SHA-256(salt || value), base64url. A kind that holds one says of what.
Commitment = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{43}$(?!\\n)", extra={"commits": True})]
Hash = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{43}$(?!\\n)")]  # SHA-256, base64url
# A name is what it looks like, on a page and on the terminal of whoever checks the record.
Title = Annotated[str, Meta(min_length=1, max_length=200, pattern=LINE)]
Number = Annotated[str, Meta(min_length=1, max_length=11)]  # of an article
Choice = Literal["yes", "no", "abstain"]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Day = Annotated[int, Meta(ge=1, le=3_287_182)]  # date.toordinal, up to the year 9000: room for every deadline after it
Moment = Annotated[int, Meta(ge=0, le=221_845_392_000)]  # seconds since 1970, UTC
People = tuple[tuple[PersonId, Commitment], ...]  # each an id and a commitment to a name
# What keys make, base64url: public keys and signatures (RSA of 4096 bits at most), and what a passkey signs beside.
Base64 = Annotated[str, Meta(min_length=1, max_length=700, pattern="^[A-Za-z0-9_-]*$(?!\\n)")]
Client = Annotated[str, Meta(min_length=1, max_length=1_400, pattern="^[A-Za-z0-9_-]*$(?!\\n)")]
Authenticator = Annotated[str, Meta(min_length=1, max_length=400, pattern="^[A-Za-z0-9_-]*$(?!\\n)")]
_HOST = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$(?!\n)"
# Of web addresses, as browsers write them: lower case, Punycode.
Host = Annotated[str, Meta(min_length=1, max_length=253, pattern=_HOST)]
Hosts = Annotated[tuple[Host, ...], Meta(max_length=10)]
# Of witnesses, in ASCII, so that they are what they look like: a key (C2SP signed-note), and where it is asked.
VerifierKey = Annotated[str, Meta(min_length=1, max_length=2_100, pattern=r"^[!-~]*$(?!\n)")]
WitnessAddress = Annotated[str, Meta(min_length=1, max_length=300, pattern=r"^[!-~]*$(?!\n)")]
