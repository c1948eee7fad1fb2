"""At which address people reach this site: letters link to it, also those about what came in without a request."""

from django.conf import settings

_seen = ""


def saw(address: str) -> None:
    """Somebody reached the site at this address, which the settings allow: "https://union.example"."""
    global _seen
    _seen = address


def here() -> str:
    """Where the site was reached last; before anybody came, where the settings say that it stands."""
    if _seen:
        return _seen
    host = next((host for host in settings.ALLOWED_HOSTS if host not in ("*", "localhost", "127.0.0.1", "[::1]")), "")
    return f"{'https' if settings.HTTPS else 'http'}://{host or 'localhost'}"
