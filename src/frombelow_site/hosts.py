"""The host names that the site answers to, as whoever runs it writes them down. Needs no Django: settings ask."""

import re
from urllib.parse import urlsplit

import idna

HERE = ("localhost", "127.0.0.1", "[::1]")  # this machine alone
_NAME = re.compile(r"\*|\.?[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*\.?|\[[0-9a-f:.]+\]")
_SIX = re.compile(r"[0-9a-f]*:[0-9a-f:.]*:[0-9a-f.]*")
OWN_HOST = "The site needs a host name of its own, such as union.example.org: it cannot lie below another, at {path}."


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
    if "://" in said or "/" in said:
        parts = urlsplit(said if "://" in said else f"//{said}")
        path = parts.path.rstrip("/")
        below = f" {OWN_HOST.format(path=path)}" if path else ""
        raise HostError(f"FROMBELOW_HOSTS holds names alone: write “{parts.netloc}”, not “{said}”.{below}")
    host = f"[{said}]" if _SIX.fullmatch(said) else said
    name, port, _digits = host.rpartition(":")
    if port and not host.endswith("]"):
        raise HostError(f"FROMBELOW_HOSTS holds names without ports: write “{name}”, not “{said}”.")
    try:
        host = host if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        host = ""
    if not _NAME.fullmatch(host):
        raise HostError(f"FROMBELOW_HOSTS: “{said}” is no host name.")
    return host


def check_address(said: str) -> str:
    """FROMBELOW_ADDRESS, if it is the address of a site, with a host of its own. Raises HostError."""
    parts = urlsplit(said.strip())
    if said and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise HostError(f"FROMBELOW_ADDRESS is an address such as https://union.example.org, not “{said}”.")
    if path := parts.path.strip("/"):
        raise HostError(f"FROMBELOW_ADDRESS is “{said}”. {OWN_HOST.format(path=f'/{path}/')}")
    return said.strip().rstrip("/")
