"""What every page shows: the organization's name, the rooms, who is signed in."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from frombelow.polity.members.state import Person
from frombelow_site import subject
from frombelow_site.door import the_door
from frombelow_site.ui import languages
from frombelow_site.ui.clock import now


def organization(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "person", None)
    rules = languages.of_the_rules()
    found: dict[str, Any] = {
        "organization": the_door().replica.polity.name, "person": person,
        "rules_language": "" if rules == get_language() else rules,
    }  # fmt: skip
    if person is not None and person.active:
        found["pressing"] = _pressing(request.path, person)
        found["rooms"] = rooms(request.path)
    return found


def _pressing(path: str, person: Person) -> subject.Need | None:
    """What every page says but the one that it leads to."""
    found = subject.pressing(the_door().replica.polity, person, now())
    return None if found and path == found.address else found


def rooms(path: str) -> list[dict[str, Any]]:
    """The entries of the navigation, and which of them the page is in."""
    found = []
    for room in subject.rooms():
        address = _address(room.view, get_script_prefix())
        here = path == address if room.view == "home:home" else path.startswith(address)
        found.append({"name": room.name, "address": address, "here": here, "exact": path == address})
    return found


@lru_cache(maxsize=64)
def _address(view: str, _below: str) -> str:
    return reverse(view)
