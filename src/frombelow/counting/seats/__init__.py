"""Seats to lists, parties or branches by their votes or members, with minimums and caps (delegates for each branch)."""

from .lists import Lists, lists_of

__all__ = ["Lists", "lists_of"]
