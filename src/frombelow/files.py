"""Files that somebody else made: opened if they are plain files, never ones that wait for somebody or have no end."""

import errno
import os
import stat
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
