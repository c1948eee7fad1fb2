"""At which address people reach this site: letters link to it, also those about what came in without a request."""

from django.conf import settings

_seen = ""


def saw(address: str) -> None:
    """Somebody reached the site at this address, which the settings allow: "https://union.example"."""
    global _seen
    _seen = address


def here() -> str:
    """At which host the settings say that people reach the site, to which a path of ours is added: whoever runs it
    comes another way, and letters to all must not lead there. Where they say nothing, where it listens, or where it was
    reached last."""
    if settings.ADDRESS:
        return str(settings.ADDRESS).rstrip("/")
    host = next((host for host in settings.ALLOWED_HOSTS if host not in ("*", "localhost", "127.0.0.1", "[::1]")), "")
    if host:
        return f"{'https' if settings.HTTPS else 'http'}://{host.lstrip('.')}"
    return settings.SERVED or _seen or "http://localhost"
