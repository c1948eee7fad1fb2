"""The host names that the site answers to, as whoever runs it writes them down. Needs no Django: settings ask."""

import re
from urllib.parse import urlsplit

import idna

HERE = ("localhost", "127.0.0.1", "[::1]")  # this machine alone
_NAME = re.compile(r"\*|\.?[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*\.?|\[[0-9a-f:.]+\]")
_SIX = re.compile(r"[0-9a-f]*:[0-9a-f:.]*:[0-9a-f.]*")
_SCHEME = re.compile(r"\A(?:(?:[a-z][a-z0-9+.-]*:)?//|[a-z][a-z0-9+.-]*:/)")
_PORT = re.compile(r":[0-9]*\Z")
BELOW = "Where the site lies below another, at {path}, say that in FROMBELOW_ADDRESS: https://{host}{path}."
_BELOW = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")


class HostError(ValueError):
    """What is said of the hosts cannot be so; the text says why and what to write."""


def hosts_of(said: str) -> list[str]:
    """The hosts in FROMBELOW_HOSTS, with commas between, as a browser sends them: without blanks, in small letters,
    IPv6 in brackets. Raises HostError for one with a scheme, a port or a path.

    >>> hosts_of("a.example, B.example,::1, ñandú.example")
    ['a.example', 'b.example', '[::1]', 'xn--and-6ma2c.example']
    """
    return [_host(part) for each in said.split(",") if (part := each.strip().lower())] or list(HERE)


def _host(said: str) -> str:
    bare, path = _parted(said)
    host = _named(bare)
    if not host:
        raise HostError(f"FROMBELOW_HOSTS: “{said}” is no host name.")
    below = f" {BELOW.format(path=path, host=host)}" if path else ""
    if bare != said:
        what = "names without ports" if said.startswith(bare) and not below else "names alone"
        raise HostError(f"FROMBELOW_HOSTS holds {what}: write “{host}”, not “{said}”.{below}")
    return host


def _parted(said: str) -> tuple[str, str]:
    """What may be a host, without scheme and port, and the path behind it."""
    rest = _SCHEME.sub("", said)
    bare, slash, path = rest.partition("/")
    return bare if _SIX.fullmatch(bare) else _PORT.sub("", bare), (slash + path).rstrip("/")


def _named(said: str) -> str:
    """The host as a browser sends it, which is without a dot at its end; "" where this is none."""
    host = f"[{said}]" if _SIX.fullmatch(said) else said
    try:
        host = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return ""
    return host.removesuffix(".") if _NAME.fullmatch(host) else ""


def check_address(said: str) -> tuple[str, str]:
    """FROMBELOW_ADDRESS, if it is the address of a site: that of its host, and the path below which the site lies
    there, "" for one with a host of its own. Raises HostError.

    >>> check_address("https://union.example/"), check_address("https://example.org/union/")
    (('https://union.example', ''), ('https://example.org', '/union'))
    """
    address = said.strip()
    try:
        parts = urlsplit(address)
        host, _port = _named(_parted(parts.netloc.lower())[0]), parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    whole = parts.scheme in ("http", "https") and host and host[0] not in ".*" and not (parts.query or parts.fragment)
    if address and not whole:
        raise HostError(f"FROMBELOW_ADDRESS is an address such as https://union.example.org, not “{said}”.")
    path = parts.path.rstrip("/")
    if not _BELOW.fullmatch(path) or {".", ".."} & set(path.split("/")):
        raise HostError(f"FROMBELOW_ADDRESS is “{said}”: a path has letters, figures and - . _ ~ between its slashes.")
    return address.rstrip("/").removesuffix(path), path
