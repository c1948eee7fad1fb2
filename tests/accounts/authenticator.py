"""A device that keeps passkeys, in thirty lines: it signs what it is asked, or what a test has it lie about."""

import json
import struct
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData

from frombelow.keys import challenge, sign_in_bytes, to_text

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Device:
    def __init__(self, credential=b"credential of a test", *, origin="http://localhost", verifies=True, counts=True):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.origin, self.verifies, self.counts = credential, origin, verifies, counts
        self.signed, self.handle, self.host = 0, None, "localhost"

    def make(self, options):
        """The answer to a request to make a passkey."""
        self.handle = options["user"]["id"]
        cose = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(bytes(16), self.id, cose)
        about = self._about(ATTESTED) + made
        attestation = AttestationObject(cbor.encode({"fmt": "none", "attStmt": {}, "authData": about}))
        said = self._said("webauthn.create", options)
        return self._answer(clientDataJSON=said, attestationObject=bytes(attestation))

    def use(self, options):
        """The answer to a request to sign in."""
        self.signed += self.counts
        about, said = self._about(0), self._said("webauthn.get", options)
        signature = self.key.sign(about + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {"clientDataJSON": said, "authenticatorData": about, "signature": signature}
        return self._answer(**answer, **({"userHandle": self.handle} if self.handle else {}))

    def _about(self, flags):
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.signed)

    def _said(self, kind, options):
        asked = options["challenge"]
        if "record" in options:  # to sign in, as the page's script does
            asked = to_text(challenge(sign_in_bytes(options["record"], asked)))
        said = {"type": kind, "challenge": asked, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, **response):
        plain = {key: value if isinstance(value, str) else websafe_encode(value) for key, value in response.items()}
        name = websafe_encode(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": plain})
