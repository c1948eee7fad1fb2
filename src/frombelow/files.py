"""Files that somebody else made: opened if they are plain files, never ones that wait for somebody or have no end; and
read in a process that has bounds. And files with a secret in them, for their owner alone."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # to open a pipe waits for who writes into it


def open_plain(path: Path | str) -> BinaryIO:
    """The file, to be read. Raises OSError, also for a folder, a pipe or a device."""
    place = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        if not stat.S_ISREG(os.fstat(place).st_mode):
            raise OSError(errno.EINVAL, "this is no plain file", str(path))
        return os.fdopen(place, "rb")
    except BaseException:
        os.close(place)
        raise


def read_plain(path: Path | str, most: int) -> bytes:
    """The whole file. Raises OSError, also where it has more bytes than ``most``, before they are read."""
    with open_plain(path) as file:
        if os.fstat(file.fileno()).st_size <= most and len(data := file.read(most + 1)) <= most:
            return data
    raise OSError(errno.EFBIG, f"it has more than {most:,} bytes", str(path))


def write_secret(path: Path | str, data: bytes) -> None:
    """A new file with these bytes, that its owner alone can read, is on the disk. Raises OSError (FileExistsError where
    something is there already, also a link to nowhere); where it cannot be written to its end, none stays behind."""
    place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(place, "wb") as sink:
            sink.write(data)
            sink.flush()
            os.fsync(sink.fileno())
    except BaseException:
        os.unlink(path)
        raise


def bound_process(seconds: int, megabytes: int) -> None:
    """The system ends this process, or refuses it memory, where it goes beyond; where it cannot, whoever started it
    has to end it in time."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, megabytes * 1_000_000),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
