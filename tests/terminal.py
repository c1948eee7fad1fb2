"""A command at a terminal."""

import os
import pty
import subprocess
import sys
import time


def at_a_terminal(folder, typed, *arguments):
    """Runs the command at a terminal, at which somebody types; gives exit status and what the terminal showed."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FROMBELOW_")}
    child = subprocess.Popen(
        [sys.executable, "-m", "frombelow", *map(str, arguments)], cwd=folder, env=environment,
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    end = time.monotonic() + 60
    for line in typed:
        while not shown.rstrip().endswith(b":") and time.monotonic() < end:
            shown += os.read(ours, 1000)
        time.sleep(0.2)  # until it listens without an echo
        os.write(ours, line.encode() + b"\n")
        shown += b"\n"
    try:
        while part := os.read(ours, 1000):
            shown += part
    except OSError:  # the terminal is gone with the command
        pass
    os.close(ours)
    return child.wait(30), shown.decode()
