"""Every address of the site, and every page that a link leads to."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from django.urls import URLPattern, get_resolver

LINK = re.compile(rb'href="(/[^"#]*|\?[^"#]*)')
LEFT_OUT = ("/static/", "/enter/out/")  # files that are the same for everybody; what ends the walk


class Seen(NamedTuple):
    """What somebody was sent from an address; of an archive what is in it, too."""

    address: str
    answer: Any
    content: bytes


def content_of(answer) -> bytes:
    """All that an answer holds."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def unpacked(content: bytes) -> bytes:
    """What an archive holds, name by name; nothing where it is none."""
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())
    return b""


def seen_at(address: str, answer) -> Seen:
    content = content_of(answer)
    return Seen(address, answer, content + unpacked(content))


def walk(browser, most: int = 400, but: tuple[str, ...] = ()) -> Iterator[Seen]:
    """Whatever links and ways onward lead to from Home, each page once, but for addresses that begin with one of these.
    There are no more of them than ``most``: a walk that was cut short would find nothing in what it left out."""
    waiting, known = ["/"], {"/"}
    while waiting:
        address = waiting.pop(0)
        seen = seen_at(address, browser.get(address))
        yield seen
        for found in _onward(seen):
            if found not in known and not found.startswith((*LEFT_OUT, *but)):
                known.add(found)
                waiting.append(found)
        assert len(known) < most, "the walk does not come to its end"


def _onward(seen: Seen) -> Iterator[str]:
    if seen.answer.get("Location", "").startswith("/"):
        yield seen.answer["Location"]
    if seen.answer.get("Content-Type", "").startswith("text/html"):
        for link in LINK.findall(seen.content):
            found = link.decode().replace("&amp;", "&")
            yield seen.address.partition("?")[0] + found if found.startswith("?") else found


def addresses(ids: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each address of the site with the name of its view; what stands in it is taken from ``ids``, else 1."""
    yield from _addresses(get_resolver().url_patterns, "/", "", ids)


def _addresses(patterns, before: str, space: str, ids: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for each in patterns:
        place = before + str(each.pattern).lstrip("^")
        if isinstance(each, URLPattern):
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(ids.get(found[1], "1")), place)
            yield path, f"{space}{each.name}"
        else:
            yield from _addresses(each.url_patterns, place, f"{each.namespace}:" if each.namespace else space, ids)
