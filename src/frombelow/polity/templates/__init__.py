"""Rulebooks to start from."""

from importlib.resources import files

_HERE = files(__name__)


def templates() -> list[str]:
    """The names of the rulebooks to start from."""
    return sorted(place.name.removesuffix(".toml") for place in _HERE.iterdir() if place.name.endswith(".toml"))


def template(name: str, *, zone: str = "Etc/UTC", language: str = "en") -> str:
    """The text of a rulebook, for this time zone and language."""
    text = (_HERE / f"{name}.toml").read_text(encoding="utf-8")
    return text.replace('zone = "Etc/UTC"', f'zone = "{zone}"').replace('language = "en"', f'language = "{language}"')
