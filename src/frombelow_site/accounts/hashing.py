"""What is kept in place of a code: a hash that only this server's secret can make; and secrets, sealed with it."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what is mistaken on paper: 0 O 1 I


def keyed(purpose: str, value: str) -> str:
    """64 hexadecimal digits that say nothing about the value without the server's secret."""
    return salted_hmac(f"frombelow accounts {purpose}", value, algorithm="sha256").hexdigest()


def seal(secret: str) -> str:
    """The secret in a form that only this server's secret opens."""
    return _fernet().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """The secret; "" if it was sealed with another server's secret."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def _fernet() -> Fernet:
    key = salted_hmac("frombelow accounts seal", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
