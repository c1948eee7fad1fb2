"""What is kept in place of a code: a hash that only this server's secret can make."""

from django.utils.crypto import salted_hmac

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what is mistaken on paper: 0 O 1 I


def keyed(purpose: str, value: str) -> str:
    """64 hexadecimal digits that say nothing about the value without the server's secret."""
    return salted_hmac(f"frombelow accounts {purpose}", value, algorithm="sha256").hexdigest()
