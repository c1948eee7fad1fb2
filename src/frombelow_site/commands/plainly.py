"""A command that meets a disk or a database that is full, locked or gone says so in two sentences."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from .folder import stop


def plainly(command: Callable[..., None]) -> Callable[..., None]:
    """The command; where nothing can be stored or read it says what is wrong, with which file, and ends with 1."""

    @wraps(command)
    def told(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except Exception as error:
            if (said := what_is_wrong(error)) is None:
                raise
            stop(said, 1)

    return told


def what_is_wrong(error: BaseException) -> str | None:
    """What to say where it is the disk or the database; None where it is something else."""
    from django.conf import settings

    if not settings.configured:
        return f"{error.filename or 'The disk'}: {error.strerror}." if isinstance(error, OSError) else None
    from frombelow_site.door.storage import fault

    found = fault(error)
    return f"{found.what} {found.do}" if found else None
