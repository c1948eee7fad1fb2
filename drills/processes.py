"""The command line, backups, upgrades and web servers before the site, each in processes of their own."""

from .apart import passes


def drill(_times: int) -> bool:
    """Whether all of it does what it says."""
    return passes("tests/commands", "tests/operations")
