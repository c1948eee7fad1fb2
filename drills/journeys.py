"""Walks through real servers in a real browser: each journey, by keyboard, with axe on each page."""

import os
import subprocess
import sys

JOURNEYS = ["pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder", "tests/journeys"]


def drill(_times: int) -> bool:
    """Whether every journey came to its end."""
    # The servers are hundreds of processes: what one compiled no other compiles again.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run([sys.executable, "-m", *JOURNEYS], env=kept, check=False).returncode == 0
